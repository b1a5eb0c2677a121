// Whoever fills in what belongs to a choice has made it: a day and an hour mean "at that instant", not "now".
"use strict";

for (const line of document.querySelectorAll("[data-chooses]")) {
  const radio = document.getElementById(line.dataset.chooses);
  line.addEventListener("input", () => {
    if (radio.checked) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
