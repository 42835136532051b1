// A list of links under a heading: example questions, the documents of the library.
export default drawn((nav, { data }) => {
  nav.setAttribute("aria-label", data.heading || data.links[0].text);
  nav.className = data.inline ? "inline" : "";
  nav.replaceChildren(
    ...(data.heading ? [make("h2", {}, data.heading)] : []),
    make("ul", {}, data.links.map(item)),
  );
});

function item({ href, text, note }) {
  return make("li", {}, link(href, {}, text), note ? make("span", { class: "facts" }, note) : null);
}
