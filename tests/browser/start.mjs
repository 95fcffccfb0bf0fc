// The first five minutes in a real browser, on a phone and on a desk, against a real demo: from signing in to a live keyword and a printed sign.
//
//   cargo build
//   npm install --prefix FOLDER playwright-core
//   NODE_PATH=FOLDER/node_modules node --test tests/browser/start.mjs
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

const { chromium } = createRequire(import.meta.url)("playwright-core");

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.REGULARS_BIN ?? path.join(root, "target/debug/regulars");
const pictures = process.env.REGULARS_SCREENSHOTS;

let folder, demo, home, email, password, browser;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "regulars-browser-"));
  if (pictures) mkdirSync(pictures, { recursive: true });
  await startDemo();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
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

/** Starts the demo on free ports and reads from its welcome where the console is and who signs in. */
function startDemo() {
  const args = ["demo", "--bind", "127.0.0.1:0", "--carrier-bind", "127.0.0.1:0", "--data", path.join(folder, "data")];
  demo = spawn(binary, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let said = "";
    demo.once("error", (error) => reject(new Error(`${binary} does not start: ${error.message}. Run cargo build first.`)));
    demo.once("exit", (code) => reject(new Error(`the demo ended with code ${code}: ${said}`)));
    demo.stdout.on("data", (more) => {
      said += more;
      home = said.match(/^\s*Console\s+(\S+)/m)?.[1];
      [, email, password] = said.match(/^\s*Sign in as\s+(\S+), password: (.+)$/m) ?? [];
      if (home && password) resolve();
    });
  });
}

for (const [width, height, phrase] of [[360, 800, "TEA TOAST"], [1440, 900, "SCONE LOVE"]]) {
  test(`a shop's first five minutes at ${width} px`, { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport: { width, height }, timezoneId: "America/Denver" });
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    const seen = async (name) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${name} is ${wide} px wide`);
      if (pictures) await page.screenshot({ path: path.join(pictures, `start-${width}-${name}.png`), fullPage: true });
    };
    const began = Date.now();
    await page.goto(home);
    await page.fill("[name=email]", email);
    await page.fill("[name=password]", password);
    await page.press("[name=password]", "Enter");
    await page.waitForURL(/\/console(\/|$)/);
    const merchant = (await page.content()).match(/\/console\/merchants\/([0-9a-f-]{36})/)[1];

    await page.goto(`${home}/merchants/${merchant}/start`);
    assert.equal(await page.inputValue("[name=time_zone]"), "America/Denver", "the browser knows where it is");
    await page.fill("[name=name]", `Tea & Toast ${width}`);
    await seen("shop");
    await page.press("[name=name]", "Enter");
    await page.waitForURL(/start\/keyword/);

    await page.fill("[name=phrase]", "COFFEE PLS");
    await page.waitForSelector(".verdict.bad");
    assert.ok((await page.$$(".verdict button")).length > 0, "there is something to take instead");
    await seen("keyword-taken");
    await page.fill("[name=phrase]", phrase);
    await page.waitForSelector(".verdict.good");
    await page.press("[name=phrase]", "Enter");
    await page.waitForURL(/start\/program/);

    await page.check("[value=buy-9-get-10th]");
    await seen("program");
    await page.click(".sticky-foot button");
    await page.waitForURL(/start\/words/);
    assert.match(await page.textContent(".phone"), new RegExp(`Tea & Toast ${width}: welcome`));
    await seen("words");

    await page.click("a.primary");
    await page.waitForURL(/start\/try/);
    await page.click(`.presses button >> text=${phrase}`);
    await page.waitForSelector(".bubble:not(.mine)");
    await page.fill("[name=say]", "what do i have?");
    await page.press("[name=say]", "Enter");
    await page.waitForFunction(() => document.querySelectorAll(".bubble.mine").length === 2);
    assert.equal(await page.textContent(".bubble.mine >> nth=0"), phrase);
    await seen("try");

    await page.click("a.primary");
    await page.waitForURL(/start\/sign/);
    await seen("sign");
    const address = await page.evaluate(() => {
      const form = document.querySelector("#sign form");
      return `${form.action}?${new URLSearchParams(new FormData(form))}`;
    });
    const sign = await context.request.get(address);
    assert.equal(sign.headers()["content-type"], "application/pdf");
    assert.ok((await sign.body()).subarray(0, 5).toString() === "%PDF-");
    assert.ok(Date.now() - began < 300_000, "five minutes");
    assert.deepEqual(errors, []);
    await context.close();
  });
}
