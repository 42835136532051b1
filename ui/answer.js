// The answer: sentences of the documents, each with its citation, or why there is none.
export default drawn((section, { data }) => {
  const shown = JSON.stringify(data);
  if (section.dataset.shown === shown) return;
  section.dataset.shown = shown;
  section.setAttribute("aria-label", "Answer");
  section.className = data.answered ? "answered" : "declined";
  section.replaceChildren(
    make("h2", {}, data.heading),
    ...(data.known ? [make("p", { class: "known" }, data.known)] : []),
    ...(data.answered ? answered(data) : [make("p", { class: "reason" }, `${data.reason} ${data.below}`.trim())]),
  );
});

function answered(data) {
  const status = make("p", { class: "status", role: "status" });
  return [
    make("div", { class: "sentences" }, data.sentences.map(sentence)),
    make("p", { class: "facts" }, data.note),
    ...(data.sentences.length ? [make("div", { class: "actions" }, copyAnswer(data, status)), status] : []),
  ];
}

function sentence({ text, citation, href, second_hand, collect }) {
  return make(
    "p",
    { class: "text" },
    make("q", {}, text),
    " ",
    link(href, { class: "cite", "aria-label": `${citation}: open in its document` }, unbroken(citation)),
    second_hand ? make("span", { class: "facts" }, " second-hand") : null,
    collect ? [" ", link(collect, { class: "collect", "aria-label": `Add ${citation} to a briefing` }, "Add to a briefing")] : null,
  );
}

// "para 87" stays on one line.
function unbroken(citation) {
  return citation.replace(/ (?=\d+$)/, "\u00a0");
}

function copyAnswer(data, status) {
  const button = make("button", { type: "button", class: "action" }, "Copy answer with citations");
  button.addEventListener("click", async () => {
    const done = await copyText(data.copied);
    status.textContent = done
      ? `Copied: ${data.sentences.length} sentences with their citations.`
      : `Please copy by hand: ${data.copied}`;
  });
  return button;
}
