// Copying to the clipboard, shared by the components. Browsers offer navigator.clipboard only on
// https and on this machine's own address; elsewhere the old way by a selection still works.
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

// A button that copies `text` and says so in `status`, a live region that stands beside it.
function copyButton(label, text, status, name = null) {
  const button = make("button", { type: "button", class: "action", "aria-label": name }, label);
  button.addEventListener("click", async () => {
    status.textContent = (await copyText(text)) ? `Copied: ${text}` : `Please copy by hand: ${text}`;
  });
  return button;
}

// A citation as Markdown that leads to its paragraph.
function markdown(citation, address) {
  return `[${citation.replace(/[\\[\]]/g, "\\$&")}](${address})`;
}
