// Every document as a row: sorted by any column, narrowed by typing, each leading to its document.
export default drawn((section, { data }) => {
  const shown = JSON.stringify(data);
  if (section.dataset.shown === shown) return;
  section.dataset.shown = shown;
  section.setAttribute("aria-label", data.caption);
  const order = { column: 0, up: true };
  const said = make("p", { class: "facts", role: "status" }, data.caption);
  const body = make("tbody", {});
  const box = make("input", { type: "search", "aria-label": "Find a document", placeholder: "Find a document: words of any column" });
  const heads = data.head.map((name, column) => head(name, () => sort(column), data.numbers.includes(column)));

  const draw = () => {
    const words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const rows = data.rows.filter((row) => words.every((word) => row.some((cell) => cell.text.toLowerCase().includes(word))));
    rows.sort((one, other) => compare(one[order.column], other[order.column]) * (order.up ? 1 : -1));
    body.replaceChildren(...rows.map((row) => make("tr", {}, row.map((cell, column) => cellOf(cell, column, data.numbers.includes(column))))));
    said.textContent = rows.length === data.rows.length ? data.caption : `${rows.length} of ${data.rows.length} documents`;
    heads.forEach((one, column) => one.setAttribute("aria-sort", column === order.column ? (order.up ? "ascending" : "descending") : "none"));
  };
  const sort = (column) => {
    order.up = order.column === column ? !order.up : true;
    order.column = column;
    draw();
  };
  box.addEventListener("input", draw);
  section.replaceChildren(
    make("div", { class: "above" }, box, said),
    make("div", { class: "wide", tabindex: "0", role: "group", "aria-label": "Table of documents" }, make("table", {}, make("thead", {}, make("tr", {}, heads)), body)),
  );
  draw();
});

// Empty cells come last, whichever way it is sorted is left to the reader: they mean "not known".
function compare(one, other) {
  const [a, b] = [one.sort ?? one.text, other.sort ?? other.text];
  if (a === b) return 0;
  if (a === "" || b === "") return a === "" ? 1 : -1;
  return typeof a === "number" ? a - b : a.localeCompare(b, "en", { sensitivity: "base" });
}

function head(name, sort, figure) {
  const button = make("button", { type: "button" }, name);
  button.addEventListener("click", sort);
  return make("th", { scope: "col", "aria-sort": "none", class: figure ? "figure" : null }, button);
}

function cellOf(cell, column, figure) {
  const inside = cell.href ? link(cell.href, { "aria-label": cell.name }, cell.text) : cell.text;
  return make(column === 0 ? "th" : "td", { scope: column === 0 ? "row" : null, class: figure ? "figure" : null }, inside);
}
