// Improves what is complete without it: shows the buttons that need a script, and does what they say.
"use strict";

const say = (text) => {
  const said = document.getElementById("said");
  if (said) said.textContent = text;
};

/** The release as one copies it: headline, lead, text and where it stands. */
const releaseText = () =>
  ["title", "lead", "text", "address"]
    .map((id) => document.getElementById(id)?.innerText.trim())
    .filter(Boolean)
    .join("\n\n");

const actions = {
  async copy(button) {
    await navigator.clipboard.writeText(releaseText());
    const label = button.textContent;
    button.textContent = button.dataset.done;
    say(button.dataset.done);
    setTimeout(() => {
      button.textContent = label;
      say("");
    }, 4000);
  },
  print() {
    window.print();
  },
};

for (const button of document.querySelectorAll("button[data-do]")) {
  const act = actions[button.dataset.do];
  // The clipboard is there over TLS and on this machine only.
  if (!act || (button.dataset.do === "copy" && !navigator.clipboard)) continue;
  button.hidden = false;
  button.addEventListener("click", () => Promise.resolve(act(button)).catch(() => {}));
}
