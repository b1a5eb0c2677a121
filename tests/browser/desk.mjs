// The desk in a real browser: a release on its way from an empty page to what comes after publication, by whoever writes
// it; by keyboard, by mouse where one drags, and once without script. Every page on the way is checked in every look.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { LOOKS, check, look, shoot } from "./checks.mjs";

const HERE = new URL("../..", import.meta.url).pathname;
const PHOTOS = `${process.env.COMMUNIQUE_TEST_DATA ?? `${HERE}../shared/data`}/media/photos`;
const DOCUMENTS = `${process.env.COMMUNIQUE_TEST_DATA ?? `${HERE}../shared/data`}/media/documents`;

/** Three photographs and a document: real ones where the machine has them, else the smallest that are any. */
async function files() {
  if (existsSync(PHOTOS)) {
    const read = async (folder, name, type) => ({ name, type, base64: (await readFile(`${folder}/${name}`)).toString("base64") });
    return {
      dragged: [
        await read(PHOTOS, "orientation-landscape_6.jpg", "image/jpeg"),
        await read(PHOTOS, "Canon_40D.jpg", "image/jpeg"),
        await read(PHOTOS, "gps-DSCN0010.jpg", "image/jpeg"),
      ],
      picked: [await read(DOCUMENTS, "pypdf-crazyones.pdf", "application/pdf")],
    };
  }
  // PNG of one pixel, each with a chunk of its own, so that no two are the same file.
  const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==";
  const png = (n) => ({ name: `photo-${n}.png`, type: "image/png", base64: Buffer.concat([Buffer.from(dot, "base64"), Buffer.from([n])]).toString("base64") });
  const pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj<</Type/Page>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
  return { dragged: [1, 2, 3].map(png), picked: [{ name: "plan.pdf", type: "application/pdf", base64: Buffer.from(pdf).toString("base64") }] };
}

/** Tells the desk's stories. `follow` presses a link or button by keyboard and waits for the page that it leads to. */
export async function deskStories({ demo, browser, story, follow }) {
  /** Pages of the desk that somebody of a role was on, to be seen in every look. */
  const seen = { publisher: new Set(), admin: new Set() };

  /** Once per role: who signs in again and again is kept waiting. */
  const sessions = {};

  async function signedIn(role, appearance = LOOKS[0]) {
    const { context, troubles } = await look(browser, demo.base, { ...appearance, storageState: sessions[role] });
    const page = await context.newPage();
    if (sessions[role]) {
      await page.goto(`${demo.base}/desk`);
      assert.match(page.url(), /\/desk$/, `${role} is still in`);
      return { context, page, troubles };
    }
    await page.goto(`${demo.base}/desk/sign-in`);
    const { email, password } = demo.accounts[role];
    await page.fill("#email", email);
    await page.fill("#password", password);
    await follow(page, page.locator("main button.main"));
    assert.match(page.url(), /\/desk$/, `${role} is in`);
    sessions[role] = await context.storageState();
    return { context, page, troubles };
  }

  const button = (page, value) => page.locator(`main button[value="${value}"]`).last();
  const saved = async (page, act) => {
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.request().postData()?.includes('"field"') === true);
    await act();
    assert.equal((await answered).status(), 200);
  };

  /** Checks the page that is open, keeps a picture, and remembers it for the other looks. */
  async function see(page, name, role = "publisher") {
    const wrong = await check(page);
    await shoot(page, `desk-${name}`);
    assert.deepEqual(wrong, [], `${name}: ${page.url()}`);
    seen[role].add(page.url().slice(demo.base.length).split("#")[0]);
  }

  let contact;
  await story("an admin names a press contact", async () => {
    const { context, page, troubles } = await signedIn("admin");
    await see(page, "home-admin", "admin");
    await page.goto(`${demo.base}/desk/institutions`);
    await see(page, "institutions", "admin");
    await follow(page, page.locator("main a", { hasText: "SPF Mobilité" }));
    await see(page, "institution", "admin");
    await follow(page, page.locator("main a[href$='/contacts/new']").first());
    await page.fill("#name", "Inès Vandermeer");
    await page.locator("main input[type=tel], main input[name*='value']").first().fill("+32 2 555 01 42");
    const isPublic = page.locator("main input[type=checkbox][name*='public']").first();
    await isPublic.check();
    await see(page, "contact", "admin");
    await follow(page, page.locator("main button.main"));
    assert.match(await page.locator("main").innerText(), /Inès Vandermeer/);
    contact = "Inès Vandermeer";
    assert.deepEqual(troubles, []);
    await context.close();
  });

  const TITLE = { fr: "Le pont-canal de Sept-Moulins rouvre lundi aux bateliers", nl: "De kanaalbrug van Sept-Moulins gaat maandag open voor de schippers" };
  const LEAD = { fr: "Après quatorze mois de travaux, les bateaux passent de nouveau, de jour comme de nuit.", nl: "Na veertien maanden werken varen de schepen opnieuw, overdag en ’s nachts." };
  let editor;

  await story("a release is written in two languages, by keyboard, with what Word put into the clipboard", async () => {
    const { context, page, troubles } = await signedIn("publisher");
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await see(page, "home");
    await follow(page, page.getByRole("button", { name: "Écrire un communiqué" }));
    editor = page.url();
    await see(page, "editor-blank");
    // Tab goes from one language to the other, field by field.
    await page.locator("#title-fr").focus();
    for (const text of [TITLE.fr, TITLE.nl, LEAD.fr, LEAD.nl]) {
      await page.keyboard.type(text);
      await page.keyboard.press("Tab");
    }
    assert.equal(await page.locator("#heading").innerText(), TITLE.fr, "the page is called by its title at once");
    assert.match(await page.locator("[data-points=fr]").innerText(), /^1/, "the text is what is missing");
    // What Word puts there.
    const word = await readFile(new URL("../../src/kit/rich_text/clipboard/word.html", import.meta.url), "utf8");
    await page.evaluate(async (html) => {
      const of = (type, text) => new Blob([text], { type });
      await navigator.clipboard.write([new ClipboardItem({ "text/html": of("text/html", html), "text/plain": of("text/plain", "plain") })]);
    }, word);
    await page.locator("#body-fr").focus();
    await page.keyboard.press("Control+V");
    await page.waitForFunction(() => document.getElementById("body-fr").value.includes("\n"));
    const body = await page.locator("#body-fr").inputValue();
    for (const kept of ["## Réforme des pensions", "**Le Conseil des ministres**", "_avant-projet de loi_", "  - isolés, sans condition", "[Conseil d’État](https://www.raadvst-consetat.be/?lang=fr)", "| Année | Montant (€) |"]) {
      assert.ok(body.includes(kept), `${kept} in ${body}`);
    }
    assert.doesNotMatch(body, /_ftn|style=|mso|<\w/i, "nothing of Word is left");
    // The other one is typed and formatted by keys.
    await page.locator("#body-nl").focus();
    await page.keyboard.type("De doorvaart is weer vrij voor de schippers.");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Wat verandert");
    await page.keyboard.press("Control+Alt+2");
    assert.match(await page.locator("#body-nl").inputValue(), /\n\n## Wat verandert$/);
    await page.keyboard.press("End");
    await page.keyboard.type("\n\nDe sluis werkt dag en nacht.");
    await saved(page, () => page.keyboard.press("Control+S"));
    assert.match(await page.locator("[data-points=nl]").innerText(), /complet/);
    // The preview is the site's own rendering.
    await page.locator("#previews h3", { hasText: TITLE.nl }).waitFor();
    await page.locator("[data-preview-of=fr] table td", { hasText: "2027" }).waitFor();
    await see(page, "editor");
    assert.deepEqual(troubles, []);
    await context.close();
  });

  await story("pictures are dragged and a document picked; each says what it is", async () => {
    const { context, page, troubles } = await signedIn("publisher");
    await page.goto(editor);
    assert.equal(await page.locator("#title-fr").inputValue(), TITLE.fr, "nothing was lost");
    const { dragged, picked } = await files();
    await page.evaluate((all) => {
      const transfer = new DataTransfer();
      for (const { name, type, base64 } of all) transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
      for (const kind of ["dragover", "drop"]) window.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, dragged);
    await page.locator("#media-rows > li").nth(2).waitFor();
    await page.locator("#media-files").setInputFiles(picked.map(({ name, type, base64 }) => ({ name, mimeType: type, buffer: Buffer.from(base64, "base64") })));
    const rows = page.locator("#media-rows > li");
    await rows.nth(3).waitFor();
    assert.equal(await rows.locator("[name=media-lead]:checked").count(), 1, "the first picture leads");
    assert.ok(await rows.first().locator("[name=media-up]").isDisabled() && (await rows.last().locator("[name=media-down]").isDisabled()));
    // Their order, by keyboard; the focus stays where it was pressed.
    const second = await rows.nth(1).getAttribute("data-asset");
    await rows.nth(1).locator("[name=media-up]").press("Enter");
    assert.equal(await rows.first().getAttribute("data-asset"), second);
    assert.equal(await page.evaluate(() => document.activeElement.closest("li")?.dataset.asset), second);
    for (const [n, [fr, nl]] of [["Le pont-canal vu de la berge", "De kanaalbrug vanaf de oever"], ["L’écluse, portes ouvertes", "De sluis met open deuren"]].entries()) {
      const row = rows.nth(n);
      await row.locator("textarea[lang=fr]").fill(fr);
      await row.locator("textarea[lang=nl]").fill(nl);
      await row.locator("[name$='-caption-fr']").fill(`${fr}, en novembre`);
      await row.locator("[name$='-caption-nl']").fill(`${nl}, in november`);
      await row.locator("[name$='-credit']").fill("© SPF Mobilité");
    }
    await rows.nth(3).locator("textarea[lang=fr]").fill("Le calendrier des travaux");
    await rows.nth(3).locator("textarea[lang=nl]").fill("De kalender van de werken");
    // Whose it is, what it is, whom one may call, under which topics, where one finds more.
    await page.locator("#kind").selectOption("invitation");
    await page.locator("#issuer-0").selectOption({ label: await page.locator("#issuer-0 option").nth(1).innerText() });
    await page.locator("[data-co-issuer]").nth(1).waitFor();
    await page.locator("#contacts label", { hasText: contact }).locator("input").check();
    await page.locator("#topics label").nth(1).locator("input").check();
    await page.locator("#links summary").click();
    await page.locator("#link-0").fill("https://mobilite.example/travaux");
    await page.locator("#link-0-fr").fill("Le chantier en détail");
    await saved(page, () => page.locator("#link-0-nl").fill("De werf in detail"));
    // The rows show the pictures once their smaller copies are made.
    await page.waitForFunction(() => document.querySelectorAll("#media-rows img.ph").length === 3, null, { timeout: 20_000 });
    await page.waitForFunction(() => document.getElementById("saved").textContent !== document.getElementById("editor").dataset.saving);
    await see(page, "editor-media");
    await page.reload();
    assert.equal(await page.locator("#kind").inputValue(), "invitation");
    assert.equal(await page.locator("[data-co-issuer]").count(), 2, "a co-issuer, and room for another");
    assert.equal(await page.locator("#media-rows > li").count(), 4);
    assert.ok(await page.locator("#contacts label", { hasText: contact }).locator("input").isChecked());
    assert.equal(await page.locator("#link-0-nl").inputValue(), "De werf in detail");
    assert.deepEqual(troubles, []);
    await context.close();
  });

  await story("pre-flight leads to the spot, and then it is scheduled at an instant, and taken back", async () => {
    const { context, page, troubles } = await signedIn("publisher");
    await page.goto(editor);
    await follow(page, button(page, "publication"));
    await see(page, "publication-musts");
    const correct = page.locator("main a.btn.main.big");
    assert.equal(await page.locator("main button.big:disabled").count(), 1, "what must be corrected comes first");
    await follow(page, correct);
    const id = new URL(page.url()).hash.slice(1);
    assert.match(id, /^media-\d+-alt-(fr|nl)$/);
    assert.ok(await page.locator(`[id="${id}"]`).isVisible());
    const row = page.locator("#media-rows > li").nth(2);
    await saved(page, () => row.locator("[name$='-decorative']").check());
    await page.locator("#media-rows [name$='-credit']").nth(2).fill("© SPF Mobilité");
    await follow(page, button(page, "publication"));
    assert.equal(await page.locator("main a.btn.main.big").count(), 0, await page.locator("main").innerText());
    await see(page, "publication");
    // A day and an hour mean "at that instant".
    const day = await page.locator("#day").inputValue();
    await page.locator("#day").fill("2026-10-25");
    await page.locator("#hour").fill("02:30");
    assert.ok(await page.locator("#when-at").isChecked());
    await follow(page, button(page, "go"));
    assert.equal(await page.locator("[name=fold]").count(), 2, "the hour that comes twice is asked");
    await see(page, "publication-refused");
    await page.locator("#day").fill(day);
    await page.locator("#hour").fill("23:45");
    await follow(page, button(page, "go"));
    await see(page, "publication-confirm");
    assert.match(await page.locator("main").innerText(), /23:45/);
    await follow(page, page.locator("#confirm button.main"));
    assert.match(await page.locator("main").innerText(), /programmé/);
    await see(page, "overview-scheduled");
    await page.goto(`${demo.base}/desk/calendar`);
    assert.match(await page.locator("main").innerText(), /23:45\s+Le pont-canal/);
    await see(page, "calendar");
    await page.goto(editor.replace("/editor", "/publication"));
    await follow(page, button(page, "unschedule"));
    assert.match(await page.locator("main").innerText(), /prêt/);
    assert.deepEqual(troubles.filter((trouble) => !/status of 422/.test(trouble)), []);
    await context.close();
  });

  await story("somebody sees it before, by a link of their own, with their name across it", async () => {
    const { context, page } = await signedIn("publisher");
    await page.goto(editor.replace("/editor", "/previews"));
    await page.fill("#name", "Maud Terlinck, Radio Meurthe");
    await page.fill("#email", "maud@radio.example");
    await page.locator("[name=by_hand]").check();
    await follow(page, page.locator("main button.main"));
    await see(page, "previews");
    const link = await page.locator("#link").innerText();
    const other = await look(browser, demo.base, LOOKS[3]);
    const reader = await other.context.newPage();
    await reader.goto(link);
    assert.doesNotMatch(await reader.locator("body").innerText(), /pont-canal/i, "the door shows no word of it");
    assert.deepEqual(await check(reader), []);
    await shoot(reader, "preview-door");
    await follow(reader, reader.locator("main button").first());
    assert.equal(await reader.locator("h1").innerText(), TITLE.fr);
    assert.match(await reader.locator("main").innerText(), /Maud Terlinck, Radio Meurthe/);
    const picture = reader.locator("main img").first();
    await picture.scrollIntoViewIfNeeded();
    await reader.waitForFunction(() => [...document.querySelectorAll("main img")].some((img) => img.complete && img.naturalWidth > 0));
    assert.deepEqual(await check(reader), []);
    await shoot(reader, "preview");
    // On another device it asks again.
    const third = await look(browser, demo.base, LOOKS[0]);
    const stranger = await third.context.newPage();
    await stranger.goto(reader.url());
    assert.doesNotMatch(await stranger.locator("body").innerText(), /pont-canal/i);
    await third.context.close();
    await follow(page, page.locator("main button.danger").first());
    assert.equal((await reader.reload()).status(), 404, "ended, it shows nothing");
    await other.context.close();
    await context.close();
  });

  let address;
  await story("it is published; one language follows later, and a slip is mended in silence", async () => {
    const { context, page, troubles } = await signedIn("publisher");
    const there = editor.replace("/editor", "/publication");
    await page.goto(there);
    await page.locator("main details", { has: page.locator("[name=later]") }).locator("summary").click();
    await page.locator("[name=later][value=nl]").check();
    await page.locator("#language_reason").fill("Relecture en cours");
    await page.locator("#when-now").check();
    await follow(page, button(page, "go"));
    await see(page, "publication-confirm-later");
    await follow(page, page.locator("#confirm button.main"));
    await see(page, "overview-public");
    const open = page.locator("main a[href^='/fr/20'], main a[href*='/fr/20']").first();
    address = await open.getAttribute("href");
    const reader = await context.newPage();
    assert.equal((await reader.goto(new URL(address, demo.base).href)).status(), 200);
    assert.match(await reader.locator(".kicker").first().innerText(), /^Invitation à la presse/);
    assert.match(await reader.locator(".versions").innerText(), /Néerlandais\s: pas disponible/);
    assert.match(await reader.locator("main").innerText(), /Inès Vandermeer/);
    await shoot(reader, "public-page");
    // The other language, as what was prepared and not yet public.
    await follow(page, page.locator("main a.btn.main", { hasText: "Publier aussi en néerlandais" }));
    await see(page, "correction-language");
    await follow(page, button(page, "minor"));
    await reader.reload();
    await follow(reader, reader.locator(".versions a[hreflang=nl]"));
    assert.equal(await reader.locator("h1").innerText(), TITLE.nl);
    // A slip.
    await page.goto(editor);
    await saved(page, () => page.locator("#lead-fr").fill(LEAD.fr.replace("quatorze", "treize")));
    await page.goto(editor.replace("/editor", "/correction"));
    assert.match(await page.locator("main").innerHTML(), /<del>quatorze<\/del><ins>treize<\/ins>/);
    await see(page, "correction");
    await follow(page, button(page, "minor"));
    await reader.goto(new URL(address, demo.base).href);
    assert.match(await reader.locator("#lead").innerText(), /treize mois/);
    assert.equal(await reader.locator("section.notice[aria-labelledby^=correction]").count(), 0, "a minor correction is silent");
    assert.deepEqual(troubles, []);
    await context.close();
  });

  await story("a major correction says what it corrects, and the former edition can be read", async () => {
    const { context, page } = await signedIn("publisher");
    await page.goto(editor);
    await saved(page, () => page.locator("#lead-fr").fill(LEAD.fr.replace("de jour comme de nuit", "de jour seulement")));
    await saved(page, () => page.locator("#lead-nl").fill(LEAD.nl.replace("overdag en ’s nachts", "enkel overdag")));
    await page.goto(editor.replace("/editor", "/correction"));
    await follow(page, button(page, "major"));
    assert.equal(await page.locator("main [aria-invalid=true]").count(), 2, "a note in each language, asked at once");
    await see(page, "correction-notes");
    await page.locator("#note-fr").fill("Le passage n’est ouvert que de jour.");
    await page.locator("#note-nl").fill("De doorvaart is enkel overdag open.");
    await follow(page, button(page, "major"));
    await follow(page, button(page, "publication"));
    await see(page, "publication-correction");
    await follow(page, button(page, "go"));
    await follow(page, page.locator("#confirm button.main"));
    const reader = await context.newPage();
    await reader.goto(new URL(address, demo.base).href);
    assert.match(await reader.locator("section.notice[aria-labelledby^=correction]").innerText(), /n’est ouvert que de jour/);
    await shoot(reader, "public-corrected");
    await follow(reader, reader.locator("section.notice[aria-labelledby^=correction] a").first());
    assert.match(await reader.locator("main").innerHTML(), /<del>[^<]*comme[^<]*/);
    assert.deepEqual(await check(reader), []);
    await shoot(reader, "public-former");
    await page.goto(editor.replace("/editor", "/history"));
    await see(page, "history");
    await page.goto(editor.replace("/editor", "/journal"));
    await see(page, "release-journal");
    await context.close();
  });

  await story("it is withdrawn, comes back, and goes", async () => {
    const { context, page } = await signedIn("publisher");
    const there = editor.replace("/editor", "/withdrawal");
    const reader = await context.newPage();
    const open = async () => (await reader.goto(new URL(address, demo.base).href)).status();
    await page.goto(there);
    await see(page, "withdrawal");
    await page.locator("#withdraw-fr").fill("La date était fausse.");
    await page.locator("#withdraw-nl").fill("De datum klopte niet.");
    await follow(page, button(page, "withdraw"));
    assert.equal(await open(), 200);
    assert.match(await reader.locator("main").innerText(), /La date était fausse/);
    await shoot(reader, "public-withdrawn");
    await page.goto(there);
    await see(page, "withdrawal-back");
    await follow(page, button(page, "restore"));
    assert.equal(await open(), 200);
    assert.doesNotMatch(await reader.locator("main").innerText(), /La date était fausse/);
    await page.goto(there);
    await page.locator("#unpublish-fr").fill("Publié par erreur.");
    await page.locator("#unpublish-nl").fill("Bij vergissing gepubliceerd.");
    await follow(page, button(page, "unpublish"));
    assert.equal(await open(), 410);
    assert.match(await reader.locator("main").innerText(), /Publié par erreur/);
    await see(page, "overview-unpublished");
    await context.close();
  });

  await story("the plain form does the same without script", async () => {
    const { context, page, troubles } = await signedIn("publisher", { ...LOOKS[3], javaScriptEnabled: false });
    await follow(page, page.getByRole("button", { name: "Écrire un communiqué" }));
    const plain = page.url();
    await page.locator("#title-fr").fill("Navigation : le bief de Sept-Moulins rouvre");
    await page.locator("#lead-fr").fill("Le bief est de nouveau ouvert.");
    await page.locator("#body-fr").fill("Le bief est ouvert depuis ce matin.");
    await page.locator("#title-nl").fill("Scheepvaart: het pand van Sept-Moulins is weer open");
    await page.locator("#lead-nl").fill("Het pand is weer open.");
    await page.locator("#body-nl").fill("Het pand is sinds vanochtend open voor de schippers.");
    await page.locator("#media-files").setInputFiles((await files()).dragged.slice(0, 1).map(({ name, type, base64 }) => ({ name, mimeType: type, buffer: Buffer.from(base64, "base64") })));
    await follow(page, button(page, "keep"));
    assert.equal(await page.locator("#title-nl").inputValue(), "Scheepvaart: het pand van Sept-Moulins is weer open");
    // Files go by a form of their own, and come back as rows of this one.
    await page.locator("#media-files").setInputFiles((await files()).dragged.slice(0, 1).map(({ name, type, base64 }) => ({ name, mimeType: type, buffer: Buffer.from(base64, "base64") })));
    await follow(page, page.locator("#media-drop button"));
    assert.equal(await page.locator("#media-rows > li").count(), 1);
    await page.locator("#media-rows [name$='-decorative']").check();
    await follow(page, button(page, "publication"));
    assert.equal(page.url(), plain.replace("/editor", "/publication"));
    await page.locator("#when-now").check();
    await follow(page, button(page, "go"));
    await follow(page, page.locator("#confirm button.main"));
    const open = page.locator("main a[href*='/fr/20']").first();
    await follow(page, open);
    assert.equal(await page.locator("h1").innerText(), "Navigation : le bief de Sept-Moulins rouvre");
    assert.deepEqual(troubles, []);
    await context.close();
  });

  await story("the other pages of the desk", async () => {
    const { context, page } = await signedIn("publisher");
    for (const path of ["/desk/releases", "/desk/releases?q=Meurthe", "/desk/account", "/desk/suggestion"]) {
      await page.goto(`${demo.base}${path}`);
      await see(page, path.replace(/\W+/g, "-"));
    }
    await context.close();
    const admin = await signedIn("admin");
    for (const path of ["/desk/people", "/desk/people/new", "/desk/people/1", "/desk/topics", "/desk/topics/1", "/desk/pages", "/desk/pages/about", "/desk/pages/about/history", "/desk/journal", "/desk/site"]) {
      await admin.page.goto(`${demo.base}${path}`);
      await see(admin.page, path.replace(/\W+/g, "-"), "admin");
    }
    await admin.context.close();
  });

  for (const appearance of LOOKS.slice(1)) {
    await story(`every page of the desk in ${appearance.name}`, async () => {
      const wrong = [];
      for (const [role, paths] of Object.entries(seen)) {
        const { context, page, troubles } = await signedIn(role, appearance);
        for (const path of paths) {
          const answer = await page.goto(`${demo.base}${path}`);
          if (answer.status() !== 200) wrong.push(`${path}: ${answer.status()}`);
          for (const found of await check(page)) wrong.push(`${path}: ${found}`);
          await shoot(page, `desk-${role}${path.replace(/\W+/g, "-")}-${appearance.name}`);
        }
        wrong.push(...troubles);
        await context.close();
      }
      assert.deepEqual(wrong, []);
    });
  }
}
