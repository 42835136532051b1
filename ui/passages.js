// Paragraphs under headings, in a list or in columns: each with its citation, its words, what the
// reader wrote beside it, and what can be done with it.
export default drawn((section, { data, setTriggerValue }) => {
  const focused = section.getRootNode().activeElement?.dataset.focus;
  const status = make("p", { class: "status", role: "status" }, data.said);
  const act = (id, value) => setTriggerValue("act", { id, value });
  const show = (group) => groupOf(group, data.level ?? (group.heading ? "h3" : "h2"), act, status);
  section.setAttribute("aria-label", data.label);
  section.replaceChildren(
    status,
    make("div", { class: data.as ?? "groups", tabindex: data.as === "columns" ? "0" : null }, data.groups.map(show)),
  );
  section.querySelector(`[data-focus="${CSS.escape(focused ?? "")}"]`)?.focus();
  if (data.reveal !== undefined) reveal(section, data.reveal);
});

// Brings a card into view whose form was opened below it, or closed, once all of that is there.
const SETTLED = 300; // milliseconds

function reveal(section, told) {
  const now = JSON.stringify(told);
  if ((section.dataset.revealed ?? "null") === now) return;
  section.dataset.revealed = now;
  standStill(section);
  if (told === null) return;
  const edit = section.querySelector(`[data-focus="${CSS.escape(told.id)} edit"]`);
  edit?.focus({ preventScroll: true });
  const goal = edit?.closest(told.open ? "footer" : "article");
  setTimeout(() => goal?.scrollIntoView({ block: told.open ? "center" : "nearest" }), SETTLED);
}

// While the list above a form grows or shrinks, the browser would keep what stands below it in its
// place, and scroll the reader away from the card.
function standStill(section) {
  const page = section.getRootNode().host?.closest("[data-testid=stMain]");
  if (!page) return;
  page.style.overflowAnchor = "none";
  setTimeout(() => page.style.removeProperty("overflow-anchor"), 5 * SETTLED);
}

function groupOf(group, level, act, status) {
  return make(
    "div",
    { class: "group" },
    group.heading ? make("h2", {}, group.heading) : null,
    group.facts ? make("p", { class: "facts" }, group.facts) : null,
    group.cards.length ? group.cards.map((card) => cardOf(card, level, act, status)) : make("p", { class: "facts" }, group.empty),
  );
}

// What was taken out leaves its way back where it stood.
function takenOf(card, act) {
  return make("div", { class: "taken" }, make("p", {}, `Removed: ${card.citation}.`), card.actions.map((one) => action(card, one, act)));
}

// What the reader wrote stands over the paragraph, as it will in what is written out.
function cardOf(card, level, act, status) {
  if (card.taken) return takenOf(card, act);
  const foot = footOf(card, act, status);
  return make(
    "article",
    { "aria-label": card.citation },
    card.own.heading ? make(level, { class: "own over" }, card.own.heading) : null,
    card.own.note ? make("p", { class: "own" }, card.own.note) : null,
    card.remark ? make("p", { class: "remark" }, card.remark) : null,
    card.text ? paragraphOf(card, { level, foot }) : [make(level, { class: "own gone" }, card.citation), foot],
  );
}

function footOf(card, act, status) {
  return make(
    "footer",
    {},
    card.text ? make("p", { class: "citation" }, card.citation) : null,
    make(
      "div",
      { class: "actions" },
      card.text ? copyButton("Copy citation", card.citation, status, `Copy citation: ${card.citation}`) : null,
      card.text && card.collect ? link(card.collect, { class: "action", "aria-label": `Add to a briefing: ${card.citation}` }, "Add to a briefing") : null,
      card.actions.map((one) => action(card, one, act)),
    ),
  );
}

function action(card, { text, value, focus }, act) {
  const name = `${text}: ${card.citation}`;
  const button = make("button", { type: "button", class: "action", "aria-label": name, "data-focus": `${card.id} ${focus}` }, text);
  button.addEventListener("click", () => act(card.id, value));
  return button;
}
