// The editor with a script: saves half a second after the last key, one save in flight at a time; shows who else is
// there, a preview, counts; formats by buttons and keys; turns what is pasted into Markdown. Without it the page is a form.
"use strict";

const form = document.getElementById("editor");
if (form?.hasAttribute("data-open")) start();

function start() {
  const PAUSE_MS = 500;
  const PRESENCE_MS = 20_000;
  const RETRY_MS = 5_000;
  const said = document.getElementById("saved");
  const others = document.getElementById("others");
  const token = form.elements.form_token.value;
  const kept = (field) => `draft:${form.dataset.draft}:${field}`;
  const whole = [...form.querySelectorAll("[data-field]")];

  /** A field of the form: one text, or a group of controls that are saved together. */
  class Field {
    constructor(root) {
      this.root = root;
      this.name = root.dataset.field;
      this.version = form.elements[`version.${this.name}`];
      this.text = root.classList.contains("field") ? root.querySelector("textarea") : null;
      this.saved = this.value();
    }

    controls() {
      return [...this.root.querySelectorAll("input, select, textarea")].filter(
        (one) => one.name && one !== this.version && one.form === form,
      );
    }

    /** Its pairs, as a form sends them. */
    pairs() {
      return this.controls()
        .filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked)
        .map((one) => [one.name, one.value]);
    }

    value() {
      return JSON.stringify(this.pairs());
    }
  }

  const fields = whole.map((root) => new Field(root));
  // Whose release it is and what it is: no text, and the last word counts.
  const identity = form.querySelector("[data-identity]");
  const named = () => JSON.stringify([...identity.querySelectorAll("select")].map((one) => [one.name, one.value]));
  let identitySaved = identity && named();
  const identityDirty = () => identity !== null && named() !== identitySaved;
  const byName = new Map(fields.map((field) => [field.name, field]));
  const dirty = () => fields.filter((field) => field.value() !== field.saved && !field.met);

  let timer;
  let flight = null;
  let fails = 0;

  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  };

  const say = (text, tone) => {
    if (said.textContent !== text) said.textContent = text;
    said.classList.toggle("stop", tone === "stop");
    said.classList.toggle("soft", tone !== "stop");
  };

  /** What is not on the server yet stays on this device, so that a closed laptop or a dead battery loses no word. */
  const keepHere = (field) => {
    try {
      if (field.value() === field.saved) localStorage.removeItem(kept(field.name));
      else localStorage.setItem(kept(field.name), JSON.stringify({ over: field.version.value, form: field.pairs() }));
    } catch {
      // A full or forbidden storage: the server has it in half a second anyway.
    }
  };

  // What goes out by itself does not keep its session alive.
  const post = (address, body, { byItself = false, ...more } = {}) =>
    fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...(byItself && { "x-by-itself": "1" }) },
      body: JSON.stringify({ form_token: token, ...body }),
      ...more,
    });

  /** Sends what has changed; with nothing to send, says that this page is open. */
  async function save() {
    clearTimeout(timer);
    if (flight) return flight;
    const sent = dirty().map((field) => ({ field, value: field.value(), over: Number(field.version.value) }));
    const identified = identityDirty() ? named() : null;
    const has = sent.length > 0 || identified !== null;
    if (has) say(form.dataset.saving);
    flight = (async () => {
      const answer = await post(form.dataset.draft, {
        changes: sent.map(({ field, over }) => ({ field: field.name, over, form: field.pairs() })),
        identity: identified === null ? undefined : JSON.parse(identified),
        at: document.activeElement?.closest("[data-field]")?.dataset.field,
      }, { byItself: !has });
      if ([401, 403].includes(answer.status) || answer.redirected) {
        signedOut();
        throw new Error("signed out");
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      for (const { field, value } of sent) {
        if (field.name in told.saved) {
          field.version.value = told.saved[field.name];
          field.saved = value;
          keepHere(field);
        }
      }
      if (identified !== null) identitySaved = identified;
      if (told.contacts) showContacts(told.contacts);
      for (const conflict of told.conflicts) meet(byName.get(conflict.field), conflict);
      if (others.innerHTML !== told.others) others.innerHTML = told.others;
      if (has || fails > 0) say(told.said);
      fails = 0;
    })();
    try {
      await flight;
    } catch (error) {
      fails += 1;
      if (error.message !== "signed out") say(form.dataset.offline, "stop");
    } finally {
      flight = null;
    }
    const more = dirty().length > 0 || identityDirty();
    later(more ? (fails > 0 ? RETRY_MS : PAUSE_MS) : PRESENCE_MS);
    return undefined;
  }

  /** Whom one may call, now that others issue it; what is ticked stays so. */
  function showContacts(html) {
    const rows = document.getElementById("contact-rows");
    const ticked = new Set([...rows.querySelectorAll("input:checked")].map((one) => one.value));
    rows.innerHTML = html;
    for (const one of rows.querySelectorAll("input")) one.checked = ticked.has(one.value);
  }

  /** Whoever has named a co-issuer may want to name another. */
  function offerAnother() {
    const last = [...identity.querySelectorAll("[data-co-issuer]")].at(-1);
    if (!last || last.querySelector("select").value === "") return;
    const next = last.cloneNode(true);
    last.querySelector("label").textContent = last.dataset.coIssuer;
    const [label, select] = [next.querySelector("label"), next.querySelector("select")];
    select.id = label.htmlFor = `issuer-${identity.querySelectorAll("select").length}-more`;
    select.value = "";
    last.after(next);
  }

  /** The session has ended: the words stay, and there is a way back that does not leave this page. */
  function signedOut() {
    if (document.getElementById("sign-in-again")) return;
    say("", "stop");
    const link = document.createElement("a");
    link.id = "sign-in-again";
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.rel = "opener";
    link.textContent = form.dataset.signedOut;
    said.append(link);
  }

  /** Somebody else's text came first: the field shows theirs, one's own stands beside it until one has chosen. */
  function meet(field, { version, text, html }) {
    if (!field) return;
    const mine = field.text?.value;
    field.version.value = version;
    field.root.querySelector("[data-conflict]")?.remove();
    const holder = document.createElement("div");
    holder.innerHTML = html;
    const block = holder.firstElementChild;
    if (!field.text) {
      // A choice and not a text: the page shows both as the server has them.
      location.reload();
      return;
    }
    field.text.before(block);
    field.text.value = text;
    field.saved = field.value();
    keepHere(field);
    measure(field);
    block.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-choice]")?.dataset.choice;
      if (!choice) return;
      event.preventDefault();
      if (choice === "mine") {
        replaceAll(field.text, mine);
        changed(field);
      } else {
        const body = new URLSearchParams({ form_token: token, action: `theirs:${field.name}` });
        fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
      }
      block.remove();
      field.text.focus();
    });
  }

  // ── What is missing, as one types: a text that is there is no hole any more ──
  function fill(field) {
    const link = document.querySelector(`[data-hole="${field.name}"] a`);
    if (!link || !field.text) return;
    const is = field.text.value.trim() !== "";
    if (is === link.classList.contains("ok")) return;
    link.className = is ? "ok" : "stop bad";
    link.innerHTML = document.getElementById(is ? "hole-ok" : "hole-missing").innerHTML;
    const lang = field.text.lang;
    const open = [...document.querySelectorAll("[data-hole] a.bad")].filter((one) => one.closest("[data-hole]").dataset.hole.endsWith(`.${lang}`));
    document.querySelector(`[data-points="${lang}"]`).innerHTML = document.getElementById(`points-${open.length}`).innerHTML;
  }

  /** What the page is called: the title in one's own language, or the first that there is. */
  const heading = document.getElementById("heading");
  function entitle() {
    const titles = [...form.querySelectorAll('textarea[name^="title."]')].map((one) => one.value.trim());
    heading.textContent = titles.find(Boolean) ?? heading.dataset.untitled;
  }

  function changed(field) {
    keepHere(field);
    measure(field);
    fill(field);
    entitle();
    if (!flight) later(PAUSE_MS);
    showSoon();
  }

  // ── Counts ──
  const ticks = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function measure(field) {
    const count = field.root.querySelector(".cnt");
    if (!count) return;
    const text = field.text.value;
    const most = Number(count.dataset.most);
    if (most) {
      const n = [...text].length;
      count.textContent = ticks(form.dataset.of, { n, most });
      count.classList.toggle("over", n > most);
    } else {
      count.textContent = ticks(form.dataset.words, { n: text.match(/[\p{L}\p{N}][\p{L}\p{N}’'.,-]*/gu)?.length ?? 0 });
    }
  }

  // ── Preview, by the renderer of the site ──
  const previews = document.getElementById("previews");
  const shown = new Map();
  let previewTimer;
  const showSoon = () => {
    clearTimeout(previewTimer);
    previewTimer = setTimeout(show, 700);
  };

  async function show() {
    previews.hidden = false;
    for (const article of previews.querySelectorAll("[data-preview-of]")) {
      const lang = article.dataset.previewOf;
      const of = (part) => byName.get(`${part}.${lang}`)?.text.value ?? "";
      const body = { lang, title: of("title"), lead: of("lead"), body: of("body") };
      const key = JSON.stringify(body);
      if (shown.get(lang) === key) continue;
      const answer = await post(form.dataset.preview, body).catch(() => null);
      if (answer?.ok && !answer.redirected) {
        article.innerHTML = await answer.text();
        shown.set(lang, key);
      }
    }
  }

  // ── Formatting: each change goes through the browser's own history, so that Ctrl+Z takes it back ──
  function insert(area, text) {
    area.focus();
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function replaceAll(area, text) {
    area.focus();
    area.select();
    insert(area, text);
  }

  function around(area, mark) {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const inner = value.slice(from, to);
    const has = value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark;
    if (has) {
      area.setSelectionRange(from - mark.length, to + mark.length);
      insert(area, inner);
      area.setSelectionRange(from - mark.length, to - mark.length);
    } else {
      insert(area, `${mark}${inner}${mark}`);
      area.setSelectionRange(from + mark.length, to + mark.length);
    }
  }

  /** Each line of the selection with a mark before it, or without, if all have it. */
  function lines(area, mark, pattern) {
    const { value } = area;
    const from = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = value.indexOf("\n", area.selectionEnd);
    const to = end < 0 ? value.length : end;
    const old = value.slice(from, to).split("\n");
    const all = old.every((line) => pattern.test(line));
    let n = 0;
    const made = old.map((line) => {
      const bare = line.replace(/^(#{1,4} |[-*+] |\d+[.)] |> )/, "");
      n += 1;
      return all ? line.replace(pattern, "") : `${typeof mark === "function" ? mark(n) : mark}${bare}`;
    });
    area.setSelectionRange(from, to);
    insert(area, made.join("\n"));
    area.setSelectionRange(from, from + made.join("\n").length);
  }

  const tools = {
    bold: (area) => around(area, "**"),
    italic: (area) => around(area, "*"),
    heading: (area) => lines(area, "## ", /^## /),
    list: (area) => lines(area, "- ", /^[-*+] /),
    numbers: (area) => lines(area, (n) => `${n}. `, /^\d+[.)] /),
    quote: (area) => lines(area, "> ", /^> /),
    link(area) {
      const inner = area.value.slice(area.selectionStart, area.selectionEnd);
      const isAddress = /^https?:\/\/\S+$/.test(inner);
      const from = area.selectionStart;
      insert(area, isAddress ? `[](${inner})` : `[${inner}](https://)`);
      if (isAddress) area.setSelectionRange(from + 1, from + 1);
      else area.setSelectionRange(from + inner.length + 3, from + inner.length + 11);
    },
    /** Quotation marks, apostrophes, no-break spaces of the whole language version, as its language has them. */
    async care(area) {
      for (const part of ["title", "lead", "body"]) {
        const text = byName.get(`${part}.${area.lang}`)?.text;
        if (!text?.value.trim()) continue;
        const kind = part === "body" ? "markdown" : "line";
        const answer = await post(form.dataset.pasted, { lang: area.lang, kind, text: text.value }).catch(() => null);
        if (!answer?.ok || answer.redirected) continue;
        const cared = await answer.text();
        if (cared !== text.value) replaceAll(text, cared);
      }
      area.focus();
    },
    table: (area) => insert(area, "\n|  |  |\n| --- | --- |\n|  |  |\n"),
  };
  const keys = { b: "bold", i: "italic", k: "link" };
  const shifted = { Digit7: "numbers", Digit8: "list", Digit9: "quote" };

  for (const bar of form.querySelectorAll("[data-tools]")) {
    const area = document.getElementById(bar.dataset.tools);
    const buttons = [...bar.children];
    bar.hidden = false;
    buttons.forEach((button, i) => (button.tabIndex = i === 0 ? 0 : -1));
    bar.addEventListener("click", (event) => {
      const tool = event.target.closest("[data-tool]")?.dataset.tool;
      if (tool) tools[tool](area);
    });
    // One stop of the Tab key, arrows inside (ARIA practices, toolbar).
    bar.addEventListener("keydown", (event) => {
      const i = buttons.indexOf(document.activeElement);
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = buttons[(to + buttons.length) % buttons.length];
      for (const button of buttons) button.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
    area.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey)) return;
      let tool;
      if (event.altKey && event.code === "Digit2") tool = "heading";
      else if (event.shiftKey) tool = shifted[event.code];
      else if (!event.altKey) tool = keys[event.key.toLowerCase()];
      if (!tool) return;
      event.preventDefault();
      tools[tool](area);
    });
  }

  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    }
  });

  // ── Paste: what a word processor, a mail program or a page puts there becomes Markdown ──
  form.addEventListener("paste", async (event) => {
    const area = event.target.closest("textarea");
    const html = event.clipboardData?.getData("text/html");
    if (!area || !html || !area.name.startsWith("body.")) return;
    event.preventDefault();
    const plain = event.clipboardData.getData("text/plain");
    const { selectionStart, selectionEnd } = area;
    area.setAttribute("aria-busy", "true");
    let text = plain;
    try {
      const answer = await post(form.dataset.pasted, { lang: area.lang, kind: "html", text: html });
      if (answer.ok && !answer.redirected) text = await answer.text();
    } catch {
      // Without a connection the plain text is pasted.
    }
    area.removeAttribute("aria-busy");
    area.setSelectionRange(selectionStart, selectionEnd);
    insert(area, text || plain);
  });

  // ── Going on ──
  form.addEventListener("input", (event) => {
    const field = byName.get(event.target.closest("[data-field]")?.dataset.field);
    if (field) changed(field);
  });
  identity?.addEventListener("change", () => {
    offerAnother();
    if (!flight) later(PAUSE_MS);
  });
  form.addEventListener("change", (event) => {
    const field = byName.get(event.target.closest("[data-field]")?.dataset.field);
    if (field) changed(field);
  });

  // What was uploaded is a row of the form by now.
  document.addEventListener("media:uploaded", () => {
    const field = byName.get("media");
    if (!field) return;
    const shown = new Set([...form.querySelectorAll(".cols textarea[lang]")].map((area) => area.lang));
    for (const one of field.root.querySelectorAll("textarea[lang]")) if (!shown.has(one.lang)) one.closest(".field").remove();
    changed(field);
  });

  let leaving = false;
  form.addEventListener("submit", () => {
    // The form carries everything. What this device holds stays until the server has been seen to have it.
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (dirty().length > 0 || identityDirty())) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    const changes = leaving
      ? []
      : dirty().map((field) => ({ field: field.name, over: Number(field.version.value), form: field.pairs() }));
    const own = !leaving && identityDirty() ? JSON.parse(named()) : undefined;
    post(form.dataset.draft, { changes, identity: own, gone: true }, { keepalive: true }).catch(() => {});
  });
  for (const back of ["online", "focus"]) window.addEventListener(back, () => fails > 0 && later(0));

  // What this device still holds from a day that ended badly goes out like any save: over its own version, so that it
  // meets what came since and loses to nothing.
  for (const field of fields) {
    let held;
    try {
      held = JSON.parse(localStorage.getItem(kept(field.name)));
    } catch {
      held = null;
    }
    if (!held || !field.text || JSON.stringify(held.form) === field.saved) {
      if (held) keepHere(field);
      continue;
    }
    field.text.value = held.form[0]?.[1] ?? "";
    field.version.value = held.over;
    measure(field);
  }

  for (const field of fields) if (field.text) measure(field);
  showSoon();
  later(dirty().length > 0 ? 0 : PRESENCE_MS);
}
