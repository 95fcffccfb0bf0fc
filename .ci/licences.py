"""Reads `cargo metadata` and refuses crates whose licence does not go with Apache-2.0 OR MIT, and crates we do not want."""

import json
import re
import sys

ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0",
    "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "Unicode-3.0", "Unlicense", "Zlib",
}

UNWANTED = {
    "aws-lc-rs": "one TLS stack is enough: docs/decisions/0007-tls.md",
    "aws-lc-sys": "one TLS stack is enough: docs/decisions/0007-tls.md",
    "openssl-sys": "one TLS stack is enough: docs/decisions/0007-tls.md",
}


def is_allowed(expression):
    """Evaluates an SPDX expression: OR may choose, AND needs all. An older `A/B` is an OR."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def either():
        good = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            good = both() or good
        return good

    def both():
        good = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            good = one() and good
        return good

    def one():
        token = tokens.pop(0)
        if token == "(":
            good = either()
            tokens.pop(0)
            return good
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token = f"{token} WITH {tokens.pop(0)}"
        return token in ALLOWED

    return either() and not tokens


def used(metadata):
    """The ids of all crates in the resolved graph."""
    return {node["id"] for node in metadata["resolve"]["nodes"]}


def main():
    metadata = json.load(sys.stdin)
    ids = used(metadata)
    crates = [crate for crate in metadata["packages"] if crate["id"] in ids]
    wrong = []
    for crate in crates:
        name = f"{crate['name']} {crate['version']}"
        licence = crate["license"]
        if not licence:
            wrong.append(f"{name}: names no licence")
        elif not is_allowed(licence):
            wrong.append(f"{name}: {licence}")
        if crate["name"] in UNWANTED:
            wrong.append(f"{name}: {UNWANTED[crate['name']]}")
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(crates)} crates, {len(wrong)} refused")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
