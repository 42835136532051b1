// A list of links under a heading: example questions, ways to sort. The current one is marked.
export default drawn((nav, { data }) => {
  nav.setAttribute("aria-label", data.heading || data.links[0].text);
  nav.className = data.inline ? "inline" : "";
  nav.replaceChildren(
    ...(data.heading ? [make("h2", {}, data.heading)] : []),
    make("ul", {}, data.links.map(item)),
  );
});

function item({ href, text, note, current, copy }) {
  if (copy) {
    const status = make("p", { class: "status", role: "status" });
    return make("li", {}, copyButton(text, new URL(copy, location.href).href, status), status);
  }
  const leads = href ? link(href, { "aria-current": current ? "true" : null }, text) : make("strong", {}, text);
  return make("li", {}, leads, note ? make("span", { class: "facts" }, note) : null);
}
