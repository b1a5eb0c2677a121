// A password that is typed once can be looked at. The button's words stand on the page's html element, in its language.
for (const field of document.querySelectorAll("input[data-show]")) {
  const words = { fr: ["Afficher", "Masquer"], nl: ["Tonen", "Verbergen"], de: ["Anzeigen", "Verbergen"], en: ["Show", "Hide"] };
  const [show, hide] = words[document.documentElement.lang] || words.en;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet show";
  button.textContent = show;
  button.setAttribute("aria-controls", field.id);
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    button.textContent = shown ? show : hide;
  });
  // What is sent is never taken for an ordinary text, which browsers would remember.
  field.form.addEventListener("submit", () => { field.type = "password"; });
  field.after(button);
}
