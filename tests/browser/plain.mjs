// The console and the till without JavaScript, and without a mouse: every form saves, and every page can be walked by the keyboard.
//
//   cargo build
//   npm install --prefix FOLDER playwright-core
//   NODE_PATH=FOLDER/node_modules node --test tests/browser/plain.mjs

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { OWNER, PASSWORD, open, page as newPage, patience, signIn, text } from "./stage.mjs";

const PHONE = "+14155550161";

let stage, shop, merchant;
before(async () => {
  stage = await open("--empty");
  for (const body of ["COFFEE PLS", "Lucía", "do you have oat milk today?"]) await text(stage, PHONE, body);
  const { page, context } = await newPage(stage, { width: 360, height: 800 });
  await signIn(stage, page, OWNER);
  await page.goto(`${stage.base}/console/merchants/${(await page.content()).match(/merchants\/([0-9a-f-]{36})/)[1]}/shops`);
  const [, first] = (await page.content()).match(/href="(\/console\/shops\/[0-9a-f-]{36})"[^>]*>Bean There/);
  [shop, merchant] = [stage.base + first, new URL("./", page.url()).href];
  await context.close();
});
after(() => stage?.close());

test("every form saves without JavaScript", { timeout: 240_000 }, async (t) => {
  const { page, context, wrong } = await newPage(stage, { width: 360, height: 800, script: false });
  t.after(() => context.close());
  /** Sends a form and waits for the page that answers. */
  const send = async (button) => {
    const answered = page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.status() < 300);
    await page.locator(button).first().click();
    await answered;
    await page.waitForLoadState();
  };
  const says = (words) => page.locator("main", { hasText: words }).waitFor();

  await t.test("one signs in", () => signIn(stage, page, OWNER));

  await t.test("a keyword is added, changed and taken down", async () => {
    await page.goto(`${shop}/keywords/new`);
    await page.fill("[name=phrase]", "PLAIN TEA");
    await page.fill("[name=source]", "window");
    await send("main form button.primary");
    await says("PLAIN TEA");
    await page.fill("[name=source]", "back door");
    await send("form:has([name=source]) button.primary");
    assert.equal(await page.inputValue("[name=source]"), "back door");
    await page.click("details.fold summary");
    await send("form[action$='/end'] button");
    await page.goto(`${shop}/keywords`);
    await page.locator("tr", { hasText: "PLAIN TEA" }).locator("text=Ended").waitFor();
  });

  await t.test("the shop's settings are saved, section by section", async () => {
    for (const [section, field, value] of [["shop", "contact", "415-555-0199"], ["joining", "messages_per_month", "6"], ["telling", "bundle_minutes", "15"]]) {
      await page.goto(`${shop}/settings`);
      await page.fill(`#${section} [name=${field}]`, value);
      await send(`#${section} button.primary`);
      assert.equal(await page.inputValue(`#${section} [name=${field}]`), value);
    }
    await page.locator("#questions details summary").first().click();
    await page.fill("[name=own-0-prompt]", "What is your usual?");
    await send("#questions button.primary");
    assert.equal(await page.inputValue("[name=own-0-prompt]"), "What is your usual?");
  });

  await t.test("a sentence of the program is changed, tried and published", async () => {
    await page.goto(`${shop}/program`);
    await send("main form button.primary");
    await page.goto(`${shop}/program/draft/earn/1`);
    await page.fill("[name=points]", "3");
    await send("main form button.primary");
    await page.goto(`${shop}/program/try`);
    await page.fill("[name=amount]", "5");
    await send("main form button.primary");
    await says("15 points");
    await page.goto(`${shop}/program/publish`);
    await send("main form button.primary");
    await says("For every $1 spent, members earn 3 points.");
  });

  await t.test("a text is said in the shop's own words", async () => {
    await page.goto(`${shop}/words/en/join-already`);
    await page.fill("[name=text]", "Hi again from {shop}! You have {held}.");
    await send("form:has(textarea) button.primary");
    await page.goto(`${shop}/words/en/join-already`);
    assert.equal(await page.inputValue("[name=text]"), "Hi again from {shop}! You have {held}.");
  });

  await t.test("a member is given points and a reward", async () => {
    await page.goto(`${shop}/members?q=0161`);
    await page.click("tbody a");
    await page.fill("[name=points]", "+50");
    await page.fill("[name=reason]", "A long wait");
    await send("form[action$='/adjust'] button");
    await page.locator(".stat", { hasText: "60" }).waitFor();
    await send("form[action$='/rewards'] button");
    await page.locator("form[action$='/vouchers']").waitFor();
  });

  await t.test("a text in the inbox is written back to", async () => {
    await page.goto(`${shop}/inbox`);
    const item = page.locator(".inbox > li", { hasText: "oat milk" });
    await item.locator("summary").click();
    await item.locator("textarea").fill("We do!");
    await send(".inbox button[value=send]");
    await page.goto(`${shop}/inbox?show=all`);
    await page.locator(".inbox > li", { hasText: "oat milk" }).locator(".good-text").waitFor();
  });

  await t.test("a PIN is given and a browser becomes a till", async () => {
    await page.goto(`${merchant}pins`);
    await page.fill("input[name=name]", "Tess");
    await page.fill("form.stack input[name=pin]", "4711");
    await send("form.stack button.primary");
    await says("Tess");
    await page.goto(`${merchant}devices`);
    await page.fill("[name=name]", "Tablet");
    await send("button[value=here]");
    await says("Tablet");
  });

  await t.test("a sale is recorded at the till", async () => {
    await page.goto(`${shop}/till`);
    await page.fill("[name=who]", "0161");
    await send("[data-find] button.primary");
    await page.fill("[name=amount]", "12.80");
    await send("button[value=sale]");
    await page.locator(".till-headline", { hasText: "+38 points" }).waitFor();
  });

  await t.test("one speaks Spanish, and signs out", async () => {
    await page.goto(`${stage.base}/console/me`);
    await page.selectOption("[name=language]", "es");
    await send("form:has([name=language]) button");
    assert.equal(await page.locator("html").getAttribute("lang"), "es");
    await page.selectOption("[name=language]", "en");
    await send("form:has([name=language]) button");
    await page.click(".more summary");
    await send(".drawer form[action='/console/sign-out'] button");
    await page.goto(`${stage.base}/console`);
    assert.ok(page.url().includes("/sign-in"));
  });

  assert.deepEqual(wrong, []);
});

/** Where the keyboard is: what it is on, whether that is seen, and whether it shows. Runs in the page. */
function whereTheKeyboardIs() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const isSeen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const shows = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  return { what: at.outerHTML.slice(0, 120), place: stops.indexOf(at), isSeen, shows, skips: at.classList.contains("skip") };
}

for (const width of [360, 1440]) {
  test(`the keyboard walks through every page at ${width} px, and shows where it is`, { timeout: 240_000 }, async (t) => {
    const { page, context, wrong } = await newPage(stage, { width, height: 900 });
    t.after(() => context.close());
    await page.goto(`${stage.base}/console/sign-in`);
    // The field for the email takes the keyboard by itself, when the page is drawn.
    await page.locator("[name=email]:focus").waitFor();
    await page.keyboard.type(OWNER);
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));

    const below = ["", "/members", "/inbox", "/keywords", "/keywords/new", "/program", "/program/try", "/words", "/words/en/join-confirmed", "/settings", "/till"];
    const found = [];
    for (const address of [...below.map((path) => shop + path), `${merchant}people`, `${merchant}devices`, `${stage.base}/console/me`]) {
      await page.goto(address);
      // A page may put the keyboard where it is needed; the walk begins there.
      const isPut = await page.evaluate(() => {
        document.activeElement?.blur();
        return document.querySelector("[autofocus]") !== null;
      });
      const places = [];
      // It comes out of the page again: no place keeps it.
      for (let presses = 0; presses < 400; presses += 1) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(whereTheKeyboardIs);
        if (!at || at.place === places[0]) break;
        if (places.length === 0 && !at.skips && !isPut) found.push(`${address}: begins at ${at.what}`);
        if (!at.isSeen) found.push(`${address}: is out of sight at ${at.what}`);
        if (!at.shows) found.push(`${address}: does not show at ${at.what}`);
        places.push(at.place);
      }
      if (places.length < 3 || places.length >= 400) found.push(`${address}: ${places.length} stops`);
      if (places.some((place, at) => at > 0 && place < places[at - 1])) found.push(`${address}: goes back: ${places}`);
    }
    assert.deepEqual([...found, ...wrong], []);
  });
}

test("one skips to the content, and opens and leaves a menu, by the keyboard alone", async (t) => {
  const { page, context, wrong } = await newPage(stage, { width: 360, height: 800 });
  t.after(() => context.close());
  page.setDefaultTimeout(patience);
  await signIn(stage, page, OWNER);
  await page.goto(`${shop}/members`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.name), "q");

  await page.locator(".more summary").focus();
  await page.keyboard.press("Enter");
  await page.locator(".drawer").waitFor();
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Overview/);
  await page.keyboard.press("Escape");
  await page.locator(".drawer").waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY", "the keyboard is where the menu was opened");
  assert.deepEqual(wrong, []);
});
