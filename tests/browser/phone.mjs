// The phone page and the API's page in a real browser, against a real demo.
//
//   cargo build
//   npm install --prefix FOLDER playwright-core
//   NODE_PATH=FOLDER/node_modules node --test tests/browser/phone.mjs
//
// REGULARS_BIN names another binary than target/debug/regulars, CHROMIUM another browser than /usr/bin/chromium, and
// REGULARS_SCREENSHOTS a folder for pictures of what was seen.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

// `require`, unlike `import`, looks into NODE_PATH: the driver is no part of this repository.
const { chromium } = createRequire(import.meta.url)("playwright-core");

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.REGULARS_BIN ?? path.join(root, "target/debug/regulars");
const pictures = process.env.REGULARS_SCREENSHOTS;
const patience = 15_000;

let folder, demo, phoneUrl, docsUrl, browser;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "regulars-browser-"));
  if (pictures) mkdirSync(pictures, { recursive: true });
  await startDemo();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

after(async () => {
  await browser?.close();
  if (demo && demo.exitCode === null) {
    const ended = new Promise((resolve) => demo.once("exit", resolve));
    demo.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the demo on free ports and reads from its welcome where its pages are. */
function startDemo() {
  const args = ["demo", "--empty", "--bind", "127.0.0.1:0", "--carrier-bind", "127.0.0.1:0", "--data", path.join(folder, "data")];
  demo = spawn(binary, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let said = "";
    demo.once("error", (error) => reject(new Error(`${binary} does not start: ${error.message}. Run cargo build first.`)));
    demo.once("exit", (code) => reject(new Error(`the demo ended with code ${code}: ${said}`)));
    demo.stdout.on("data", (more) => {
      said += more;
      phoneUrl = said.match(/^\s*Phone\s+(\S+)/m)?.[1];
      docsUrl = said.match(/^\s*API description\s+(\S+)/m)?.[1];
      if (phoneUrl && docsUrl) resolve();
    });
  });
}

/** Opens a page of this size and takes down everything that goes wrong on it. */
async function open(t, url, width, height) {
  const context = await browser.newContext({ viewport: { width, height } });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const wrong = [];
  const own = new URL(url).host;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (!["data:", "blob:"].includes(to.protocol) && to.host !== own) wrong.push(`request to another host: ${to.host}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} for ${response.url()}`);
  });
  await page.goto(url);
  return { page, wrong };
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

/** Types a text on the phone and sends it. */
async function text(page, body) {
  await page.locator(".phone.active textarea").fill(body);
  await page.locator(".phone.active .send").click();
  await page.locator(".bubble.mine .words", { hasText: body }).last().waitFor();
}

/** The last text that came to the phone, once it says this and is marked as delivered. */
async function delivered(page, words) {
  const bubble = page.locator('.bubble.theirs[data-status="delivered"]', { hasText: words }).last();
  await bubble.waitFor();
  assert.match(await bubble.locator(".state").innerText(), /delivered/);
  return bubble.locator(".words").innerText();
}

async function fitsItsWindow(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `the page is ${over} px wider than its window`);
}

for (const { width, height, phone } of [
  { width: 360, height: 740, phone: "+14155550171" },
  { width: 1440, height: 900, phone: "+14155550172" },
]) {
  test(`one joins and asks for points on a page ${width} px wide`, async (t) => {
    const { page, wrong } = await open(t, `${phoneUrl}?phone=${encodeURIComponent(phone)}`, width, height);
    await text(page, "COFFEE PLS");
    const welcome = await delivered(page, "Bean There: welcome!");
    for (const owed of ["Msg & data rates", "HELP", "STOP", "/month"]) assert.ok(welcome.includes(owed), `${owed} is missing`);
    await text(page, "BAL");
    assert.match(await delivered(page, "Bean There: you have"), /^Bean There: you have 10 points\./);
    assert.equal(await page.locator(".bubble.theirs").count(), 2, "two texts, two replies");
    await fitsItsWindow(page);
    await picture(page, `phone-${width}`);
    assert.deepEqual(wrong, []);
  });
}

test("a phone that texts STOP reads one confirmation and sees that the carrier blocks the shop", async (t) => {
  const { page, wrong } = await open(t, `${phoneUrl}?phone=${encodeURIComponent("+14155550173")}`, 360, 740);
  await text(page, "COFFEE PLS");
  await delivered(page, "Bean There: welcome!");
  await text(page, "STOP");
  await delivered(page, "unsubscribed");
  await page.locator(".blocked:not([hidden])").waitFor();
  await picture(page, "phone-stopped");
  assert.deepEqual(wrong, []);
});

test("the API's page lists its operations", async (t) => {
  const { page, wrong } = await open(t, docsUrl, 1440, 900);
  const described = await (await fetch(new URL("/openapi.json", docsUrl))).json();
  const methods = ["get", "post", "put", "patch", "delete"];
  const operations = Object.values(described.paths).flatMap((item) => Object.keys(item).filter((key) => methods.includes(key)));
  assert.ok(operations.length > 0, "the description is empty");
  await page.locator(".opblock").nth(operations.length - 1).waitFor();
  assert.equal(await page.locator(".opblock").count(), operations.length);
  await page.locator(".opblock-summary-path", { hasText: "/v1/merchants" }).first().waitFor();
  await picture(page, "docs");
  assert.deepEqual(wrong, []);
});
