// One paragraph as every page shows it: its number in the margin, where it stands, its words. What
// else a page has to say of it comes before and after the words, and at the foot.
function paragraphOf(one, { level = "h2", before = null, after = null, foot }) {
  const numbered = one.number !== null;
  return [
    make("div", { class: "margin" }, numbered ? headingOf(one, level, "number", one.number) : null),
    make(
      "div",
      { class: "body" },
      numbered ? null : headingOf(one, level, "label", one.label),
      placeOf(one),
      one.second_hand ? secondHand(one) : null,
      before,
      wordsOf(one),
      one.notes.map((note) => make("p", { class: "note" }, note)),
      one.correction ? make("p", { class: "correction" }, one.correction) : null,
      after,
      foot,
    ),
  ];
}

// The number as printed; a paragraph without one has its label above its text instead.
function headingOf(one, level, kind, name) {
  const para = kind === "number" ? make("span", { class: "para" }, "para ") : null;
  const leads = link(one.href, { "aria-label": `${one.citation}: open in its document` }, para, name);
  return make(level, { class: kind }, leads);
}

function placeOf(one) {
  const [first, ...rest] = one.facts;
  return make(
    "div",
    { class: "place" },
    first ? make("p", { class: "facts" }, make("strong", {}, first), rest.map((fact) => ` · ${fact}`)) : null,
    one.title ? make("p", { class: "title", title: one.title }, one.title) : null,
    one.heading ? make("p", { class: "heading" }, one.heading) : null,
    one.standing ? make("p", { class: "standing" }, `${one.standing.label}: `, make("strong", {}, one.standing.grade)) : null,
    one.later.map(laterOf),
  );
}

function laterOf(later) {
  const name = later.second_hand ? "Later inspection, told second-hand" : "Later inspection";
  return make("p", { class: "later" }, `${name}: `, link(later.href, { "aria-label": `${name}: ${later.text}: open there` }, later.text));
}

function secondHand(one) {
  const original = one.original
    ? ["It retells ", link(one.original.href, {}, one.original.title), "; quote that report instead."]
    : [one.retells ? `It retells ${one.retells}.` : "Look for the report it retells before quoting."];
  return make("p", { class: "second-hand" }, make("strong", {}, "Second-hand. "), original);
}

// A very long paragraph is shown around its best sentence first, and of one that is quoted in part
// that part; the whole of it when asked.
const LONG = 1800; // characters
const BEFORE = 200; // of them before the best sentence

function wordsOf(one) {
  const whole = make("p", { class: "text" }, marked(one.text, one.highlights));
  const part = one.part ?? (one.text.length > LONG ? bestPart(one) : null);
  if (part === null || part === one.text) return whole;
  const short = make("p", { class: "text" }, marked(part, one.part ? [] : one.highlights));
  const button = make("button", { type: "button", class: "action whole", "aria-label": `Show the whole paragraph: ${one.citation}` }, "Show the whole paragraph");
  button.addEventListener("click", () => {
    short.replaceWith(whole);
    button.remove();
  });
  return [short, button];
}

function bestPart({ text, highlights }) {
  const best = Math.max(0, text.indexOf(highlights[0] ?? ""));
  const start = best > LONG / 2 ? text.indexOf(" ", best - BEFORE) + 1 : 0;
  const end = Math.max(text.lastIndexOf(" ", start + LONG), start + LONG / 2);
  return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
}
