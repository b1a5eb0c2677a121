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

// Completes what is being typed: the editable combobox with list autocomplete of the ARIA Authoring Practices.
// Without it the field is a field, and Enter searches.
const PAUSE_MS = 120;

for (const [number, input] of document.querySelectorAll("input[data-suggest]").entries()) {
  const list = document.createElement("ul");
  list.id = `completions-${number}`;
  list.className = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.form.append(list);

  let typed = input.value;
  let chosen = -1;
  let timer;
  let asked;

  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };
  /** Marks one of them, and shows it in the field; -1 is what was typed. */
  const choose = (place) => {
    const options = [...list.children];
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    chosen = place;
    if (place >= 0) {
      input.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const take = (option) => {
    input.value = option.textContent;
    typed = input.value;
    show(false);
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
    const words = answer.ok ? await answer.json() : [];
    if (input.value !== typed || document.activeElement !== input) return;
    list.replaceChildren(
      ...words.map((word, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = word;
        return option;
      }),
    );
    show(words.length > 0);
  };

  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(timer);
    asked?.abort();
    if (typed.trim().length < 2) return show(false);
    timer = setTimeout(() => ask().catch(() => {}), PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && count > 0) {
      event.preventDefault();
      show(false);
    } else if (event.key === "Enter" && count > 0 && chosen >= 0) {
      // Taken and searched for at once: the form is sent with it.
      take(list.children[chosen]);
    } else if (count > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // What was typed is one of the places, between the last and the first.
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "ArrowDown" && list.children.length > 0 && input.value === typed) {
      event.preventDefault();
      show(true);
    } else if (event.key === "Tab") {
      show(false);
    }
  });
  input.addEventListener("blur", () => show(false));
  // Before the field loses the focus.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (!option) return;
    take(option);
    input.form.requestSubmit();
  });
}

// Narrows a list as one types, by the words of each row; the form does the same without it.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

for (const input of document.querySelectorAll("input[data-narrows]")) {
  const list = document.getElementById(input.dataset.narrows);
  const said = list?.querySelector("[data-many]");
  if (!list || !said) continue;
  const rows = [...list.querySelectorAll("li[data-words]")];
  // What is looked for may stand in a contact, or in what it is a contact of.
  const words = new Map();
  for (const row of rows) {
    const around = `${row.firstElementChild.textContent} ${row.dataset.words}`;
    for (const contact of row.querySelectorAll(".contact")) {
      words.set(contact, folded(`${around} ${contact.querySelector("b").textContent} ${contact.querySelector(".meta")?.textContent}`));
    }
  }
  const nothing = document.getElementById("contacts-none");
  let timer;
  const narrow = () => {
    const wanted = folded(input.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const contacts = [...row.querySelectorAll(".contact")];
      for (const contact of contacts) {
        contact.hidden = !wanted.every((word) => words.get(contact).includes(word));
        if (!contact.hidden) count += 1;
      }
      row.hidden = wanted.length > 0 && contacts.every((contact) => contact.hidden);
    }
    for (const section of list.querySelectorAll("section")) {
      const own = [...section.querySelectorAll("li[data-words]")];
      // Who answers now stands above whatever is looked for, until something is.
      section.hidden = own.length > 0 ? own.every((row) => row.hidden) : wanted.length > 0;
    }
    if (nothing) nothing.hidden = rows.some((row) => !row.hidden);
    clearTimeout(timer);
    const { count: none, one, many } = said.dataset;
    timer = setTimeout(() => {
      said.textContent = count === 0 ? none : count === 1 ? one : many.replace("#", String(count));
    }, 400);
  };
  input.addEventListener("input", narrow);
}
