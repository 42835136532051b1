// The hits, each a card: where it stands, its text with the best sentences marked, and its citation
// to copy. A card that stays in the list is kept, with the focus and what was unfolded in it.
export default drawn((section, { data, setStateValue, setTriggerValue }) => {
  if (section.done?.asked !== data.asked) section.done = { asked: data.asked, around: {}, judged: {} };
  const act = {
    wrong: (id) => setTriggerValue("wrong", id),
    // All that was done so far, for of two messages in quick succession only the second arrives.
    done: (what, id, value) => {
      section.done[what][id] = value;
      setStateValue("done", structuredClone(section.done));
    },
  };
  const kept = new Map([...section.children].map((card) => [card.dataset.id, card]));
  const cards = data.cards.map((one) => cardOf(one, kept.get(one.hit.id), act));
  for (const card of kept.values()) if (!cards.includes(card)) card.remove();
  cards.forEach((card, place) => {
    if (section.children[place] !== card) section.insertBefore(card, section.children[place] ?? null);
  });
});

function cardOf(one, known, act) {
  const shown = JSON.stringify(one.hit);
  const card = known?.dataset.shown === shown ? known : newCard(one.hit, shown);
  for (const button of card.querySelectorAll("button.judge")) {
    button.onclick = () => act.done("judged", one.hit.id, button.ariaPressed === "true" ? "nothing" : button.value);
  }
  const toggle = card.querySelector("button.context");
  toggle.onclick = () => act.done("around", one.hit.id, toggle.ariaExpanded !== "true");
  card.querySelector("button.wrong").onclick = () => act.wrong(one.hit.id);
  showContext(card, one.context);
  showJudged(card, one);
  return card;
}

function newCard(hit, shown) {
  return make("article", { "data-id": hit.id, "data-shown": shown, "aria-label": hit.citation }, contents(hit));
}

function contents(hit) {
  return paragraphOf(hit, {
    before: make("div", { class: "around before" }),
    after: [make("div", { class: "around after" }), hit.also.length ? also(hit.also) : null],
    foot: foot(hit),
  });
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
