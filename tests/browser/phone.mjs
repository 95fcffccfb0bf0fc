// The phone page and the API's page in a real browser, against a real demo.
//
//   cargo build
//   npm install --prefix FOLDER playwright-core
//   NODE_PATH=FOLDER/node_modules node --test tests/browser/phone.mjs

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { fitsItsWindow, open, page as newPage, picture } from "./stage.mjs";

let stage;
before(async () => {
  stage = await open("--empty");
});
after(() => stage?.close());

/** Opens a page of this size and takes down everything that goes wrong on it. */
async function openPage(t, url, width, height) {
  const { page, context, wrong } = await newPage(stage, { width, height });
  t.after(() => context.close());
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} for ${response.url()}`);
  });
  await page.goto(url);
  return { page, wrong };
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

for (const { width, height, phone } of [
  { width: 360, height: 740, phone: "+14155550171" },
  { width: 1440, height: 900, phone: "+14155550172" },
]) {
  test(`one joins and asks for points on a page ${width} px wide`, async (t) => {
    const { page, wrong } = await openPage(t, `${stage.links.phone}?phone=${encodeURIComponent(phone)}`, width, height);
    await text(page, "COFFEE PLS");
    const welcome = await delivered(page, "Bean There: welcome!");
    for (const owed of ["Msg & data rates", "HELP", "STOP", "/month"]) assert.ok(welcome.includes(owed), `${owed} is missing`);
    await text(page, "BAL");
    assert.match(await delivered(page, "Bean There: you have"), /^Bean There: you have 10 points\./);
    const replies = await page.locator(".bubble.theirs .words").allInnerTexts();
    assert.deepEqual(replies.map((reply) => reply.split(/[:?]/)[0]), ["Bean There", "What's your first name", "Bean There"]);
    await fitsItsWindow(page);
    await picture(page, `phone.${width < 600 ? "phone" : "desktop"}`);
    assert.deepEqual(wrong, []);
  });
}

test("a phone that texts STOP reads one confirmation and sees that the carrier blocks the shop", async (t) => {
  const { page, wrong } = await openPage(t, `${stage.links.phone}?phone=${encodeURIComponent("+14155550173")}`, 360, 740);
  await text(page, "COFFEE PLS");
  await delivered(page, "Bean There: welcome!");
  await text(page, "STOP");
  await delivered(page, "unsubscribed");
  await page.locator(".blocked:not([hidden])").waitFor();
  await picture(page, "stopped.phone");
  assert.deepEqual(wrong, []);
});

test("the API's page lists its operations", async (t) => {
  const { page, wrong } = await openPage(t, stage.links.docs, 1440, 900);
  const described = await (await fetch(new URL("/openapi.json", stage.links.docs))).json();
  const methods = ["get", "post", "put", "patch", "delete"];
  const operations = Object.values(described.paths).flatMap((item) => Object.keys(item).filter((key) => methods.includes(key)));
  assert.ok(operations.length > 0, "the description is empty");
  await page.locator(".opblock").nth(operations.length - 1).waitFor();
  assert.equal(await page.locator(".opblock").count(), operations.length);
  await page.locator(".opblock-summary-path", { hasText: "/v1/merchants" }).first().waitFor();
  await picture(page, "docs.desktop");
  assert.deepEqual(wrong, []);
});
