// Small helps; every page works without them.

// A second press of a button does not send a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") {
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  }
});

// Menus close when one clicks elsewhere or presses Escape.
const close = (except) => document.querySelectorAll("details.switch[open], details.more[open]").forEach((open) => {
  if (!open.contains(except)) open.removeAttribute("open");
});
document.addEventListener("click", (event) => close(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const left = document.activeElement?.closest("details.switch[open], details.more[open]");
  close(null);
  left?.querySelector("summary").focus();
});

// What was done is said once: a reload does not say it again.
if (new URLSearchParams(location.search).has("done")) {
  const address = new URL(location.href);
  address.searchParams.delete("done");
  history.replaceState(null, "", address);
}

// A form that asks first, one field at a time: data-ask="Really?".
document.addEventListener("submit", (event) => {
  const ask = event.target.dataset.ask;
  if (ask && !confirm(ask)) { event.preventDefault(); delete event.target.dataset.sent; }
});

// Of tabs that are wider than the window, the one at hand is in view.
document.querySelectorAll(".tabs [aria-current], .words-topics [aria-current]").forEach((tab) => {
  const strip = tab.parentElement;
  strip.scrollLeft += tab.getBoundingClientRect().left - strip.getBoundingClientRect().left - 40;
});
