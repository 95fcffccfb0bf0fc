// The till in one place: steps follow each other without a new page, and sales are first kept here, then sent, one after the
// other. Every step works without this script; a sale that is kept is sent until it is answered, and its id has it count once.

(() => {
const body = document.body;
const words = document.getElementById("words")?.dataset ?? {};
const shop = body.dataset.till;
const home = `/till/${shop}`;
const isPorch = "porch" in body.dataset;
let csrf = body.dataset.csrf;
let isShell = "shell" in body.dataset;
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// ---- Keys and figures -------------------------------------------------------------------------------------------------

const places = Number(body.dataset.digits ?? 2);

/** An amount grows from the right, as at every till: 1 2 8 0 is 12.80. */
function money(typed) {
  const digits = typed.replace(/\D/g, "").replace(/^0+/, "").slice(0, 11);
  if (!digits) return "";
  if (!places) return digits;
  const whole = digits.padStart(places + 1, "0");
  return `${whole.slice(0, -places)}.${whole.slice(-places)}`;
}
const minor = (written) => Number(written.replace(/\D/g, "") || 0);
const tidy = {
  money,
  phone: (typed) => typed.replace(/[^\d+ ()./-]/g, ""),
  pin: (typed) => typed.replace(/\D/g, "").slice(0, 6),
};

function showPads(within) {
  for (const pad of $$("[data-pad]", within)) {
    pad.hidden = false;
    // The pad is the keyboard; another must not cover it.
    for (const field of $$("[data-figures]", pad.form ?? pad.closest("form"))) field.inputMode = "none";
  }
  if ("BarcodeDetector" in window && navigator.mediaDevices) $$("[data-camera]", within).forEach((button) => (button.hidden = false));
  $$("[data-until]", within).forEach(countDown);
}

/** The field that keys go to: the one in hand, else the first. */
function field(within = document) {
  const inHand = document.activeElement;
  if (inHand?.dataset?.figures && within.contains(inHand)) return inHand;
  return lastField?.isConnected && within.contains(lastField) ? lastField : $("[data-figures]", within);
}
let lastField = null;
document.addEventListener("focusin", (event) => { if (event.target.dataset?.figures) lastField = event.target; });

function press(key, into) {
  if (!into) return;
  const value = key === "back" ? into.value.slice(0, -1) : into.value + key;
  into.value = tidy[into.dataset.figures](value);
  into.removeAttribute("aria-invalid");
}

document.addEventListener("input", (event) => {
  const kind = event.target.dataset?.figures;
  if (kind) event.target.value = tidy[kind](event.target.value);
});
document.addEventListener("click", (event) => {
  const key = event.target.closest?.("[data-key]");
  if (!key) return;
  const into = field(key.closest("form"));
  press(key.dataset.key, into);
  into?.focus({ preventScroll: true });
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
  if (event.key === "Escape") {
    const back = $("[data-back]") ?? $("[data-home]");
    if (back) { event.preventDefault(); back.click(); }
    return;
  }
  const typing = document.activeElement?.matches?.("input, select, textarea");
  if (!typing && /^[\d+]$/.test(event.key)) {
    const into = field();
    if (into) { event.preventDefault(); into.focus(); press(event.key, into); }
  }
});

// ---- Steps ------------------------------------------------------------------------------------------------------------

class Lost extends Error {}
class Out extends Error {}

/** Asks the gateway; throws `Lost` where no answer comes, and `Out` where it wants to know who is here. */
async function ask(address, how = {}) {
  let answer;
  try {
    answer = await fetch(address, { ...how, signal: AbortSignal.timeout(10000), credentials: "same-origin" });
  } catch {
    throw new Lost();
  }
  if (answer.status >= 500) throw new Lost();
  if (answer.type === "opaqueredirect") throw new Out();
  return answer;
}

/** Puts the step of a page that was answered in the place of the present one. */
async function take(answer) {
  const at = new URL(answer.url);
  if (!at.pathname.startsWith(home)) { location.assign(at); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const stage = page.getElementById("stage");
  if (!stage) { location.assign(home); return; }
  csrf = page.body.dataset.csrf ?? csrf;
  isShell = "shell" in page.body.dataset;
  show(stage);
  history.replaceState(null, "", /\/(find|voucher|record|undo)$/.test(at.pathname) ? home : at);
}

function show(stage) {
  const old = document.getElementById("stage");
  const next = document.importNode(stage, true);
  old.replaceWith(next);
  showPads(next);
  const first = $("[autofocus]", next) ?? $("main", next);
  first.focus({ preventScroll: true });
  if (first.select) first.select();
  scrollTo(0, 0);
}

/** What one enters while the line is lost. */
function showOffline(phone = "") {
  const stage = document.createElement("div");
  stage.className = "till-body";
  stage.id = "stage";
  stage.dataset.step = "offline";
  const main = document.createElement("main");
  main.id = "main";
  main.className = "till-main";
  main.append($("#offline").content.cloneNode(true));
  stage.append(main);
  const field = $("input[name=phone]", stage);
  field.value = phone;
  ($("input[name=amount]", stage) && phone ? $("input[name=amount]", stage) : field).setAttribute("autofocus", "");
  show(stage);
}

function tell(text, kind = "bad") {
  $("#main .till-told")?.remove();
  const told = document.createElement("p");
  told.className = `till-notice till-told ${kind}`;
  told.setAttribute("role", kind === "bad" ? "alert" : "status");
  told.textContent = text;
  $("#main").prepend(told);
}

let isBusy = false;
async function step(address, how, onLost) {
  if (isBusy) return;
  isBusy = true;
  body.setAttribute("aria-busy", "true");
  try {
    const answer = await ask(address, how);
    line.found();
    await take(answer);
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    line.lose();
    onLost?.();
  } finally {
    isBusy = false;
    body.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  step(link.href, {}, () => showOffline());
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sale]")) { event.preventDefault(); sell(form, event.submitter); return; }
  if (form.matches("[data-lock]")) { forgetShell(); return; }
  if (!form.matches("[data-swap]")) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  fields.set("csrf", csrf);
  const onLost = form.matches("[data-find]") ? () => showOffline(fields.get("who")) : () => tell(words.needsLine);
  step(form.action, { method: "POST", body: fields }, onLost);
});

/** Counts down the time in which a deed can be undone. */
function countDown(form) {
  const left = $("[data-left]", form);
  const ends = performance.now() + Math.min(60000, Number(form.dataset.until) - serverTime());
  const tick = () => {
    const seconds = Math.ceil((ends - performance.now()) / 1000);
    if (seconds <= 0) { form.remove(); return; }
    left.textContent = `${seconds} s`;
    if (form.isConnected) setTimeout(tick, 500);
  };
  tick();
}

// The gateway's time, by how far this device's own clock is off.
let ahead = Date.now() - Number(body.dataset.now ?? Date.now());
const serverTime = () => Date.now() - ahead;

// ---- What is kept here until it is sent -------------------------------------------------------------------------------

let opened;
function store() {
  opened ??= new Promise((done, fail) => {
    const asked = indexedDB.open("regulars-till", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "seq", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return opened;
}
/** Does something with the entries; durable before it is answered. */
async function entries(mode, work) {
  const db = await store();
  return new Promise((done, fail) => {
    const tx = db.transaction("entries", mode, { durability: "strict" });
    const request = work(tx.objectStore("entries"));
    tx.oncomplete = () => done(request?.result);
    tx.onabort = tx.onerror = () => fail(tx.error);
  });
}
const all = async () => (await entries("readonly", (kept) => kept.getAll())).filter((entry) => entry.shop === shop);
const put = (entry) => entries("readwrite", (kept) => kept.put(entry));
const drop = (entry) => entries("readwrite", (kept) => kept.delete(entry.seq));

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A sale or a visit: kept first, then sent. What does not come through in a moment goes on by itself. */
async function sell(form, button) {
  if (form.dataset.sent) return;
  results.length = 0;
  sent = 0;
  const fields = new FormData(form, button);
  const kind = fields.get("kind") ?? "sale";
  const amount = kind === "visit" ? 0 : minor(fields.get("amount") ?? "");
  const phone = fields.get("phone")?.trim() || null;
  const member = fields.get("member_id") || null;
  if (!member && (phone ?? "").replace(/\D/g, "").length < 7) { wrong(form, "phone", words.number); return; }
  if (kind !== "visit" && !amount) { wrong(form, "amount", words.amount); return; }
  form.dataset.sent = "yes";
  const entry = {
    shop, id: newId(), phone, member, amount, invite: fields.get("invite") === "yes", by: body.dataset.person,
    name: form.dataset.name ?? phone, made: Date.now(), state: "waiting",
  };
  try {
    entry.seq = await put(entry);
  } catch {
    delete form.dataset.sent;
    // Nothing is kept here (a private window, a full disk): then it must come through at once.
    const answer = await send(entry).catch(() => null);
    if (answer?.deed) await openDeed(answer.deed); else tell(answer?.message ?? words.noRoom);
    return;
  }
  const answers = flush(entry.id);
  const answer = await Promise.race([answers, wait(4000).then(() => null)]);
  if (answer?.deed) { await drop(answer.entry).catch(() => {}); await openDeed(answer.deed); await draw(); return; }
  if (answer?.message && !answer.may_invite) { await drop(answer.entry); delete form.dataset.sent; tell(answer.message); await draw(); return; }
  await draw();
  // Refused, and kept above for whoever decides about it.
  if (answer) { await step(home, {}, () => showOffline()); return; }
  showOffline();
  tell(words.kept, "good");
}

function wrong(form, name, text) {
  const field = form.elements[name];
  field?.setAttribute?.("aria-invalid", "true");
  field?.focus?.();
  tell(text);
}

const openDeed = (deed) => step(`${home}/deeds/${deed}`, {}, () => showOffline());

/** Sends one entry; what was answered. */
async function send(entry, again = true) {
  const order = {
    id: entry.id, amount: entry.amount, age_ms: Math.max(0, Date.now() - entry.made), made_by: entry.by, invite: entry.invite,
    ...(entry.member ? { member_id: entry.member } : { phone: entry.phone }),
  };
  const answer = await ask(`${home}/orders`, {
    method: "POST", redirect: "manual", body: JSON.stringify(order),
    headers: { "content-type": "application/json", "x-csrf": csrf },
  });
  if (answer.status === 200) return answer.json();
  // Somebody else has signed in since this page was opened.
  if (answer.status === 400 && again && (await freshen())) return send(entry, false);
  throw answer.status === 429 ? new Lost() : new Out();
}

async function freshen() {
  const answer = await ask(`${home}/shell`, { redirect: "manual" });
  if (answer.status !== 200) throw new Out();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  csrf = page.body.dataset.csrf;
  body.dataset.person = page.body.dataset.person;
  return true;
}

let flushing = null;
const watched = new Map();
/** Sends what waits, in the order in which it was entered. Answers what became of the entry `id`. */
function flush(id) {
  const answer = id ? new Promise((done) => watched.set(id, done)) : undefined;
  flushing ??= locked(sendAll).finally(() => { flushing = null; }).then((left) => { if (left) flush(); });
  return answer ?? flushing;
}
const locked = (work) => (navigator.locks ? navigator.locks.request(`till ${shop}`, work) : work());

let sent = 0;
async function sendAll() {
  const seen = new Set();
  for (;;) {
    const next = (await all()).find((entry) => entry.state === "waiting" && !seen.has(entry.seq));
    if (!next) break;
    seen.add(next.seq);
    let answer;
    try {
      answer = await send(next);
    } catch (error) {
      watched.forEach((done) => done(null));
      watched.clear();
      if (error instanceof Out) { line.out(); return false; }
      line.lose();
      return false;
    }
    line.found();
    if (answer.state === "refused") {
      await put({ ...next, state: "refused", why: answer.message, may_invite: answer.may_invite });
    } else {
      await drop(next);
      if (!watched.has(next.id)) { sent += 1; results.push({ ...next, state: "sent", why: answer.state === "waits" ? words.waits : "✓" }); }
    }
    watched.get(next.id)?.({ ...answer, entry: next });
    watched.delete(next.id);
    await draw();
  }
  watched.forEach((done) => done(null));
  watched.clear();
  if (isShell && !line.since) location.replace(home);
  return (await all()).some((entry) => entry.state === "waiting" && !seen.has(entry.seq));
}

// ---- What one sees of it ----------------------------------------------------------------------------------------------

const results = [];
const clock = (time) => new Date(time).toTimeString().slice(0, 5);
const written = (entry) => {
  const figure = String(entry.amount).padStart(places + 1, "0");
  const amount = places ? `${figure.slice(0, -places)}.${figure.slice(-places)}` : figure;
  return entry.amount ? `${words.before}${amount}${words.behind}` : words.visit;
};

async function draw() {
  if (isPorch) return;
  const kept = await all().catch(() => []);
  const shown = [...kept, ...results].sort((one, other) => one.seq - other.seq);
  const waiting = kept.filter((entry) => entry.state === "waiting").length;
  const isSlow = line.since || kept.some((entry) => entry.state === "refused") || results.length;
  const queue = document.getElementById("queue");
  queue.hidden = !shown.length || !isSlow;
  $("ol", queue).replaceChildren(...shown.map(row));
  const parts = [];
  if (waiting) parts.push(waiting === 1 ? words.waitingOne : words.waiting.replace("{count}", waiting));
  if (line.since) parts.push(words.lost.replace("{time}", clock(line.since)));
  if (!parts.length && sent) parts.push(sent === 1 ? words.sentOne : words.sent.replace("{count}", sent));
  const state = document.getElementById("line");
  const text = line.isOut ? words.pin : parts.join(" · ");
  if (state.textContent !== text) {
    state.textContent = "";
    if (line.isOut) {
      const link = document.createElement("a");
      link.href = `/till?next=${encodeURIComponent(home)}`;
      link.textContent = waiting ? `${parts[0]} · ${text}` : text;
      state.append(link);
    } else state.textContent = text;
  }
  state.className = `till-line ${line.isOut ? "bad" : line.since ? "lost" : sent ? "good" : ""}`;
}

function row(entry) {
  const item = $("#waiting-entry").content.firstElementChild.cloneNode(true);
  item.className = entry.state;
  $("[data-what]", item).textContent = `${entry.name} · ${written(entry)}`;
  $("[data-why]", item).textContent = entry.why ? `${clock(entry.made)} · ${entry.why}` : clock(entry.made);
  const [invite, dismiss] = [$("[data-invite]", item), $("[data-dismiss]", item)];
  invite.hidden = !(entry.state === "refused" && entry.may_invite);
  dismiss.hidden = entry.state === "waiting";
  invite.onclick = async () => { await put({ ...entry, state: "waiting", invite: true, why: null }); await draw(); flush(); };
  dismiss.onclick = async () => {
    if (entry.state === "sent") { results.splice(results.indexOf(entry), 1); sent = results.length; } else await drop(entry);
    await draw();
  };
  return item;
}

// ---- The line ---------------------------------------------------------------------------------------------------------

const line = {
  since: Number(sessionStorage.getItem("lost")) || null,
  isOut: false,
  lose() {
    this.isOut = false;
    if (!this.since) { this.since = Date.now(); sessionStorage.setItem("lost", this.since); }
    draw();
    this.look();
  },
  found() {
    this.isOut = false;
    if (!this.since) return;
    this.since = null;
    sessionStorage.removeItem("lost");
    draw();
  },
  out() { this.found(); this.isOut = true; draw(); },
  /** Looks for the line until it is back. */
  look() {
    if (this.looking) return;
    this.looking = setTimeout(async () => {
      this.looking = null;
      const answer = await fetch("/health/live", { cache: "no-store", signal: AbortSignal.timeout(5000) }).catch(() => null);
      if (!answer?.ok) { this.look(); return; }
      this.found();
      await flush();
      const stage = document.getElementById("stage");
      const isTyped = $$("[data-figures]", stage).some((field) => field.value);
      if (stage.dataset.step === "offline" && !this.since && !isTyped) step(home, {});
    }, 3000);
  },
};
addEventListener("online", () => { clearTimeout(line.looking); line.looking = null; line.since ? line.look() : flush(); });
addEventListener("offline", () => line.lose());

// ---- The camera -------------------------------------------------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-camera]");
  if (!button) return;
  const dialog = document.getElementById("camera");
  const video = $("video", dialog);
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    tell(words.noCamera);
    return;
  }
  video.srcObject = stream;
  dialog.showModal();
  const stop = () => { stream.getTracks().forEach((track) => track.stop()); dialog.close(); };
  $("[data-close]", dialog).onclick = stop;
  dialog.oncancel = stop;
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (dialog.open) {
    const [found] = await detector.detect(video).catch(() => []);
    // A code alone, or at the end of a link.
    const code = found?.rawValue.match(/([A-Za-z0-9]{3,4}-?[A-Za-z0-9]{2,4})\s*$/)?.[1];
    if (code) {
      stop();
      const form = button.closest("form");
      form.elements.code.value = code;
      form.requestSubmit();
      return;
    }
    await wait(150);
  }
});

// ---- The beginning ----------------------------------------------------------------------------------------------------

const forgetShell = () => window.caches?.delete("till-shell");

/** Puts aside what it takes to open the till while the line is lost. */
async function putAside() {
  if (!("serviceWorker" in navigator) || isShell) return;
  await navigator.serviceWorker.register("/till/worker.js", { scope: "/till" });
  const cache = await caches.open("till-shell");
  const files = [...new Set($$("link[rel=stylesheet], link[rel=icon], script[src]").map((node) => node.href || node.src))];
  const shell = await fetch(`${home}/shell`, { redirect: "manual" });
  if (shell.status !== 200) return;
  await cache.put(home, shell.clone());
  await cache.put("/till", shell);
  for (const old of await cache.keys()) if (old.url.includes("/assets/") && !files.includes(old.url)) await cache.delete(old);
  await cache.addAll(files);
}

showPads(document);
if (isPorch) {
  forgetShell();
} else {
  navigator.storage?.persist?.();
  // A page that was put aside is opened because the line is lost.
  if (isShell) { line.lose(); showOffline(); }
  draw();
  flush().then(draw);
  putAside().catch(() => {});
  setInterval(() => { if (!line.since && !line.isOut) flush(); }, 30000);
}
})();
