// "/" leads to the question box, from wherever nothing is being typed.
const BOX = 'input[aria-label="Question"]';
const WAITING = "pilcrow question";

export default () => {
  if (sessionStorage.getItem(WAITING)) focusSoon();
  if (window.pilcrowKeys) return;
  window.pilcrowKeys = true;
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
