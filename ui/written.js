// An answer as a language model writes it: sentences as they come, unsupported ones struck out.
const LOOK_AGAIN = 500; // milliseconds

export default drawn((section, { data, setTriggerValue }) => {
  section.setAttribute("aria-label", data.heading ?? "Written answer");
  section.className = data.heading ? "" : "none";
  title(section, data.heading);
  news(section, data.sentences);
  foot(section, data, setTriggerValue);
  clearTimeout(section.lookAgain);
  if (data.writing) section.lookAgain = setTimeout(() => setTriggerValue("more", data.looks), LOOK_AGAIN);
});

// Adds what is new; what stands there already stays untouched.
function news(section, sentences) {
  const place = part(section, "sentences");
  const told = sentences.map((sentence) => JSON.stringify(sentence));
  const before = section.told ?? [];
  if (before.some((one, index) => one !== told[index])) place.replaceChildren();
  place.append(...sentences.slice(place.children.length).map(said));
  section.told = told;
}

// A place within the section that stays the same element, so that a screen reader hears only news.
function part(section, name) {
  const there = section.querySelector(`.${name}`);
  if (there) return there;
  const parts = {
    title: make("h2", { class: "title" }),
    sentences: make("div", { class: "sentences", "aria-live": "polite" }),
    note: make("p", { class: "note", role: "status" }),
    stop: make("button", { type: "button", class: "action stop" }, "Stop"),
  };
  section.replaceChildren(...Object.values(parts));
  return section.querySelector(`.${name}`);
}

function title(section, heading) {
  part(section, "title").textContent = heading ?? "";
}

function said({ text, supported, reason, cited }) {
  const cites = cited.flatMap((one) => [" ", link(one.href, { class: "cited" }, one.text)]);
  if (supported) return make("p", { class: "text" }, text, cites);
  const why = make("strong", {}, `Not supported: ${reason}. `);
  return make("p", { class: "text unsupported" }, why, make("del", {}, text), cites);
}

function foot(section, data, setTriggerValue) {
  const note = data.writing ? "The language model is writing …" : (data.note ?? "");
  if (part(section, "note").textContent !== note) part(section, "note").textContent = note;
  const stop = part(section, "stop");
  stop.hidden = !data.writing;
  stop.onclick = () => setTriggerValue("stop", true);
}
