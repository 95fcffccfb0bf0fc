// The pictures in docs/screens, made by the browser tests as they pass, and the page that shows them.
//
//   cargo build
//   npm install --prefix FOLDER playwright-core axe-core
//   NODE_PATH=FOLDER/node_modules node tests/browser/screens.mjs

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "./stage.mjs";

const folder = path.resolve(process.argv[2] ?? path.join(root, "docs/screens"));
const PARTS = [
  ["console", "The console", "The pages of an owner and of the operator. Long pages are cut."],
  ["start", "The guided start", "From a name to a printed sign."],
  ["till", "The till", "At a phone's width."],
  ["phone", "The demo's phone, and the API's page", ""],
];
const WIDTHS = { phone: 180, desktop: 540 };

rmSync(folder, { recursive: true, force: true });
const lines = ["# What it looks like", "", "Made from the demo by `tests/browser/screens.mjs`; `CONTRIBUTING.md` says how.", ""];
for (const [part, title, story] of PARTS) {
  const env = { ...process.env, REGULARS_SCREENSHOTS: path.join(folder, part) };
  const { status } = spawnSync(process.execPath, ["--test", path.join(root, `tests/browser/${part}.mjs`)], { env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  lines.push(`## ${title}`, "", ...(story ? [story, ""] : []), ...shown(part));
}
writeFileSync(path.join(folder, "README.md"), `${lines.join("\n").trimEnd()}\n`);

/** The pictures of a part: those of one page side by side under its title. */
function shown(part) {
  const list = path.join(folder, part, "pictures.jsonl");
  if (!existsSync(list)) return [];
  const pictures = readFileSync(list, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  rmSync(list);
  const pages = new Map();
  for (const one of pictures) {
    const page = one.name.split(".")[0];
    pages.set(page, [...(pages.get(page) ?? []), one]);
  }
  return [...pages].flatMap(([page, of]) => [
    `**${of[0].title}** (${page})`,
    "",
    of.map(({ name, width, title }) => `<img src="${part}/${name}.jpg" width="${width < 600 ? WIDTHS.phone : WIDTHS.desktop}" alt="${title.replaceAll('"', "")}">`).join("\n"),
    "",
  ]);
}
