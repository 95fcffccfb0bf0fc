// Every page of the console in a real browser, against a real demo: at a phone's and a desktop's width, read by axe-core.
//
//   cargo build
//   npm install --prefix FOLDER playwright-core axe-core
//   NODE_PATH=FOLDER/node_modules node --test tests/browser/console.mjs

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { OPERATOR, OWNER, findPages, kindOf, open, page as newPage, picture, require, signIn } from "./stage.mjs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const SIZES = { phone: { width: 360, height: 800 }, desktop: { width: 1440, height: 900 } };
const PAGE_BYTES_MAX = 100_000;

let stage;
before(async () => {
  stage = await open();
});
after(() => stage?.close());

/** What axe finds serious on a page. The page's own rules forbid its script, so it is put in by the driver. */
async function seriousOn(page) {
  const run = `${axe}; axe.run(document, { resultTypes: ["violations"] })`;
  const { violations } = await page.evaluate(run);
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

async function lookAtEveryPage(t, email, from) {
  for (const [name, size] of Object.entries(SIZES)) {
    const { page, context, wrong } = await newPage(stage, size);
    t.after(() => context.close());
    await signIn(stage, page, email);
    const kinds = await findPages(stage, page, from.map((path) => stage.base + path));
    assert.ok(kinds.size > 2, [...kinds.keys()].join(", "));
    const found = [];
    for (const [kind, address] of kinds) {
      let bytes = 0;
      const weigh = async (answer) => {
        const sizes = await answer.request().sizes().catch(() => null);
        bytes += sizes?.responseBodySize ?? 0;
      };
      page.on("response", weigh);
      const answer = await page.goto(address, { waitUntil: "load" });
      page.off("response", weigh);
      if (answer.status() !== 200) found.push(`${kind}: ${answer.status()}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) found.push(`${kind} at ${name}: ${over} px wider than its window`);
      if (bytes > PAGE_BYTES_MAX) found.push(`${kind}: ${bytes} bytes`);
      found.push(...(await seriousOn(page)).map((what) => `${kind} at ${name}: ${what}`));
      await picture(page, `${name}${kind.replaceAll(/[^a-z0-9]+/g, "-")}`);
    }
    assert.deepEqual([...found, ...wrong], [], `${kinds.size} kinds of pages`);
  }
}

test("an owner's pages fit, weigh little and can be used by everybody", async (t) => {
  await lookAtEveryPage(t, OWNER, ["/console", "/console/me"]);
});

test("an operator's pages fit, weigh little and can be used by everybody", async (t) => {
  await lookAtEveryPage(t, OPERATOR, ["/console", "/console/me"]);
});

test("the door can be used by everybody", async (t) => {
  const { page, context, wrong } = await newPage(stage, SIZES.phone);
  t.after(() => context.close());
  await page.goto(`${stage.base}/console`);
  assert.equal(kindOf(page.url()), "/console/sign-in");
  assert.deepEqual([...(await seriousOn(page)), ...wrong], []);
});
