// The page as published, with the paragraph that was asked for marked on it.
function showPage(aside, page) {
  const shown = `${page.number} ${JSON.stringify(page.boxes)}`;
  if (aside.dataset.shown === shown) return;
  aside.dataset.shown = shown;
  const whole = picture(page);
  const large = make("button", { type: "button", class: "action" }, "Enlarge");
  large.addEventListener("click", () => enlarge(aside, page));
  // On a phone it would push the text off the screen.
  const open = aside.querySelector("details")?.open ?? window.matchMedia("(min-width: 60rem)").matches;
  aside.replaceChildren(
    make(
      "details",
      { open: open ? "" : null },
      make("summary", {}, `Page ${page.number} of ${page.count} as published`),
      make("div", { class: "actions" }, step(page.previous, "Previous page"), step(page.next, "Next page"), large),
      whole,
    ),
  );
}

function picture(page) {
  return make(
    "div",
    { class: "picture", style: `aspect-ratio: ${page.width} / ${page.height}` },
    make("img", { src: page.src, alt: page.alt }),
    page.boxes.map((box) => make("div", { class: "box", style: Object.entries(box).map(([side, value]) => `${side}: ${value}%`).join("; ") })),
  );
}

function enlarge(aside, page) {
  const close = make("button", { type: "button", class: "action" }, "Close");
  const dialog = make("dialog", { "aria-label": `Page ${page.number}, enlarged` }, close, picture(page));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  aside.append(dialog);
  dialog.showModal();
  dialog.querySelector(".box")?.scrollIntoView({ block: "center" });
}
