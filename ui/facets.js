// The filters as lists of links: each leads to the same search with that choice.
const FEW = 6; // choices of a list that are seen at once

export default drawn((section, { data }) => {
  const shown = JSON.stringify(data);
  if (section.dataset.shown === shown) return;
  section.dataset.shown = shown;
  section.setAttribute("aria-label", "Filters");
  const said = data.asked ? "Counts: how many of the best 50 paragraphs." : "Counts: documents.";
  const lists = data.facets.filter((one) => one.chosen || one.values.length || one.others.length);
  section.replaceChildren(make("p", { class: "facts" }, said), ...lists.map((one) => facet(one, data.asked)));
});

function facet({ heading, chosen, values, others }, asked) {
  const every = [...values, ...others];
  const first = every.length <= FEW ? every : values.slice(0, FEW);
  const rest = every.slice(first.length);
  return make(
    "div",
    { class: "facet", role: "group", "aria-label": heading },
    make("h3", {}, heading),
    chosen ? taken(chosen) : null,
    first.length ? make("ul", {}, first.map((one) => choice(one, heading))) : null,
    rest.length ? more(rest, values.length, heading, asked) : null,
  );
}

function taken({ text, href }) {
  const sign = make("span", { "aria-hidden": "true" }, "×");
  return link(href, { class: "chosen", "aria-label": `Take off: ${text}`, title: "Take off" }, text, " ", sign);
}

function choice({ text, count, href }, heading) {
  const figure = make("span", { class: "count" }, String(count));
  const said = `${heading}: ${text} (${count})`;
  return make("li", {}, link(href, { "aria-label": said }, make("span", { class: "said" }, text), figure));
}

// The rest, folded away; of a long list a box leaves those with the letters typed.
function more(rest, known, heading, asked) {
  const list = make("ul", {}, rest.map((one) => choice(one, heading)));
  const box = rest.length > 12 ? narrow(list, heading) : null;
  const name = known ? `${rest.length} more` : asked ? `None among the best: choose from ${rest.length}` : `Choose from ${rest.length}`;
  return make("details", {}, make("summary", {}, name), box, list);
}

function narrow(list, heading) {
  const box = make("input", { type: "search", "aria-label": `Narrow the list: ${heading}`, placeholder: "Type a few letters" });
  box.addEventListener("input", () => {
    const letters = box.value.trim().toLowerCase();
    for (const item of list.children) item.hidden = !item.textContent.toLowerCase().includes(letters);
  });
  return box;
}
