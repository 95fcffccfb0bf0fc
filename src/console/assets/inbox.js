// How many parts a text takes, while it is written. (3GPP TS 23.038: 160 or 153 septets, 70 or 67 in UCS-2.)
const PLAIN = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const DOUBLE = "^{}\\[~]|€\f";

const parts = (text) => {
  const signs = [...text];
  if (signs.every((sign) => PLAIN.includes(sign) || DOUBLE.includes(sign))) {
    const units = signs.reduce((sum, sign) => sum + (DOUBLE.includes(sign) ? 2 : 1), 0);
    return units <= 160 ? 1 : Math.ceil(units / 153);
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
};

document.querySelectorAll("textarea[data-before]").forEach((area) => {
  const note = area.parentElement.querySelector("[data-count]");
  const said = note.textContent;
  area.addEventListener("input", () => {
    const text = area.value.trim();
    note.textContent = text ? area.dataset.parts.replace("#", parts(area.dataset.before + text)) : said;
  });
});
