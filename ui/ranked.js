// Ranked lists of one question, side by side where there are two: what was found at which place,
// what was missed, and buttons to judge each paragraph.
const GRADES = [
  [2, "Answers it"],
  [1, "Worth citing"],
  [0, "Not relevant"],
];

const LONG = 260; // characters; about three lines

export default drawn((section, { data, setTriggerValue }) => {
  const focused = section.getRootNode().activeElement?.dataset.focus;
  const open = new Set([...section.querySelectorAll("[data-open]")].map((text) => text.dataset.open));
  const status = make("p", { class: "status", role: "status" }, data.said);
  const context = { judged: (id, grade) => setTriggerValue("judged", { paragraph_id: id, grade }), judging: data.judging, open, status };
  section.setAttribute("aria-label", "What was found");
  section.replaceChildren(
    status,
    make("div", { class: data.lists.length > 1 ? "lists two" : "lists" }, data.lists.map((list) => listOf(list, context))),
    ...(data.missed.length ? [missed(data.missed, context)] : []),
  );
  section.querySelector(`[data-focus="${CSS.escape(focused ?? "")}"]`)?.focus();
});

function listOf({ heading, places }, context) {
  const items = places.map((place) => item(place, heading, context));
  return make("div", {}, make("h2", {}, heading), items.length ? make("ol", {}, items) : make("p", {}, "Nothing was found."));
}

function missed(places, context) {
  return make(
    "div",
    {},
    make("h2", {}, "Relevant and not found"),
    make("ul", {}, places.map((place) => item(place, "missed", context))),
  );
}

function item(place, list, context) {
  const [words, more] = text(place, list, context);
  return make(
    "li",
    { class: place.grade > 0 ? "relevant" : null },
    make("span", { class: "rank" }, place.rank === null ? "–" : String(place.rank)),
    make("div", {}, head(place), words, make("div", { class: "actions" }, grades(place, list, context), more)),
  );
}

function head(place) {
  const name = place.href ? link(place.href, {}, place.citation) : place.citation;
  const tag = place.grade === null ? make("span", { class: "tag" }, "not judged") : null;
  const moved = place.moved ? make("span", { class: "facts" }, ` ${place.moved}`) : null;
  return make("p", {}, make("span", { class: "cited" }, name), moved, tag);
}

// The first lines, and a button for the rest where there is more.
function text(place, list, { open }) {
  const key = `${list} ${place.id}`;
  const words = make("p", { class: "text" }, place.text);
  if (place.text.length < LONG) return [words, null];
  const button = make("button", { type: "button", class: "action more", "data-focus": `${key} text` }, "Whole paragraph");
  const show = (whole) => {
    words.classList.toggle("short", !whole);
    button.ariaExpanded = String(whole);
    if (whole) words.dataset.open = key;
    else delete words.dataset.open;
  };
  button.addEventListener("click", () => show(words.classList.contains("short")));
  show(open.has(key));
  return [words, button];
}

function grades(place, list, { judged, judging, status }) {
  if (!judging || !place.href) return null;
  const buttons = GRADES.map(([grade, name]) => {
    const pressed = place.grade === grade;
    const button = make("button", { type: "button", class: "action", "aria-pressed": String(pressed), "data-focus": `${list} ${place.id} ${grade}` }, name);
    button.addEventListener("click", () => {
      for (const other of button.parentElement.children) other.ariaPressed = String(other === button && !pressed);
      status.textContent = "Keeping the judgement …";
      judged(place.id, pressed ? null : grade);
    });
    return button;
  });
  return make("div", { class: "grades", role: "group", "aria-label": `Judgement of ${place.citation}` }, buttons);
}
