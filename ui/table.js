// A table of text and figures; a cell may be a link and carry a second line.
export default drawn((section, { data }) => {
  const figures = new Set(data.numbers);
  const style = (column) => (figures.has(column) ? "figure" : null);
  section.setAttribute("aria-label", data.caption);
  section.replaceChildren(
    make(
      "table",
      {},
      make("caption", {}, data.caption, make("span", { class: "hint", hidden: "" }, "Scroll sideways for all columns.")),
      make("thead", {}, make("tr", {}, data.head.map((name, column) => make("th", { scope: "col", class: style(column) }, name)))),
      make("tbody", {}, data.rows.map((row) => make("tr", {}, row.map((cell, column) => cellOf(cell, column, style(column)))))),
    ),
  );
  section.watch?.disconnect();
  section.watch = new ResizeObserver(() => fit(section));
  section.watch.observe(section);
});

// Where it is too wide for the screen it says so and scrolls sideways, by the keyboard too.
function fit(section) {
  const wide = section.scrollWidth > section.clientWidth;
  section.querySelector(".hint").hidden = !wide;
  if (wide) section.setAttribute("tabindex", "0");
  else section.removeAttribute("tabindex");
}

function cellOf(cell, column, style) {
  const { text, href, note } = typeof cell === "string" ? { text: cell } : cell;
  const attributes = column === 0 ? { scope: "row", class: style } : { class: style };
  return make(
    column === 0 ? "th" : "td",
    attributes,
    href ? link(href, {}, text) : text,
    note ? make("span", { class: "below" }, note) : null,
  );
}
