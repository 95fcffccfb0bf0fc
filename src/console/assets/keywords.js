// Small helps for keywords and the guide; every page works without them.

// A phrase is checked while it is typed.
const phrase = document.querySelector("[data-check]");
const verdict = document.getElementById("verdict");
let waiting;
const check = async () => {
  const asked = phrase.value;
  try {
    const answer = await fetch(phrase.dataset.check + encodeURIComponent(asked));
    if (!answer.ok || answer.redirected || phrase.value !== asked) return;
    verdict.innerHTML = await answer.text();
    phrase.toggleAttribute("aria-invalid", false);
  } catch { /* The line is away: the form says it all the same. */ }
};
if (phrase && verdict) phrase.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(check, 250); });

// The browser knows where it is.
const zone = document.querySelector("select[data-zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && here) {
  if (![...zone.options].some((option) => option.value === here)) zone.add(new Option(here.replaceAll("_", " "), here), 0);
  zone.value = here;
}

// A button that prints.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
