// What a question was understood as: chips that lead to the same search without them.
export default drawn((section, { data }) => {
  section.setAttribute("aria-label", data.groups.map((group) => group.heading).join(", "));
  section.replaceChildren(...data.groups.map(group));
});

function group({ heading, chips }) {
  return make(
    "div",
    { class: "group" },
    make("h2", {}, `${heading}:`),
    make("ul", {}, chips.map((one) => make("li", {}, chip(one)))),
  );
}

function chip({ text, act, href }) {
  const said = make("span", { class: "said" }, text);
  if (href === null) return make("span", { class: "chip" }, said);
  const back = act === "Put back";
  const sign = make("span", { class: "sign", "aria-hidden": "true" }, back ? "put back" : "×");
  return link(href, { class: `chip${back ? " back" : ""}`, "aria-label": `${act}: ${text}`, title: act }, said, sign);
}
