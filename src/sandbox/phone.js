"use strict";
// Phones on the counter. Everything that was texted is shown with textContent only.

const FIRST_PHONE = "+14155550123";
const PHONES_MAX = 12;
const BODY_MAX = 1600;
const MESSAGES_MAX = 400;
const STORE = "regulars.phones";
const FAULTS = [
  ["429", "Too many requests", { too_many_requests: { retry_after_seconds: null } }],
  ["429", "Retry after 3 s", { too_many_requests: { retry_after_seconds: 3 } }],
  ["500", "Server error", { server_error: { taken: false } }],
  ["500", "Error, yet it is sent", { server_error: { taken: true } }],
  ["30 s", "Time-out", { timeout: { taken: false, hold_milliseconds: 30000 } }],
  ["30 s", "Time-out, yet it is sent", { timeout: { taken: true, hold_milliseconds: 30000 } }],
  ["cut", "Line dropped", { dropped: { taken: false } }],
  ["400", "Not a mobile number", { refused: { status: 400, code: 21614 } }],
];
const MODES = [
  ["In order", "queued, sent, delivered", "in_order"],
  ["Out of order", "delivered comes first", "out_of_order"],
  ["Undelivered", "30005, unknown handset", { undelivered: {} }],
  ["Failed", "30008, unknown error", { failed: {} }],
  ["Silent", "no reports at all", "none"],
];
// Later news never gives way to earlier: the backlog and the live events may overtake each other.
const RANK = { accepted: 0, receiving: 0, queued: 1, sending: 2, sent: 3, delivered: 4, undelivered: 4, failed: 4, received: 4, read: 5 };
const STATES = { receiving: "Sending…", received: "✓✓", accepted: "accepted", queued: "queued", sending: "sending", sent: "✓ sent", delivered: "✓✓ delivered", undelivered: "! not delivered", failed: "! failed" };

const byId = (id) => document.getElementById(id);
const shelf = byId("shelf");
const switcher = document.querySelector(".switcher");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const phones = new Map();
let contacts = [];
let suggestions = [];
let active = null;
let feed = null;
let feedTimer = 0;

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function pretty(number) {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return us ? `(${us[1]}) ${us[2]}-${us[3]}` : number;
}

async function call(method, path, body) {
  const request = { method };
  if (body !== undefined) {
    request.headers = { "Content-Type": "application/json" };
    request.body = JSON.stringify(body);
  }
  const answer = await fetch(path, request);
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(value.error || `The carrier answered ${answer.status}`);
  return value;
}

// Parts of a text: GSM 03.38, 160 or 153 units; else UCS-2, 70 or 67. What is read as one character stays in one part.
const GSM = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const GSM_EXTENDED = new Set("\f^{}\\[~]|€");

const segmenter = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" });
const clusters = (text) => (segmenter ? [...segmenter.segment(text)].map(({ segment }) => segment) : [...text]);

function countParts(text) {
  const characters = [...text];
  const gsm = characters.every((c) => GSM.has(c) || GSM_EXTENDED.has(c));
  const sizeOf = (c) => (gsm ? (GSM_EXTENDED.has(c) ? 2 : 1) : c.length);
  const units = characters.reduce((sum, c) => sum + sizeOf(c), 0);
  const [one, many] = gsm ? [160, 153] : [70, 67];
  let parts = 1;
  if (units > one) {
    let used = 0;
    const fill = (size) => {
      if (used + size > many) { parts += 1; used = 0; }
      used += size;
    };
    for (const cluster of clusters(text)) {
      const whole = [...cluster].map(sizeOf);
      const size = whole.reduce((sum, one) => sum + one, 0);
      if (size > many) whole.forEach(fill); else fill(size);
    }
  }
  return { encoding: gsm ? "GSM-7" : "UCS-2", units, parts, room: parts === 1 ? one : parts * many, characters: characters.length };
}

const partsText = (count) => (count === 1 ? "1 part" : `${count} parts`);

// ---- phones

function addPhone(number, contact) {
  if (phones.has(number) || phones.size >= PHONES_MAX) return phones.get(number);
  const node = byId("phone-template").content.firstElementChild.cloneNode(true);
  const find = (selector) => node.querySelector(selector);
  const phone = {
    number, node, contact: contact || contacts[0].address, messages: new Map(), blocked: new Set(), news: new Set(), typing: 0,
    log: find(".log"), field: find("textarea"), send: find(".send"), output: find("output"), own: find(".own"),
    tab: make("button", "tab", `…${number.slice(-4)}`),
  };
  const id = `phone-${number.replace(/\D/g, "")}`;
  node.id = id;
  node.setAttribute("aria-label", `Phone ${pretty(number)}`);
  phone.log.setAttribute("aria-label", `Conversation on ${pretty(number)}`);
  phone.field.setAttribute("aria-label", `Text message from ${pretty(number)}`);
  phone.own.textContent = pretty(number);
  phone.tab.type = "button";
  phone.tab.setAttribute("role", "tab");
  phone.tab.setAttribute("aria-controls", id);
  phone.tab.setAttribute("aria-label", `Phone ${pretty(number)}`);
  phone.tab.addEventListener("click", () => activate(phone));
  node.addEventListener("focusin", () => activate(phone));
  node.addEventListener("pointerdown", () => activate(phone));
  find(".remove").addEventListener("click", () => removePhone(phone));
  find(".blocked button").addEventListener("click", () => textFrom(phone, "START"));
  find("select").addEventListener("change", (event) => { phone.contact = event.target.value; showContact(phone); showAll(phone); save(); });
  find("form").addEventListener("submit", (event) => { event.preventDefault(); submit(phone); });
  phone.field.addEventListener("input", () => measure(phone));
  phone.field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(phone); }
  });
  for (const text of suggestions) {
    const chip = make("button", "chip", text);
    chip.type = "button";
    chip.addEventListener("click", () => textFrom(phone, text));
    find(".chips").append(chip);
  }
  phones.set(number, phone);
  shelf.append(node);
  switcher.append(phone.tab);
  showContact(phone);
  showAll(phone);
  measure(phone);
  return phone;
}

function removePhone(phone) {
  if (phones.size < 2) return;
  const goes = () => { phone.node.remove(); phone.tab.remove(); };
  phones.delete(phone.number);
  phone.node.classList.add("goes");
  if (still.matches) goes(); else setTimeout(goes, 180);
  if (active === phone) activate(phones.values().next().value);
  arrange();
  listen();
}

function activate(phone) {
  if (active === phone) return;
  active = phone;
  for (const other of phones.values()) {
    const chosen = other === phone;
    other.node.classList.toggle("active", chosen);
    other.tab.setAttribute("aria-selected", String(chosen));
    other.tab.tabIndex = chosen ? 0 : -1;
    if (chosen) other.tab.classList.remove("unread");
  }
  measure(phone);
  toEnd(phone, true);
}

function arrange() {
  document.body.dataset.phones = String(Math.min(phones.size, 4));
  for (const phone of phones.values()) phone.node.querySelector(".remove").hidden = phones.size < 2;
  byId("add").disabled = phones.size >= PHONES_MAX;
  save();
}

function save() {
  try {
    localStorage.setItem(STORE, JSON.stringify([...phones.values()].map(({ number, contact }) => ({ number, contact }))));
  } catch { /* a private window may forget */ }
}

function saved() {
  const named = new URLSearchParams(location.search).getAll("phone").filter(Boolean);
  if (named.length) return named.map((number) => ({ number }));
  try {
    const list = JSON.parse(localStorage.getItem(STORE) || "[]");
    return list.filter((entry) => typeof entry?.number === "string" && entry.number.length <= 128);
  } catch { return []; }
}

function freshNumber() {
  for (let last = 123; last < 123 + 2 * PHONES_MAX; last += 1) {
    const number = `+1415555${String(last).padStart(4, "0")}`;
    if (!phones.has(number)) return number;
  }
  return FIRST_PHONE;
}

// ---- the conversation

function meet(address) {
  if (!address || contacts.some((contact) => contact.address === address)) return;
  contacts.push({ name: pretty(address), address });
  for (const phone of phones.values()) showContact(phone);
}

function showContact(phone) {
  const find = (selector) => phone.node.querySelector(selector);
  const contact = contacts.find((known) => known.address === phone.contact) || contacts[0];
  phone.contact = contact.address;
  phone.news.delete(contact.address);
  find(".name").textContent = contact.name;
  find(".address").textContent = pretty(contact.address);
  find(".avatar").textContent = contact.name.split(/[^\p{L}\p{N}]+/u).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
  const select = find("select");
  select.replaceChildren(...contacts.map((known) => new Option((phone.news.has(known.address) ? "● " : "") + known.name, known.address, false, known.address === contact.address)));
  find(".pick").hidden = contacts.length < 2;
  find(".name").hidden = contacts.length > 1;
  showBlocked(phone);
}

function showBlocked(phone) {
  const blocked = phone.blocked.has(phone.contact);
  phone.node.querySelector(".blocked").hidden = !blocked;
  phone.node.classList.toggle("is-blocked", blocked);
}

function showAll(phone) {
  phone.log.replaceChildren(make("li", "hint", phone.contact ? "Say hello: pick a suggestion or type." : ""));
  phone.messages.forEach((entry) => { entry.node = null; });
  [...phone.messages.values()].sort((a, b) => a.message.number - b.message.number).forEach((entry) => place(phone, entry));
  toEnd(phone, true);
}

function receive(phone, message, live) {
  meet(message.sender);
  const known = phone.messages.get(message.number);
  if (known && (RANK[message.status] ?? 0) < (RANK[known.message.status] ?? 0)) return;
  const entry = known || { node: null };
  const before = known?.message.status;
  entry.message = message;
  phone.messages.set(message.number, entry);
  const stick = atEnd(phone);
  if (phone.messages.size > MESSAGES_MAX) forgetOldest(phone);
  place(phone, entry, live && !known);
  if (live && !message.inbound && !known) {
    stopTyping(phone);
    if (message.sender !== phone.contact) { phone.news.add(message.sender); showContact(phone); }
    if (phone !== active) phone.tab.classList.add("unread");
  }
  if (live && message.inbound && message.status === "received" && before !== "received") startTyping(phone);
  if (stick) toEnd(phone);
}

function forgetOldest(phone) {
  const oldest = Math.min(...phone.messages.keys());
  phone.messages.get(oldest).node?.remove();
  phone.messages.delete(oldest);
}

function place(phone, entry, fresh) {
  const { message } = entry;
  if (message.sender && message.sender !== phone.contact) { entry.node?.remove(); entry.node = null; return; }
  if (!entry.node) {
    entry.node = make("li", `bubble ${message.inbound ? "mine" : "theirs"}`);
    entry.node.append(make("p", "words"), make("p", "meta"));
    entry.node.dataset.number = message.number;
    if (fresh) entry.node.classList.add("fresh");
    phone.log.querySelector(".hint")?.remove();
    const after = [...phone.log.children].find((node) => node.dataset.number === undefined || Number(node.dataset.number) > message.number);
    phone.log.insertBefore(entry.node, after || null);
  }
  const [words, meta] = entry.node.children;
  words.dir = "auto";
  if (words.textContent !== message.body) words.textContent = message.body;
  message.media.forEach((_, index) => { if (words.nextSibling === meta || index) words.append(make("span", "media", "📎")); });
  const failed = message.status === "failed" || message.status === "undelivered";
  entry.node.dataset.status = message.status;
  entry.node.classList.toggle("failed", failed);
  const time = make("time", "", new Date(message.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = message.at;
  time.title = new Date(message.at).toLocaleString();
  const state = make("span", "state", STATES[message.status] || message.status);
  if (failed && message.error_code) state.textContent += ` · ${message.error_code}`;
  if (failed) state.title = message.error_message || "";
  meta.replaceChildren(time, make("span", "parts", `${partsText(message.segments)} ${message.encoding}`), state);
  if (failed && message.inbound) {
    const again = make("button", "again", "Try again");
    again.type = "button";
    again.addEventListener("click", () => textFrom(phone, message.body));
    meta.append(again);
  }
}

function startTyping(phone) {
  stopTyping(phone);
  if (phone.blocked.has(phone.contact)) return;
  const dots = make("li", "typing");
  dots.setAttribute("aria-hidden", "true");
  dots.append(make("i"), make("i"), make("i"));
  phone.log.append(dots);
  toEnd(phone);
  phone.typing = setTimeout(() => stopTyping(phone), 4000);
}

function stopTyping(phone) {
  clearTimeout(phone.typing);
  phone.log.querySelector(".typing")?.remove();
}

const atEnd = ({ log }) => log.scrollHeight - log.scrollTop - log.clientHeight < 80;

function toEnd(phone, jump) {
  phone.log.scrollTo({ top: phone.log.scrollHeight, behavior: jump || still.matches ? "auto" : "smooth" });
}

// ---- writing

function measure(phone) {
  const text = phone.field.value;
  const counted = countParts(text);
  const long = counted.characters > BODY_MAX;
  phone.output.textContent = long
    ? `${counted.characters} of ${BODY_MAX} characters: too long`
    : text && `${counted.units}/${counted.room} · ${partsText(counted.parts)} · ${counted.encoding}`;
  phone.output.classList.toggle("bad", long);
  phone.output.classList.toggle("warm", !long && (counted.parts > 1 || counted.encoding === "UCS-2"));
  phone.send.disabled = !text.trim() || long;
  phone.field.style.height = "";
  if (phone.field.scrollHeight) phone.field.style.height = `${Math.min(phone.field.scrollHeight, 132)}px`;
}

function submit(phone) {
  const text = phone.field.value;
  if (phone.send.disabled) return;
  phone.field.value = "";
  measure(phone);
  textFrom(phone, text, () => { if (!phone.field.value) phone.field.value = text; });
}

async function textFrom(phone, body, undo) {
  activate(phone);
  toEnd(phone);
  try {
    await call("POST", "/sandbox/texts", { from: phone.number, to: phone.contact, body });
  } catch (error) {
    const shown = [...phone.messages.values()].some(({ message }) => message.inbound && message.status === "failed" && message.body === body);
    if (!shown) { undo?.(); measure(phone); }
    phone.output.textContent = error.message;
    phone.output.classList.add("bad");
  }
}

// ---- news from the carrier

async function catchUp(phone) {
  const backlog = await call("GET", `/sandbox/phones/${encodeURIComponent(phone.number)}`);
  phone.blocked = new Set(backlog.blocked);
  for (const message of backlog.messages) receive(phone, message, false);
  showBlocked(phone);
  toEnd(phone, true);
}

function listen() {
  clearTimeout(feedTimer);
  feed?.close();
  const query = new URLSearchParams([...phones.keys()].map((number) => ["phone", number]));
  feed = new EventSource(`/sandbox/events?${query}`);
  const catchUpAll = () => Promise.all([...phones.values()].map(catchUp)).catch(() => {});
  feed.addEventListener("open", () => { document.body.classList.remove("offline"); catchUpAll(); loadControls(); });
  feed.addEventListener("resync", catchUpAll);
  feed.addEventListener("message", (event) => {
    if (!event.data) return;
    const message = JSON.parse(event.data);
    const phone = phones.get(message.phone);
    if (phone) receive(phone, message, true);
  });
  feed.addEventListener("blocks", (event) => {
    const { phone: number, blocked } = JSON.parse(event.data);
    const phone = phones.get(number);
    if (phone) { phone.blocked = new Set(blocked); showBlocked(phone); }
  });
  feed.addEventListener("controls", (event) => showControls(JSON.parse(event.data)));
  feed.addEventListener("error", () => {
    document.body.classList.add("offline");
    if (feed.readyState === EventSource.CLOSED) { clearTimeout(feedTimer); feedTimer = setTimeout(listen, 2000); }
  });
}

// ---- faults

const faultName = (kind) => {
  const same = FAULTS.find(([, , known]) => JSON.stringify(known) === JSON.stringify(kind));
  return same ? `${same[0]} ${same[1]}` : Object.keys(kind)[0].replaceAll("_", " ");
};
const modeKey = (mode) => (typeof mode === "string" ? mode : Object.keys(mode)[0]);

function showControls({ faults, callbacks }) {
  const waiting = faults.reduce((sum, fault) => sum + fault.times, 0);
  const badge = byId("fault-count");
  badge.hidden = !waiting;
  badge.textContent = waiting;
  const list = byId("waiting");
  list.replaceChildren();
  if (waiting) {
    list.append(make("span", "", `Waiting: ${faults.map((fault) => faultName(fault.kind) + (fault.times > 1 ? ` ×${fault.times}` : "")).join(", ")}`));
    const clear = make("button", "", "Clear");
    clear.type = "button";
    clear.addEventListener("click", () => control("DELETE", "/sandbox/faults"));
    list.append(clear);
  }
  for (const input of document.querySelectorAll("#callback-modes input")) input.checked = input.value === modeKey(callbacks);
}

async function control(method, path, body) {
  try {
    showControls(await call(method, path, body));
  } catch (error) {
    byId("waiting").textContent = error.message;
  }
}

const loadControls = () => control("GET", "/sandbox/faults");

function furnish() {
  for (const [mark, name, kind] of FAULTS) {
    const button = make("button", "fault");
    button.type = "button";
    button.append(make("b", "", mark), make("span", "", name));
    button.addEventListener("click", () => control("POST", "/sandbox/faults", { kind }));
    byId("fault-buttons").append(button);
  }
  for (const [name, note, mode] of MODES) {
    const label = make("label");
    const input = make("input");
    input.type = "radio";
    input.name = "mode";
    input.value = modeKey(mode);
    input.addEventListener("change", () => control("POST", "/sandbox/callbacks", { mode }));
    label.append(input, make("span", "", name), make("small", "", note));
    byId("callback-modes").append(label);
  }
  for (const text of suggestions) {
    const item = make("li");
    const button = make("button", "", text);
    button.type = "button";
    button.addEventListener("click", () => textFrom(active, text));
    item.append(button);
    byId("menu").append(item);
  }
  for (const contact of contacts) byId("book").append(make("dt", "", contact.name), make("dd", "", pretty(contact.address)));
}

function tick() {
  const now = new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" }).replace(/\s?[AP]M$/i, "");
  for (const clock of document.querySelectorAll(".clock")) clock.textContent = now;
}

switcher.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = [...phones.values()];
  const next = all[(all.indexOf(active) + step + all.length) % all.length];
  activate(next);
  next.tab.focus();
});

byId("add").addEventListener("click", () => {
  const phone = addPhone(freshNumber());
  phone.node.classList.add("comes");
  activate(phone);
  arrange();
  tick();
  listen();
  phone.node.scrollIntoView({ behavior: still.matches ? "auto" : "smooth", inline: "center", block: "nearest" });
  phone.field.focus({ preventScroll: true });
});

async function open() {
  try {
    ({ contacts, suggestions } = await call("GET", "/sandbox/contacts"));
  } catch {
    document.body.classList.add("offline");
    setTimeout(open, 2000);
    return;
  }
  furnish();
  const wanted = saved();
  for (const { number, contact } of wanted.length ? wanted : [{ number: FIRST_PHONE }]) addPhone(number, contact);
  activate(phones.values().next().value);
  arrange();
  tick();
  setInterval(tick, 5000);
  listen();
  if (matchMedia("(min-width: 760px)").matches) active.field.focus({ preventScroll: true });
}

open();
