// The drawn phone follows what one types, and holes are put in with a press; without this the page has a button to look.
const form = document.getElementById("words-form");
if (form) {
  const box = form.elements.text, look = document.getElementById("look"), wrong = document.getElementById("wrong");
  let waiting, asked = 0;
  const refresh = async () => {
    const number = ++asked, fields = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.look, { method: "POST", body: fields }).catch(() => null);
    if (!answer || !answer.ok || number !== asked) return;
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
    look.innerHTML = parts.querySelector("[data-look]").innerHTML;
    wrong.innerHTML = parts.querySelector("[data-wrong]").innerHTML;
    box.setAttribute("aria-invalid", String(wrong.childElementCount > 0));
    offer();
  };
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(refresh, 300); };
  const put = (text, atEnd) => {
    const [from, to] = atEnd ? [box.value.length, box.value.length] : [box.selectionStart, box.selectionEnd];
    const blank = atEnd && box.value && !/\s$/.test(box.value) ? " " : "";
    box.setRangeText(blank + text, from, to, "end");
    box.focus();
    soon();
  };
  // What is only shown without a script becomes a button with one.
  const press = (element, text, atEnd) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small code";
    button.textContent = element.textContent;
    button.addEventListener("click", () => put(text, atEnd));
    element.replaceWith(button);
  };
  const offer = () => wrong.querySelectorAll("[data-offer]").forEach((one) => press(one, one.dataset.offer, true));
  form.querySelectorAll("[data-hole]").forEach((hole) => press(hole, hole.dataset.hole, false));
  offer();
  form.addEventListener("input", soon);
}
