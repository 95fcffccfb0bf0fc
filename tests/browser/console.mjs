// Every page of the console in a real browser, against a real demo: at a phone's and a desktop's width, in the light and in the
// dark, in English and Spanish, read by axe-core.
//
//   cargo build
//   npm install --prefix FOLDER playwright-core axe-core
//   NODE_PATH=FOLDER/node_modules node --test tests/browser/console.mjs

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { OPERATOR, OWNER, findPages, kindOf, nameOf, open, page as newPage, picture, require, signIn } from "./stage.mjs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const PHONE = { width: 360, height: 800 };
const DESKTOP = { width: 1440, height: 900 };
const LOOKS = [
  { name: "phone", size: PHONE, language: "en", colorScheme: "light" },
  { name: "desktop", size: DESKTOP, language: "en", colorScheme: "light" },
  { name: "phone-dark-es", size: PHONE, language: "es", colorScheme: "dark" },
];
/** Of the dark and Spanish pages these are pictured. */
const PICTURED_DARK = ["shop", "shop-members", "shop-program", "shop-inbox"];
const PAGE_BYTES_MAX = 100_000;

let stage;
before(async () => {
  stage = await open();
});
after(() => stage?.close());

/** What axe finds serious on a page. The page's own rules forbid its script, so it is put in by the driver. */
async function seriousOn(page) {
  const run = `${axe}; axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })`;
  const { violations } = await page.evaluate(run);
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

/** From now on the console speaks this language to whoever is signed in. */
async function speak(page, language) {
  await page.goto(`${stage.base}/console/me`);
  await page.selectOption("[name=language]", language);
  await Promise.all([page.waitForURL(/done=/), page.click("form:has([name=language]) button")]);
}

async function lookAtEveryPage(t, email, from, more = async () => []) {
  for (const { name, size, language, colorScheme } of LOOKS) {
    const { page, context, wrong } = await newPage(stage, { ...size, colorScheme });
    t.after(() => context.close());
    await signIn(stage, page, email);
    await speak(page, language);
    const kinds = await findPages(stage, page, [...(await more(page)), ...from.map((path) => stage.base + path)]);
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
      const { over, spoken } = await page.evaluate(() => ({
        over: document.documentElement.scrollWidth - window.innerWidth,
        spoken: document.documentElement.lang,
      }));
      if (over > 0) found.push(`${kind} at ${name}: ${over} px wider than its window`);
      // A sign speaks the language of those who read it.
      if (spoken !== language && !kind.endsWith("/sign")) found.push(`${kind} at ${name}: speaks ${spoken}`);
      if (bytes > PAGE_BYTES_MAX) found.push(`${kind}: ${bytes} bytes`);
      found.push(...(await seriousOn(page)).map((what) => `${kind} at ${name}: ${what}`));
      // The same page with another filter looks the same, and the guided start has pictures of its own.
      const isPictured = !/\?|\/start\//.test(kind) && (language === "en" || PICTURED_DARK.includes(nameOf(kind)));
      if (isPictured) await picture(page, `${nameOf(kind)}.${name}`);
    }
    assert.deepEqual([...found, ...wrong], [], `${kinds.size} kinds of pages`);
  }
}

/** What no link leads to in a demo: the member who has most, a draft of the program, and the steps of the guided start. */
async function furtherPagesOfAnOwner(page) {
  await page.goto(`${stage.base}/console`);
  const [shop] = (await page.content()).match(/\/console\/shops\/[0-9a-f-]{36}/);
  await page.goto(stage.base + shop + "/members");
  const richest = await page.evaluate(() => {
    const rows = [...document.querySelectorAll("tbody tr")];
    const points = (row) => parseInt(row.querySelector(".number").textContent.replace(/\D/g, ""), 10);
    return rows.sort((a, b) => points(b) - points(a))[0].querySelector("a").href;
  });
  await page.goto(stage.base + shop + "/program");
  const begin = page.locator("main form button.primary");
  if ((await begin.count()) > 0) await Promise.all([page.waitForURL(/draft/), begin.click()]);
  const steps = ["keyword", "program", "words", "try", "sign"].map((step) => `${stage.base}${shop}/start/${step}`);
  return [richest, `${stage.base}${shop}/program/draft`, ...steps];
}

test("an owner's pages fit, weigh little and can be used by everybody", async (t) => {
  await lookAtEveryPage(t, OWNER, ["/console", "/console/me"], furtherPagesOfAnOwner);
});

test("an operator's pages fit, weigh little and can be used by everybody", async (t) => {
  await lookAtEveryPage(t, OPERATOR, ["/console", "/console/me"]);
});

for (const colorScheme of ["light", "dark"]) {
  test(`the door can be used by everybody in the ${colorScheme}`, async (t) => {
    const { page, context, wrong } = await newPage(stage, { ...PHONE, colorScheme, locale: colorScheme === "dark" ? "es" : "en" });
    t.after(() => context.close());
    await page.goto(`${stage.base}/console`);
    assert.equal(kindOf(page.url()), "/console/sign-in");
    if (colorScheme === "light") await picture(page, "sign-in.phone");
    assert.deepEqual([...(await seriousOn(page)), ...wrong], []);
    await page.fill("[name=email]", "nobody@bean.example");
    await page.fill("[name=password]", "not the password");
    await page.click("button.primary");
    await page.locator("[role=alert]").waitFor();
    assert.deepEqual(await seriousOn(page), []);
    await page.goto(`${stage.base}/till`);
    if (colorScheme === "light") await picture(page, "till-unapproved.phone");
    assert.deepEqual(await seriousOn(page), []);
  });
}
