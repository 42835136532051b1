// Elements from data. Strings become text nodes, so nothing in a document can become markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// The text with the given sentences, which occur in it word for word, as <mark>.
function marked(text, sentences) {
  const spans = sentences
    .map((sentence) => [text.indexOf(sentence), sentence.length])
    .filter(([start, length]) => start >= 0 && length > 0)
    .sort((one, other) => one[0] - other[0]);
  const nodes = [];
  let end = 0;
  for (const [start, length] of spans) {
    if (start < end) continue;
    nodes.push(text.slice(end, start), make("mark", {}, text.slice(start, start + length)));
    end = start + length;
  }
  return [...nodes, text.slice(end)];
}

// A link to another state of the page. A plain click moves there as the Back button would, without
// loading everything again; with Ctrl, Shift or the middle button it is an ordinary link.
function link(href, attributes, ...children) {
  const anchor = make("a", { href, ...attributes }, ...children);
  anchor.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({}, "", anchor.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
  return anchor;
}

// Draws into the component's own element. An error goes to the console, never before the reader.
function drawn(draw) {
  return (component) => {
    const place = component.parentElement.querySelector("article, nav, section");
    try {
      draw(place, component);
    } catch (error) {
      console.error(error);
      place.replaceChildren("This part of the page cannot be shown. Please reload the page.");
    }
  };
}
