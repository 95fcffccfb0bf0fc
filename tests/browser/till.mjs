// The till in a real browser, against a real demo: a PIN, a sale, a line that is lost in the middle of one, and what comes of it.
//
//   cargo build
//   npm install --prefix FOLDER playwright-core
//   NODE_PATH=FOLDER/node_modules node --test tests/browser/till.mjs

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { OWNER, fitsItsWindow, open, page as newPage, patience, picture as pictureOf, signIn, text } from "./stage.mjs";

const PIN = "4711";
const phone = "+14155550142";

let stage, gateway, key;
before(async () => {
  stage = await open("--empty");
  gateway = stage.base;
  key = readFileSync(path.join(stage.data, "operator.key"), "utf8").trim();
});
after(() => stage?.close());

const picture = (page, name) => pictureOf(page, `${name}.phone`);

async function api(address, body) {
  const how = { headers: { authorization: `Bearer ${key}`, "content-type": "application/json" } };
  const answer = await fetch(gateway + address, body ? { ...how, method: "POST", body: JSON.stringify(body) } : how);
  assert.ok(answer.ok, `${address}: ${answer.status}`);
  return answer.json();
}

async function member() {
  return (await api(`/v1/members?phone=${encodeURIComponent(phone)}`)).items[0];
}

/** What the ledger has of sales: their points, in the order in which they happened. */
async function ledger() {
  const { items } = await api(`/v1/members/${(await member()).id}/entries?limit=200`);
  return items.filter((entry) => ["sale", "refund"].includes(entry.cause?.kind ?? entry.cause)).map((entry) => entry.amount ?? entry.points);
}
const balance = async () => (await member()).enrolments[0].balance;

/** Asks until it is so. */
async function until(what, isSo) {
  const ends = Date.now() + patience;
  while (!(await isSo())) {
    assert.ok(Date.now() < ends, `it never happened: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** How many entries wait in the browser. Runs there. */
function keptEntries() {
  return new Promise((done) => {
    const asked = indexedDB.open("regulars-till", 1);
    asked.onsuccess = () => {
      const count = asked.result.transaction("entries").objectStore("entries").count();
      count.onsuccess = () => { asked.result.close(); done(count.result); };
    };
  });
}

test("a shift at the till", { timeout: 240_000 }, async (t) => {
  const { page, context, wrong } = await newPage(stage, { width: 360, height: 800 });
  t.after(() => context.close());
  const shop = (await api("/v1/shops")).items[0];

  await t.test("the owner approves this browser and gives Tess a PIN", async () => {
    await signIn(stage, page, OWNER);
    await page.goto(`${gateway}/console/merchants/${shop.merchant_id}/pins`);
    await page.fill("input[name=name]", "Tess");
    await page.fill("form.stack input[name=pin]", PIN);
    await picture(page, "pins");
    await fitsItsWindow(page);
    await page.click("form.stack button.primary");
    await page.goto(`${gateway}/console/merchants/${shop.merchant_id}/devices`);
    await page.selectOption("[name=shop_id]", shop.id);
    await page.fill("[name=name]", "Tablet at the counter");
    await fitsItsWindow(page);
    await page.click("button[value=here]");
    await page.locator(".notice.good").first().waitFor();
    await picture(page, "devices");
  });

  await t.test("Tess types her PIN on the pad", async () => {
    await page.goto(`${gateway}/till`);
    await picture(page, "names");
    await page.click("text=Tess");
    for (const digit of PIN) await page.click(`[data-key="${digit}"]`);
    await picture(page, "pin");
    await page.click("button.go");
    await page.waitForURL(`${gateway}/till/${shop.id}`);
    const small = await page.locator(".pad button, .till-keys button").evaluateAll((keys) =>
      keys.filter((one) => one.offsetHeight && one.offsetHeight < 56).map((one) => one.textContent));
    assert.deepEqual(small, [], "keys of less than 56 px");
    await fitsItsWindow(page);
    await picture(page, "start");
  });

  await t.test("a stranger is invited and becomes a member", async () => {
    await page.keyboard.type("4155550142");
    await page.keyboard.press("Enter");
    await page.locator("text=Not a member yet").waitFor();
    await picture(page, "stranger");
    await page.keyboard.type("500");
    assert.equal(await page.inputValue("[name=amount]"), "5.00");
    await page.click("button[value=sale]");
    await page.locator(".till-headline", { hasText: "Waits for their YES" }).waitFor();
    await join();
  });

  await t.test("a sale by the keyboard alone, and what was earned", async () => {
    await page.keyboard.press("Escape");
    await page.locator("[data-find]").waitFor();
    await page.keyboard.type("0142");
    await page.keyboard.press("Enter");
    await page.locator(".till-member h1").waitFor();
    await picture(page, "member");
    const before = await balance();
    await page.keyboard.type("1280");
    await page.keyboard.press("Enter");
    await page.locator(".till-headline", { hasText: "+12 points" }).waitFor();
    await picture(page, "deed");
    await fitsItsWindow(page);
    assert.equal(await balance(), before + 12);
  });

  await t.test("it is undone", async () => {
    const before = await balance();
    await page.click("[data-until] button");
    await page.locator(".till-headline", { hasText: "Undone" }).waitFor();
    assert.equal(await balance(), before - 12);
    await page.keyboard.press("Escape");
    await page.locator("[data-find]").waitFor();
  });

  await t.test("the line is lost in the middle of a sale, and nothing is lost or doubled", async () => {
    const before = await balance();
    const sales = (await ledger()).length;
    await page.evaluate(() => navigator.serviceWorker.ready);
    await until("the page is put aside", () => page.evaluate(async () => (await (await caches.open("till-shell")).keys()).length > 4));
    await page.keyboard.type("0142");
    await page.keyboard.press("Enter");
    await page.locator(".till-member h1").waitFor();
    await page.keyboard.type("300");
    // The gateway gets it, and its answer is lost.
    let got = false;
    await page.route("**/orders", async (route) => {
      if (!got) { got = true; await route.fetch(); }
      await route.abort();
    });
    await page.route("**/health/live", (route) => route.abort());
    await page.click("button[value=sale]");
    await page.locator("#line", { hasText: "line lost since" }).waitFor();
    await context.setOffline(true);
    await page.locator("[data-step=offline] [name=phone]").waitFor();
    for (const [amount, kind] of [["450", "sale"], ["700", "sale"]]) {
      await page.fill("[data-step=offline] [name=phone]", "415 555 0142");
      await page.fill("[data-step=offline] [name=amount]", amount);
      await page.click(`[data-step=offline] button[value=${kind}]`);
      // What is typed before the next form is there would be typed into this one.
      await page.locator("[data-step=offline] form[data-sale]:not([data-sent])").waitFor();
      await page.locator(".till-told", { hasText: "Kept on this device" }).waitFor();
    }
    await page.locator("#line", { hasText: "3 waiting" }).waitFor();
    await picture(page, "offline");
    await fitsItsWindow(page);
    // The browser is closed and opened again without a line.
    await page.reload();
    await page.locator("#line", { hasText: "3 waiting" }).waitFor();
    assert.equal(await page.locator("#queue li").count(), 3);
    await picture(page, "offline-again");
    await page.unroute("**/health/live");
    await page.unroute("**/orders");
    await context.setOffline(false);
    await page.locator("[data-find]").waitFor();
    await until("all is sent", () => page.evaluate(keptEntries).then((kept) => kept === 0));
    assert.equal(await balance(), before + 3 + 4 + 7);
    const entries = await ledger();
    assert.deepEqual(entries.length, sales + 3);
    await page.reload();
    await page.locator(".till-deeds li").nth(2).waitFor({ state: "attached" });
    await picture(page, "after");
  });

  await t.test("who is locked out sends nothing until a PIN is typed", async () => {
    await page.click("[data-lock] button");
    await page.waitForURL(`${gateway}/till`);
    await page.locator("text=Who are you?").waitFor();
  });

  // A line that is lost is an error of the browser, and meant.
  assert.deepEqual(wrong.filter((what) => !/Failed to load resource|net::ERR/.test(what)), []);
});

/** The stranger texts the keyword: by night nobody has been asked for a YES yet. */
async function join() {
  await text(stage, phone, "COFFEE PLS");
  assert.ok((await member()).enrolments.length, "the stranger is no member");
}
