// One hit: where it stands, its text with the best sentences marked, and its citation to copy.
export default drawn((card, { data, setStateValue, setTriggerValue }) => {
  const shown = JSON.stringify(data.hit);
  if (card.dataset.shown !== shown) {
    card.dataset.shown = shown;
    card.setAttribute("aria-label", data.hit.citation);
    card.replaceChildren(margin(data.hit), body(data.hit));
    card.querySelector("button.wrong").addEventListener("click", () => setTriggerValue("wrong", true));
    const toggle = card.querySelector("button.context");
    toggle.addEventListener("click", () => setStateValue("context", toggle.ariaExpanded !== "true"));
    for (const button of card.querySelectorAll("button.judge")) {
      button.addEventListener("click", () => setTriggerValue("judged", button.ariaPressed === "true" ? "nothing" : button.value));
    }
  }
  showContext(card, data.context);
  showJudged(card, data);
});

// The number as printed; a paragraph without one has its label above its text instead.
function margin(hit) {
  const numbered = hit.number !== null;
  return make("div", { class: "margin" }, numbered ? heading(hit, "number", hit.number) : null);
}

function heading(hit, kind, name) {
  const said = `${hit.citation}: open in its document`;
  const para = kind === "number" ? make("span", { class: "para" }, "para ") : null;
  return make("h2", { class: kind }, link(hit.href, { "aria-label": said }, para, name));
}

function body(hit) {
  return make(
    "div",
    { class: "body" },
    hit.number === null ? heading(hit, "label", hit.label) : null,
    place(hit),
    hit.second_hand ? secondHand(hit) : null,
    make("div", { class: "around before" }),
    text(hit),
    hit.notes.map((note) => make("p", { class: "note" }, note)),
    hit.correction ? make("p", { class: "correction" }, hit.correction) : null,
    make("div", { class: "around after" }),
    hit.also.length ? also(hit.also) : null,
    foot(hit),
  );
}

// A very long paragraph is shown around its best sentence first, the whole of it when asked.
const LONG = 1800; // characters
const BEFORE = 200; // of them before the best sentence

function text(hit) {
  const paragraph = make("p", { class: "text" }, marked(hit.text, hit.highlights));
  if (hit.text.length <= LONG) return paragraph;
  const best = Math.max(0, hit.text.indexOf(hit.highlights[0] ?? ""));
  const start = best > LONG / 2 ? hit.text.indexOf(" ", best - BEFORE) + 1 : 0;
  const end = Math.max(hit.text.lastIndexOf(" ", start + LONG), start + LONG / 2);
  const part = `${start ? "… " : ""}${hit.text.slice(start, end)}${end < hit.text.length ? " …" : ""}`;
  const button = make("button", { type: "button", class: "action whole" }, "Show the whole paragraph");
  const short = make("p", { class: "text" }, marked(part, hit.highlights));
  button.addEventListener("click", () => {
    short.replaceWith(paragraph);
    button.remove();
  });
  return [short, button];
}

function place(hit) {
  return make(
    "div",
    { class: "place" },
    make("p", { class: "facts" }, make("strong", {}, hit.facts[0]), hit.facts.slice(1).map((fact) => ` · ${fact}`)),
    make("p", { class: "title", title: hit.title }, hit.title),
    hit.heading ? make("p", { class: "heading" }, hit.heading) : null,
    hit.standing ? make("p", { class: "standing" }, `${hit.standing.label}: `, make("strong", {}, hit.standing.grade)) : null,
    hit.later.map(later),
  );
}

function later(one) {
  const name = one.second_hand ? "Later inspection, told second-hand" : "Later inspection";
  return make("p", { class: "later" }, `${name}: `, link(one.href, { "aria-label": `${name}: ${one.text}: open there` }, one.text));
}

function secondHand(hit) {
  const original = hit.original
    ? ["It retells ", link(hit.original.href, {}, hit.original.title), "; quote that report instead."]
    : [hit.retells ? `It retells ${hit.retells}.` : "Look for the report it retells before quoting."];
  return make("p", { class: "second-hand" }, make("strong", {}, "Second-hand. "), original);
}

// Where the same is said again: found by the same question, kept off the screen as cards.
function also(repeats) {
  const status = make("p", { class: "status", role: "status" });
  const places = repeats.length === 1 ? "1 other place" : `${repeats.length} other places`;
  return make(
    "div",
    { class: "also" },
    make("p", {}, `Also said in ${places}:`),
    make("ul", {}, repeats.map((one) => repeat(one, status))),
    status,
  );
}

function repeat(one, status) {
  return make(
    "li",
    {},
    link(one.href, {}, one.citation),
    one.second_hand ? " (second-hand) " : " ",
    copyButton("Copy", one.citation, status, `Copy citation: ${one.citation}`),
  );
}

function foot(hit) {
  const status = make("p", { class: "status", role: "status" });
  const address = new URL(hit.link, location.href).href;
  return make(
    "footer",
    {},
    make("p", { class: "citation" }, hit.citation),
    make(
      "div",
      { class: "actions" },
      copyButton("Copy citation", hit.citation, status),
      copyButton("Copy full citation", hit.full_citation, status),
      copyButton("Copy as Markdown", markdown(hit.citation, address), status),
      link(hit.href, { class: "action" }, "Open in document"),
    ),
    make(
      "div",
      { class: "actions quiet" },
      make("button", { type: "button", class: "action context", "aria-expanded": "false" }, "Before and after"),
      link(hit.collect, { class: "action" }, "Add to a briefing"),
      link(hit.alike, { class: "action" }, "More like this"),
      judge("Relevant"),
      judge("Not relevant"),
      make("button", { type: "button", class: "action wrong" }, "Something is wrong"),
    ),
    status,
  );
}

function judge(name) {
  const title = `${name} to this question: kept for measuring the search`;
  return make("button", { type: "button", class: "action judge", value: name.toLowerCase(), "aria-pressed": "false", title }, name);
}

function showJudged(card, { judged, said }) {
  for (const button of card.querySelectorAll("button.judge")) button.ariaPressed = String(button.value === judged);
  if (said) card.querySelector("footer > .status").textContent = said;
}

// The paragraphs around it, or nothing; only this changes when the context button is pressed.
function showContext(card, context) {
  const around = context ?? { before: [], after: [] };
  card.querySelector("button.context").ariaExpanded = String(Boolean(context));
  card.querySelector(".before").replaceChildren(...around.before.map(neighbour));
  card.querySelector(".after").replaceChildren(...around.after.map(neighbour));
}

function neighbour(paragraph) {
  return make(
    "p",
    { class: "neighbour" },
    link(paragraph.href, { class: "neighbour-label" }, paragraph.label),
    " ",
    paragraph.text,
  );
}
