// Search inside the document: every place is marked, Enter goes from one to the next.
const FEWEST_LETTERS = 2;

function findBox(section) {
  const box = make("input", { type: "search", "aria-label": "Find in this document", placeholder: "Find in this document", autocomplete: "off" });
  const said = make("span", { class: "facts", role: "status" });
  const back = make("button", { type: "button", class: "action", "aria-label": "Previous match", hidden: "" }, "↑");
  const on = make("button", { type: "button", class: "action", "aria-label": "Next match", hidden: "" }, "↓");
  const found = { places: [], at: -1 };

  const go = (by) => {
    if (!found.places.length) return;
    found.places[found.at]?.classList.remove("here");
    found.at = (found.at + by + found.places.length) % found.places.length;
    found.places[found.at].classList.add("here");
    found.places[found.at].scrollIntoView({ block: "center" });
    said.textContent = `${found.at + 1} of ${found.places.length}`;
  };
  const search = () => {
    const words = box.value.trim().replace(/\s+/g, " ");
    found.places = words.length < FEWEST_LETTERS ? unfind(section) : find(section, words);
    found.at = -1;
    back.hidden = on.hidden = !found.places.length;
    said.textContent = words.length < FEWEST_LETTERS ? "" : "Not in this document";
    go(1);
  };
  box.addEventListener("input", search);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
  });
  back.addEventListener("click", () => go(-1));
  on.addEventListener("click", () => go(1));
  return make("div", { class: "find", role: "search" }, box, back, on, said);
}

// Takes the marks of an earlier search out again.
function unfind(section) {
  for (const mark of section.querySelectorAll(".found")) {
    const text = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    text.normalize();
  }
  return [];
}

// Marks the words, in any case, in headings, paragraphs and footnotes.
function find(section, words) {
  unfind(section);
  const places = [];
  for (const element of section.querySelectorAll(".body h2, .body .text, .body .note")) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) places.push(...markIn(text, words.toLowerCase()));
  }
  return places;
}

function markIn(text, words) {
  const marks = [];
  const lower = text.data.toLowerCase();
  if (lower.length !== text.data.length) return marks; // places would not line up
  for (let at = lower.lastIndexOf(words); at >= 0; at = at ? lower.lastIndexOf(words, at - 1) : -1) {
    const tail = text.splitText(at);
    tail.splitText(words.length);
    const mark = make("mark", { class: "found" });
    tail.replaceWith(mark);
    mark.append(tail);
    marks.unshift(mark);
  }
  return marks;
}
