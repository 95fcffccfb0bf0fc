// What the browser tests stand on: a demo of its own on free ports, and a browser.
//
// REGULARS_BIN names another binary than target/debug/regulars, CHROMIUM another browser than /usr/bin/chromium,
// REGULARS_SCREENSHOTS a folder for pictures of what was seen (screens.mjs makes those in docs), and REGULARS_BROWSER_LOG=1
// shows what the demo logs.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

// `require`, unlike `import`, looks into NODE_PATH: the driver is no part of this repository.
export const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.REGULARS_BIN ?? path.join(root, "target/debug/regulars");
export const patience = 20_000;
export const PASSWORD = "coffee and bread";
export const OWNER = "ana@bean.example";
export const OPERATOR = "olga@regulars.example";

/** A demo and a browser; `close` ends both. */
export async function open(...flags) {
  const folder = mkdtempSync(path.join(tmpdir(), "regulars-browser-"));
  const args = ["demo", "--bind", "127.0.0.1:0", "--carrier-bind", "127.0.0.1:0", "--data", path.join(folder, "data"), ...flags];
  const demo = spawn(binary, args, { stdio: ["ignore", "pipe", process.env.REGULARS_BROWSER_LOG ? "inherit" : "ignore"] });
  const links = await new Promise((resolve, reject) => {
    let said = "";
    demo.once("error", (error) => reject(new Error(`${binary} does not start: ${error.message}. Run cargo build first.`)));
    demo.once("exit", (code) => reject(new Error(`the demo ended with code ${code}: ${said}`)));
    demo.stdout.on("data", (more) => {
      said += more;
      const at = (name) => said.match(new RegExp(`^\\s*${name}\\s+(\\S+)`, "m"))?.[1];
      const found = { phone: at("Phone"), console: at("Console"), docs: at("API description") };
      // The welcome is whole when it says how to end it.
      if (found.phone && found.console && found.docs && said.includes("Ctrl-C")) resolve(found);
    });
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const close = async () => {
    await browser.close();
    if (demo.exitCode === null) {
      const ended = new Promise((resolve) => demo.once("exit", resolve));
      demo.kill("SIGTERM");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { base: new URL(links.console).origin, links, data: path.join(folder, "data"), browser, close };
}

/** A page of this size, and everything that goes wrong on it. */
export async function page(stage, { width, height, script = true, ...more }) {
  const context = await stage.browser.newContext({ viewport: { width, height }, javaScriptEnabled: script, ...more });
  const opened = await context.newPage();
  opened.setDefaultTimeout(patience);
  const wrong = [];
  opened.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()} on ${opened.url()}`);
  });
  opened.on("pageerror", (error) => wrong.push(`error: ${error.message} on ${opened.url()}`));
  const own = [stage.base, new URL(stage.links.phone).origin];
  opened.on("request", (request) => {
    const to = new URL(request.url());
    if (!["data:", "blob:"].includes(to.protocol) && !own.includes(to.origin)) wrong.push(`request to another host: ${to.host}`);
  });
  return { page: opened, context, wrong };
}

/** Signs somebody in. */
export async function signIn(stage, page, email) {
  await page.goto(`${stage.base}/console/sign-in`);
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.endsWith("/sign-in")), page.click("button.primary")]);
}

/** A phone texts the shops' number, as the provider delivers it. */
export async function text(stage, from, body) {
  const headers = { "content-type": "application/json" };
  const sent = { method: "POST", headers, body: JSON.stringify({ from, to: "+14155550100", body }) };
  const answer = await fetch(new URL("/sandbox/texts", stage.links.phone), sent);
  assert.ok(answer.ok, await answer.text());
}

/** An address without its ids, and with the names of what it asks for. */
export function kindOf(address) {
  const url = new URL(address);
  const id = /^([0-9a-f-]{12,}|[0-9]+)$/;
  const names = [...new Set(url.searchParams.keys())].sort();
  // Of the many texts that can be changed one stands for all.
  const pathname = url.pathname.replace(/\/words\/[a-z]+\/[a-z-]+$/, "/words/…/…");
  return pathname.split("/").map((part) => (id.test(part) ? "…" : part)).join("/") + (names.length ? `?${names.join("&")}` : "");
}

/** Every kind of page that links lead to from here: kind → address. */
export async function findPages(stage, page, from) {
  const waiting = [...from];
  const kinds = new Map();
  const seen = new Set(waiting);
  while (waiting.length > 0) {
    const address = waiting.shift();
    if (kinds.has(kindOf(address))) continue;
    const answer = await page.request.get(address);
    const where = answer.url();
    if (!answer.headers()["content-type"]?.startsWith("text/html")) continue;
    if (kinds.has(kindOf(where))) continue;
    kinds.set(kindOf(where), where);
    kinds.set(kindOf(address), where);
    const html = await answer.text();
    for (const [, link] of html.matchAll(/<a\s[^>]*?href="([^"#]+)/g)) {
      const to = new URL(link.replaceAll("&amp;", "&").replaceAll("&#38;", "&"), where);
      const isPage = to.origin === stage.base && /^\/(console|till)(\/|$)/.test(to.pathname) && !to.pathname.startsWith("/console/assets/");
      if (isPage && !seen.has(to.href)) {
        seen.add(to.href);
        waiting.push(to.href);
      }
    }
  }
  return new Map([...kinds].filter(([kind, address]) => kindOf(address) === kind).sort());
}

/** Fails where the page is wider than its window. */
export async function fitsItsWindow(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${page.url()} is ${over} px wider than its window`);
}

/** A short name for a kind of page: /console/shops/…/members/…/why is shop-members-one-why. */
export function nameOf(kind) {
  const short = kind.replace("/console/shops/…", "/shop").replace("/console/merchants/…", "/merchant").replace(/^\/console/, "");
  return short.replaceAll("…", "one").split(/[^a-z0-9-]+/).filter(Boolean).join("-") || "home";
}

const pictured = new Set();
const PICTURE_HEIGHT_MAX = { phone: 1_600, desktop: 1_150 };

/** A picture of what is seen, where somebody asked for it; of a page seen before, there is one. */
export async function picture(page, name) {
  const folder = process.env.REGULARS_SCREENSHOTS;
  if (!folder || pictured.has(name)) return;
  pictured.add(name);
  mkdirSync(folder, { recursive: true });
  const { width, height } = page.viewportSize();
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  // The window as tall as the page: what stays at its edges is then seen where it is.
  const most = width < 600 ? PICTURE_HEIGHT_MAX.phone : PICTURE_HEIGHT_MAX.desktop;
  await page.setViewportSize({ width, height: Math.min(Math.max(whole, height), most) });
  await page.screenshot({ path: path.join(folder, `${name}.jpg`), type: "jpeg", quality: 55 });
  await page.setViewportSize({ width, height });
  const title = (await page.title()).replace(/ · Regulars$/, "");
  appendFileSync(path.join(folder, "pictures.jsonl"), `${JSON.stringify({ name, title, width })}\n`);
}
