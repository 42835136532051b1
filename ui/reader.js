// A whole document: outline, headings, paragraphs with their numbers in the margin. The paragraph
// that was asked for is marked, carries its citation, and is scrolled to.
export default drawn((section, { data }) => {
  const { document: read, asked, hits, page } = data;
  const shown = JSON.stringify(read);
  if (section.dataset.shown !== shown) {
    section.dataset.shown = shown;
    section.dataset.asked = "";
    section.setAttribute("aria-label", read.title);
    section.replaceChildren(
      make(
        "div",
        { class: `sheet${page ? " with-page" : ""}` },
        head(read),
        outline(read.sections),
        make("div", { class: "reading" }, make("div", { class: "bar" }, findBox(section), make("div", { class: "hits" })), text(read.sections)),
        page ? make("aside", { "aria-label": "The page as published" }) : null,
      ),
    );
  }
  showHits(section, read.sections, hits);
  if (section.dataset.asked !== (asked ?? "")) {
    section.dataset.asked = asked ?? "";
    markAsked(section, read.sections, asked, hits);
  }
  if (page) showPage(section.querySelector("aside"), page);
});

function head(data) {
  const facts = [...data.facts, data.inspected].filter(Boolean).join(" · ");
  return make(
    "header",
    {},
    make("h1", {}, data.title),
    make("p", { class: "facts" }, facts),
    data.second_hand ? make("p", { class: "second-hand" }, "Second-hand: it retells what somebody else published.") : null,
    data.judgements.length && data.second_hand ? make("p", { class: "facts" }, "Judgements as it retells them:") : null,
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
  let last = null; // a part may be called like the heading just before it
  for (const [index, { section, heading }] of sections.entries()) {
    if (section && section !== above && section !== heading && section !== last) items.push(outlineItem(section, index, "above"));
    above = section;
    last = heading ?? section ?? last;
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
    nodes.push(part.heading ? make("h2", heading, part.heading) : make("span", heading));
    for (const one of part.paragraphs) {
      nodes.push(paragraph(one, one.page !== page));
      page = one.page;
    }
    return nodes;
  }));
}

function paragraph(one, newPage) {
  const number = link(one.href, { class: "number", "aria-label": `Link to ${one.label}` }, one.number ?? "¶");
  return make(
    "div",
    { class: `paragraph ${one.kind}`, id: `paragraph-${one.key}`, tabindex: "-1" },
    make("div", { class: "margin" }, number, newPage ? pageOf(one) : null, copyLink(one)),
    make("div", { class: "words" }, make("p", { class: "text" }, one.text), one.notes.map((note) => make("p", { class: "note" }, note)), one.correction ? make("p", { class: "correction" }, one.correction) : null),
  );
}

function pageOf(one) {
  if (one.page === null) return null;
  if (one.page_href === null) return make("span", { class: "page" }, one.page);
  return link(one.page_href, { class: "page", "aria-label": `Show ${one.page} as published` }, one.page);
}

// The address without the question: it opens the paragraph for whoever it is sent to.
function copyLink(one) {
  const button = make("button", { type: "button", class: "copy-link", "aria-label": `Copy link to ${one.label}` }, "Copy link");
  button.addEventListener("click", async () => {
    const address = new URL(one.link, location.href).href;
    button.textContent = (await copyText(address)) ? "Copied" : address;
    setTimeout(() => (button.textContent = "Copy link"), 2000);
  });
  return button;
}

// Where the question is met: marked in the text, with the ways from one place to the next.
function showHits(section, sections, hits) {
  const shown = JSON.stringify(hits);
  if (section.dataset.hits === shown) return;
  section.dataset.hits = shown;
  const marks = hits ? hits.marks : {};
  for (const one of sections.flatMap((part) => part.paragraphs)) {
    const element = byId(section, `paragraph-${one.key}`);
    const sentences = marks[one.key];
    element.classList.toggle("hit", Boolean(sentences));
    element.querySelector(".text").replaceChildren(...marked(one.text, sentences ?? []));
  }
  section.querySelector(".hits").replaceChildren(...(hits ? hitsBar(hits) : []));
}

function hitsBar(hits) {
  const at = hits.at === null ? `${hits.count === 1 ? "1 place" : `${hits.count} places`}` : `Place ${hits.at} of ${hits.count}`;
  return [
    make("p", { class: "facts", title: hits.question }, `${at} for “${hits.question}”`),
    make("div", { class: "actions" }, ways(hits)),
  ];
}

function ways(hits) {
  return [step(hits.previous, "Previous place"), step(hits.next, "Next place"), link(hits.results, { class: "action" }, "All results")];
}

function step(href, name) {
  return href === null ? make("span", { class: "action off", "aria-disabled": "true" }, name) : link(href, { class: "action" }, name);
}

function markAsked(section, sections, key, hits) {
  section.querySelector("[aria-current]")?.removeAttribute("aria-current");
  section.querySelector(".cite")?.remove();
  if (key === null) return;
  const one = sections.flatMap((part) => part.paragraphs).find((each) => each.key === key);
  const element = byId(section, `paragraph-${key}`);
  element.setAttribute("aria-current", "true");
  element.querySelector(".words").append(cite(one, hits));
  requestAnimationFrame(() => {
    const long = element.offsetHeight > window.innerHeight / 2;
    element.scrollIntoView({ block: long ? "start" : "center" });
    element.focus({ preventScroll: true });
  });
}

// From here the bar above lies hundreds of stops of the Tab key away: the ways on stand here too.
function cite(one, hits) {
  const status = make("p", { class: "status", role: "status" });
  const address = new URL(one.link, location.href).href;
  return make(
    "div",
    { class: "cite" },
    make("p", { class: "citation" }, one.citation),
    make("div", { class: "actions" }, copyButton("Copy citation", one.citation, status), copyButton("Copy full citation", one.full_citation, status), copyButton("Copy as Markdown", markdown(one.citation, address), status), copyButton("Copy link", address, status), link(one.collect, { class: "action" }, "Add to a briefing")),
    hits ? make("div", { class: "actions" }, ways(hits)) : null,
    status,
  );
}

function byId(section, id) {
  return section.querySelector(`#${CSS.escape(id)}`);
}
