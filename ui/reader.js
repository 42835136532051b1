// A whole document: outline, headings, paragraphs with their numbers in the margin. The paragraph
// that was asked for is marked, carries its citation, and is scrolled to.
export default drawn((section, { data }) => {
  const { document: read, asked } = data;
  const shown = JSON.stringify(read);
  if (section.dataset.shown !== shown) {
    section.dataset.shown = shown;
    section.dataset.asked = "";
    section.setAttribute("aria-label", read.title);
    section.replaceChildren(
      make("div", { class: "sheet" }, head(read), outline(read.sections), text(read.sections)),
    );
  }
  if (section.dataset.asked !== (asked ?? "")) {
    section.dataset.asked = asked ?? "";
    markAsked(section, read.sections, asked);
  }
});

function head(data) {
  const facts = [...data.facts, data.inspected].filter(Boolean).join(" · ");
  return make(
    "header",
    {},
    make("h1", {}, data.title),
    make("p", { class: "facts" }, facts),
    data.second_hand ? make("p", { class: "second-hand" }, "Second-hand: it retells what somebody else published.") : null,
    data.judgements.length ? judgements(data.judgements) : null,
    data.origin ? make("p", { class: "note" }, data.origin) : null,
    data.rights ? make("p", { class: "note" }, data.rights) : null,
  );
}

function judgements(pairs) {
  const rows = pairs.map(([name, grade]) => make("div", {}, make("dt", {}, name), make("dd", {}, grade)));
  return make("dl", { "aria-label": "Judgements" }, rows);
}

function outline(sections) {
  const items = [];
  let above = null;
  for (const [index, { section, heading }] of sections.entries()) {
    if (section && section !== above && section !== heading) items.push(outlineItem(section, index, "above"));
    above = section;
    if (heading) items.push(outlineItem(heading, index, section ? "below" : "above"));
  }
  // On a phone it would push the text off the screen.
  const open = window.matchMedia("(min-width: 60rem)").matches ? "" : null;
  const list = make("details", { open }, make("summary", {}, "Contents"), make("ol", {}, items));
  return make("nav", { "aria-label": "Contents" }, list);
}

function outlineItem(name, index, level) {
  const button = make("button", { type: "button" }, name);
  button.addEventListener("click", () => {
    const heading = byId(button.closest("section"), `section-${index}`);
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  });
  return make("li", { class: level }, button);
}

function text(sections) {
  let page = null;
  let above = null;
  return make("div", { class: "body" }, sections.map((part, index) => {
    const nodes = [];
    if (part.section && part.section !== above && part.section !== part.heading) nodes.push(make("p", { class: "section" }, part.section));
    above = part.section;
    const heading = { id: `section-${index}`, tabindex: "-1" };
    nodes.push(part.heading ? make("h2", heading, part.heading) : null);
    for (const one of part.paragraphs) {
      nodes.push(paragraph(one, one.page !== page));
      page = one.page;
    }
    return nodes;
  }));
}

function paragraph(one, newPage) {
  const number = link(one.href, { class: "number", "aria-label": `Link to ${one.label}` }, one.number ?? "¶");
  const page = newPage && one.page !== null ? make("span", { class: "page" }, one.page) : null;
  return make(
    "div",
    { class: `paragraph ${one.kind}`, id: `paragraph-${one.key}`, tabindex: "-1" },
    make("div", { class: "margin" }, number, page),
    make("div", { class: "words" }, make("p", { class: "text" }, one.text), one.notes.map((note) => make("p", { class: "note" }, note))),
  );
}

function markAsked(section, sections, key) {
  section.querySelector("[aria-current]")?.removeAttribute("aria-current");
  section.querySelector(".cite")?.remove();
  if (key === null) return;
  const one = sections.flatMap((part) => part.paragraphs).find((each) => each.key === key);
  const element = byId(section, `paragraph-${key}`);
  element.setAttribute("aria-current", "true");
  element.querySelector(".words").append(cite(one));
  requestAnimationFrame(() => {
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  });
}

function cite(one) {
  const status = make("p", { class: "status", role: "status" });
  return make(
    "div",
    { class: "cite" },
    make("p", { class: "citation" }, one.citation),
    make("div", { class: "actions" }, copyButton("Copy citation", one.citation, status), copyButton("Copy full citation", one.full_citation, status)),
    status,
  );
}

function byId(section, id) {
  return section.querySelector(`#${CSS.escape(id)}`);
}
