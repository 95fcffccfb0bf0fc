// The first five minutes in a real browser, on a phone and on a desk, against a real demo: from signing in to a live keyword and a printed sign.
//
//   cargo build
//   npm install --prefix FOLDER playwright-core
//   NODE_PATH=FOLDER/node_modules node --test tests/browser/start.mjs

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { OWNER, fitsItsWindow, open, page as newPage, picture, signIn } from "./stage.mjs";

let stage;
before(async () => {
  stage = await open();
});
after(() => stage?.close());

for (const [width, height, phrase] of [[360, 800, "TEA TOAST"], [1440, 900, "SCONE LOVE"]]) {
  test(`a shop's first five minutes at ${width} px`, { timeout: 120_000 }, async (t) => {
    const { page, context, wrong } = await newPage(stage, { width, height, timezoneId: "America/Denver" });
    t.after(() => context.close());
    const seen = async (name) => {
      await fitsItsWindow(page);
      await picture(page, `${name}.${width < 600 ? "phone" : "desktop"}`);
    };
    const began = Date.now();
    const home = stage.links.console;
    await signIn(stage, page, OWNER);
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
    assert.deepEqual(wrong, []);
  });
}
