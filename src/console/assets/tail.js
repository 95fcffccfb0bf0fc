// Puts what passes into the page as it happens; without it, a reload shows the last lines.
const tail = document.querySelector("[data-tail]");
if (tail && window.EventSource) {
  const rows = tail.querySelector("tbody");
  const state = document.querySelector("[data-tail-state]");
  const source = new EventSource(tail.dataset.tail);
  source.onopen = () => { state.hidden = false; };
  source.onerror = () => { state.hidden = true; };
  source.onmessage = (event) => {
    const line = JSON.parse(event.data);
    const row = document.createElement("tr");
    for (const name of ["at", "what", "phone", "about"]) {
      const cell = document.createElement("td");
      cell.textContent = line[name];
      row.append(cell);
    }
    document.querySelector("[data-tail-empty]")?.remove();
    tail.hidden = false;
    rows.prepend(row);
    while (rows.rows.length > 100) rows.lastElementChild.remove();
  };
}
