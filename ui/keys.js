// "/" leads to the question box, from wherever nothing is being typed; and the framework's links to
// the pages, whose focus is hardly seen, get the outline that all others have.
const OUTLINED = ["stHeader", "stSidebarHeader", "stSidebarNav"]
  .map((name) => `[data-testid="${name}"] :is(a, button):focus-visible`)
  .join(", ");
const BOX = 'input[aria-label="Question"]';
const WAITING = "pilcrow question";

export default () => {
  if (sessionStorage.getItem(WAITING)) focusSoon();
  if (window.pilcrowKeys) return;
  window.pilcrowKeys = true;
  const style = document.createElement("style");
  style.textContent = `${OUTLINED} { outline: 3px solid currentColor; outline-offset: 2px; }`;
  document.head.append(style);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    event.preventDefault();
    if (focusBox()) return;
    sessionStorage.setItem(WAITING, "yes");
    history.pushState({}, "", "./");
    window.dispatchEvent(new PopStateEvent("popstate"));
    focusSoon();
  });
};

function typing(event) {
  const element = event.composedPath()[0];
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

function focusBox() {
  const box = document.querySelector(BOX);
  if (!box) return false;
  sessionStorage.removeItem(WAITING);
  box.focus();
  box.select();
  return true;
}

// The box comes with the next page, which takes a moment.
function focusSoon() {
  const observer = new MutationObserver(() => {
    if (focusBox()) observer.disconnect();
  });
  if (!focusBox()) observer.observe(document.body, { childList: true, subtree: true });
}
