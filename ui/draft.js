// A draft, and beside each of its paragraphs what was found on its sentences. The sentences are
// marked and numbered; from a number one gets to its finding and back, by mouse and keyboard.
export default drawn((section, { data }) => {
  const status = make("p", { class: "status", role: "status" });
  section.setAttribute("aria-label", data.label);
  section.replaceChildren(status, make("div", { class: "draft" }, data.rows.map((row) => rowOf(row, data.count, status))));
  section.addEventListener("click", (event) => {
    const goal = event.target.closest("button[data-to]")?.dataset.to;
    if (goal) section.querySelector(`[data-at="${goal}"]`)?.focus();
  });
});

function rowOf(row, count, status) {
  const said = [...row.findings.map((one) => findingOf(one, count, status)), ...row.notes.map(noteOf)];
  return make(
    "div",
    { class: `row${said.length ? " said" : ""}` },
    make(row.kind === "quotation" ? "blockquote" : "p", { class: `words part-${row.kind}` }, sentencesOf(row)),
    said.length ? make("div", { class: "found" }, said) : null,
  );
}

// The text with the sentences that something was found on as marks, each with its numbers.
function sentencesOf({ text, findings }) {
  const nodes = [];
  let end = 0;
  for (const [start, stop] of spansOf(findings)) {
    const numbers = findings.filter(({ span }) => span && span[0] === start).map(numberOf);
    nodes.push(text.slice(end, start), make("mark", {}, text.slice(start, stop)), numbers);
    end = stop;
  }
  return [...nodes, text.slice(end)];
}

function spansOf(findings) {
  const spans = new Map(findings.filter(({ span }) => span).map(({ span }) => [span[0], span]));
  return [...spans.values()].sort((one, other) => one[0] - other[0]);
}

function numberOf({ number }) {
  const name = `Finding ${number}`;
  return make("button", { type: "button", class: "to", "data-to": `finding ${number}`, "data-at": `sentence ${number}`, "aria-label": name, title: name }, String(number));
}

function findingOf(one, count, status) {
  return make(
    "article",
    { class: "finding", tabindex: "-1", "data-at": `finding ${one.number}`, "aria-label": `Finding ${one.number}: ${one.kind}` },
    make("h3", {}, make("span", { class: "which" }, String(one.number)), " ", one.kind),
    make("p", { class: "cited" }, one.cited),
    make("p", {}, one.message),
    one.instead ? make("p", {}, "Instead: ", make("strong", {}, one.instead)) : null,
    make(
      "div",
      { class: "actions quiet" },
      one.instead ? copyButton("Copy", one.instead, status, `Copy: ${one.instead}`) : null,
      step("Sentence", `sentence ${one.number}`, `To the sentence of finding ${one.number}`),
      one.number > 1 ? step("Previous", `finding ${one.number - 1}`, `Before finding ${one.number}`) : null,
      one.number < count ? step("Next", `finding ${one.number + 1}`, `After finding ${one.number}`) : null,
    ),
    one.paragraph ? source(one.paragraph, status) : null,
  );
}

function step(text, goal, name) {
  return make("button", { type: "button", class: "action", "data-to": goal, "aria-label": name }, text);
}

function source(one, status) {
  const foot = make(
    "footer",
    { class: "actions" },
    copyButton("Copy citation", one.citation, status, `Copy citation: ${one.citation}`),
    link(one.collect, { class: "action", "aria-label": `Add to a briefing: ${one.citation}` }, "Add to a briefing"),
  );
  return make(
    "details",
    {},
    make("summary", {}, `What is cited: ${one.citation}`),
    make("article", { "aria-label": one.citation }, paragraphOf(one, { level: "h4", foot })),
  );
}

// What is right and yet worth knowing: a later inspection, a source that only retells.
function noteOf({ message, cited }) {
  return make("p", { class: "note" }, message, ` (${cited.join("; ")})`);
}
