// Paragraphs under headings, in a list or in columns: each with its citation, its words, what the
// reader wrote beside it, and what can be done with it.
export default drawn((section, { data, setTriggerValue }) => {
  const focused = section.getRootNode().activeElement?.dataset.focus;
  const status = make("p", { class: "status", role: "status" }, data.said);
  const act = (id, value) => setTriggerValue("act", { id, value });
  section.setAttribute("aria-label", data.label);
  section.replaceChildren(
    status,
    make("div", { class: data.columns ? "columns" : "groups" }, data.groups.map((group) => groupOf(group, act, status))),
  );
  if (data.columns) section.querySelector(".columns").setAttribute("tabindex", "0");
  section.querySelector(`[data-focus="${CSS.escape(focused ?? "")}"]`)?.focus();
});

function groupOf(group, act, status) {
  return make(
    "div",
    { class: "group" },
    group.heading ? make("h2", {}, group.heading) : null,
    group.facts ? make("p", { class: "facts" }, group.facts) : null,
    group.cards.length ? group.cards.map((card) => cardOf(card, act, status)) : make("p", { class: "facts" }, group.empty),
  );
}

function cardOf(card, act, status) {
  return make(
    "article",
    { "aria-label": card.citation },
    card.heading ? make("h3", { class: "own" }, card.heading) : null,
    card.above ? make("p", { class: "own above" }, card.above) : null,
    make("h3", {}, card.href ? link(card.href, {}, card.citation) : card.citation),
    card.facts ? make("p", { class: "facts" }, card.facts) : null,
    card.message ? make("p", { class: "text" }, card.message) : null,
    words(card),
    make(
      "div",
      { class: "actions" },
      card.text ? copyButton("Copy citation", card.citation, status, `Copy citation: ${card.citation}`) : null,
      card.links.map(({ text, href }) => link(href, { class: "action", "aria-label": `${text}: ${card.citation}` }, text)),
      card.actions.map(({ text, value }) => action(card, text, value, act)),
    ),
  );
}

function action(card, text, value, act) {
  const name = `${text}: ${card.citation}`;
  const button = make("button", { type: "button", class: "action", "aria-label": name, "data-focus": `${card.id} ${value}` }, text);
  button.addEventListener("click", () => act(card.id, value));
  return button;
}

// The sentence that counts, and the whole paragraph on demand; of a short paragraph all of it.
function words(card) {
  if (!card.text) return null;
  if (!card.sentence || card.text.length < 400) {
    return make("p", { class: "text" }, marked(card.text, card.sentence ? [card.sentence] : []));
  }
  return [
    make("p", { class: "text" }, "… ", make("mark", {}, card.sentence), " …"),
    make("details", {}, make("summary", {}, "Whole paragraph"), make("p", { class: "text" }, marked(card.text, [card.sentence]))),
  ];
}
