// The Council in a real browser: two decisions of a meeting are written, two spokespersons answer on their phones by the
// link in their mail while the board stands open beside, one of them asks for a change, and all go public at one press of
// somebody who wrote nothing in them; then the meeting as the public sees it. Every page on the way is checked.

import assert from "node:assert/strict";
import { LOOKS, check, look, shoot } from "./checks.mjs";

const [DESK, , , PHONE, PHONE_DARK, NARROW] = LOOKS;

/** Who answers, on what. */
const INTERIOR = { email: "julie.marchenoir@minister-interior.example", minister: "Ruben Aldewijn", look: PHONE, locale: "fr-BE" };
const WATER = { email: "marit.vossebeld@minister-environment.example", minister: "Tomas Verhulle", look: PHONE_DARK, locale: "nl-BE" };

const DECISIONS = [
  {
    title: { fr: "Digues de la Meurthe : un fonds de réparation", nl: "Dijken van de Meurthe: een herstelfonds" },
    lead: { fr: "Le Conseil des ministres a approuvé un fonds de 12 millions d’euros.", nl: "De ministerraad heeft een fonds van 12 miljoen euro goedgekeurd." },
    body: { fr: "Les communes introduisent leur demande avant le 31 mars.", nl: "De gemeenten dienen hun aanvraag in vóór 31 maart." },
    proposers: [INTERIOR, WATER],
  },
  {
    title: { fr: "Protection civile : quarante pompes mobiles", nl: "Civiele bescherming: veertig mobiele pompen" },
    lead: { fr: "Quarante pompes mobiles renforcent la protection civile.", nl: "Veertig mobiele pompen versterken de civiele bescherming." },
    body: { fr: "Elles sont livrées au printemps.", nl: "Ze worden in de lente geleverd." },
    proposers: [INTERIOR],
  },
];
const CHANGED = { lead: { fr: "Le Conseil des ministres a approuvé un fonds de 15 millions d’euros.", nl: "De ministerraad heeft een fonds van 15 miljoen euro goedgekeurd." } };

/** Tells the Council's stories. `follow` presses a link or button by keyboard and waits for the page that it leads to. */
export async function councilStories({ demo, browser, story, follow }) {
  const sessions = {};
  const at = (path) => new URL(path, demo.base).href;

  async function signedIn(who, { email, password } = demo.accounts[who], appearance = DESK) {
    const { context, troubles } = await look(browser, demo.base, { ...appearance, storageState: sessions[who] });
    const page = await context.newPage();
    if (sessions[who]) return { context, page, troubles };
    await page.goto(at("/desk/sign-in"));
    await page.fill("#email", email);
    await page.fill("#password", password);
    await follow(page, page.locator("main button.main"));
    assert.match(page.url(), /\/desk$/, `${who} is in`);
    sessions[who] = await context.storageState();
    return { context, page, troubles };
  }

  async function see(page, name) {
    const wrong = await check(page);
    await shoot(page, `council-${name}`);
    assert.deepEqual(wrong, [], `${name}: ${page.url()}`);
  }

  /** The texts of the mails that somebody has, newest first, once there are `count`; nobody waits longer than ten seconds. */
  async function mails(page, email, count) {
    const until = Date.now() + 10_000;
    for (;;) {
      await page.goto(at("/mailbox"));
      const own = page.locator("main li", { hasText: email }).locator("a");
      if ((await own.count()) >= count) return own;
      assert.ok(Date.now() < until, `${email} has ${await own.count()} mails instead of ${count}`);
      await new Promise((again) => setTimeout(again, 100));
    }
  }

  async function countMails(page, email) {
    await page.goto(at("/mailbox"));
    return page.locator("main li", { hasText: email }).count();
  }

  /** Types into the editor, and waits until it is kept. */
  async function write(page, texts) {
    for (const [part, byLang] of Object.entries(texts)) {
      for (const [lang, text] of Object.entries(byLang)) await page.locator(`#${part}-${lang}`).fill(text);
    }
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.request().method() === "POST");
    await page.keyboard.press("Control+S");
    assert.equal((await answered).status(), 200);
  }

  const WRITER = { email: "chancellery.writer@quatrerivieres.example", password: "un rivage, deux rives, trois ponts" };

  await story("an admin invites a second hand for the Chancellery, for two pairs of eyes", async () => {
    const { context, page, troubles } = await signedIn("admin");
    await page.goto(at("/desk/people/new"));
    await page.fill("#email", WRITER.email);
    await page.fill("#name", "Noor Lambrecht");
    await page.locator("#role").selectOption("chancellery-editor");
    await page.locator("#institution").selectOption({ label: "Conseil des ministres" });
    await follow(page, page.locator("main button.main"));
    await follow(page, (await mails(page, WRITER.email, 1)).first());
    await follow(page, page.locator(".mail-text a[href*='/desk/']").first());
    await page.locator("input[type=password]").first().fill(WRITER.password);
    for (const again of await page.locator("input[type=password]").all()) await again.fill(WRITER.password);
    await follow(page, page.locator("main button.main"));
    assert.deepEqual(troubles, []);
    await context.close();
  });

  let meeting;
  await story("a meeting is planned and two decisions are written and named after who proposes them", async () => {
    const { context, page, troubles } = await signedIn("writer-of-council", WRITER);
    await page.goto(at("/desk/meetings"));
    await see(page, "meetings");
    await follow(page, page.getByRole("link", { name: "Nouvelle réunion" }));
    await see(page, "meeting-new");
    await page.fill("#day", "2026-11-27");
    await page.locator("input[name=electronic]").check();
    await follow(page, page.locator("main button.main"));
    meeting = page.url().match(/\/desk\/meetings\/\d+/)[0];
    for (const one of DECISIONS) {
      await page.goto(at(meeting));
      await page.fill("#title-fr", one.title.fr);
      await page.fill("#title-nl", one.title.nl);
      await follow(page, page.getByRole("button", { name: "Ajouter et écrire" }));
      assert.match(page.url(), /\/editor/, "one writes at once");
      assert.equal(await page.locator("#title-nl").inputValue(), one.title.nl);
      await write(page, { lead: one.lead, body: one.body });
    }
    await page.goto(at(meeting));
    await see(page, "meeting");
    for (const [n, one] of DECISIONS.entries()) {
      await page.goto(at(meeting));
      await follow(page, page.locator("main a[href*='/decisions/']").nth(n));
      for (const [m, who] of one.proposers.entries()) {
        const option = page.locator(`#mandate-${m} option`, { hasText: who.minister });
        await page.locator(`#mandate-${m}`).selectOption(await option.getAttribute("value"));
      }
      await page.locator("#instrument-0").selectOption({ index: 1 });
      if (n === 0) await see(page, "terms");
      await follow(page, page.locator("main form button.main"));
    }
    await page.goto(at(meeting));
    // The order, by keyboard, and back.
    const first = () => page.locator("main li.row b, main li.row a").first();
    const titles = () => page.locator("main li.row").allInnerTexts();
    const before = await titles();
    await follow(page, page.locator("button[name=to][value=down]").first());
    assert.ok((await titles())[0].includes(DECISIONS[1].title.fr), `moved down: ${await first().innerText()}`);
    await follow(page, page.locator("button[name=to][value=up]").first());
    assert.ok((await titles())[0].includes(DECISIONS[0].title.fr));
    assert.equal((await titles()).length, before.length);
    assert.deepEqual(troubles, []);
    await context.close();
  });

  /** A spokesperson's phone: one context for the whole story, since its device is bound. */
  const phones = new Map();
  async function phoneOf(who) {
    if (phones.has(who)) return phones.get(who);
    const made = await look(browser, demo.base, { ...who.look, locale: who.locale });
    const phone = { ...made, page: await made.context.newPage() };
    phones.set(who, phone);
    return phone;
  }

  /** The board, open beside all the time that the spokespersons answer. */
  let board;
  const boardSays = (selector, text) =>
    board.page.waitForFunction(([where, what]) => document.querySelector(where)?.innerText.includes(what), [selector, text], { timeout: 5_000 });

  await story("both are sent, and each spokesperson has one mail", async () => {
    board = await signedIn("writer-of-council", WRITER);
    const { page } = board;
    await page.goto(at(meeting));
    await follow(page, page.getByRole("link", { name: "Validation" }));
    await see(page, "board-before");
    await follow(page, page.locator("#bd-send .main"));
    await see(page, "sending");
    for (const box of await page.locator("main input[name=edition]").all()) await box.check();
    const had = new Map();
    for (const who of [INTERIOR, WATER]) had.set(who, await countMails((await phoneOf(who)).page, who.email));
    await follow(page, page.locator("main form button.main").last());
    assert.match(page.url(), /\/board$/);
    await see(page, "board-sent");
    for (const who of [INTERIOR, WATER]) {
      const phone = await phoneOf(who);
      await mails(phone.page, who.email, had.get(who) + 1);
      assert.equal(await countMails(phone.page, who.email), had.get(who) + 1, "one mail, whatever waits");
    }
  });

  /** Opens what the newest mail leads to. */
  async function open(who) {
    const { page } = await phoneOf(who);
    await follow(page, (await mails(page, who.email, 1)).first());
    const link = page.locator(".mail-text a[href*='/answer/']").first();
    const text = await page.locator(".mail-text").first().innerText();
    for (const one of DECISIONS) assert.ok(!text.includes(one.title.fr) && !text.includes(one.title.nl), "no text of a decision is in the mail");
    await follow(page, link);
    return page;
  }

  await story("the page behind the link says nothing before it is opened, and is opened", async () => {
    for (const who of [INTERIOR, WATER]) {
      const page = await open(who);
      const name = who === INTERIOR ? "interior" : "water";
      if (await page.locator("main form[action*='/answer/'] button, form[action*='/answer/'] button").count()) {
        assert.ok(!(await page.locator("body").innerText()).includes(DECISIONS[0].title.fr), "a scanner reads nothing");
        await see(page, `door-${name}`);
        await follow(page, page.locator("form[action*='/answer/'] button").first());
      }
      assert.match(page.url(), /\/answers\/\d+/);
      await see(page, `sheet-${name}`);
    }
    await boardSays("#bd-table", "ouvert");
  });

  await story("the page of answers fits a screen of 320 px, in each language", async () => {
    const { page } = await phoneOf(WATER);
    const { page: other } = await phoneOf(INTERIOR);
    const wrong = [];
    for (const one of [page, other]) {
      const size = one.viewportSize();
      await one.setViewportSize({ width: NARROW.width, height: NARROW.height });
      for (const found of await check(one)) wrong.push(`${await one.locator("html").getAttribute("lang")}: ${found}`);
      await shoot(one, `council-sheet-narrow-${await one.locator("html").getAttribute("lang")}`);
      await one.setViewportSize(size);
    }
    assert.deepEqual(wrong, []);
  });

  /** What the pages said on the way, to be looked at one by one. */
  const told = {};
  const item = (page, lang, n) => page.locator("section.it", { hasText: DECISIONS[n].title[lang] });
  const send = async (page) => {
    const button = page.locator("#send button").last();
    await follow(page, button);
    if (!/\/receipts\//.test(page.url())) throw new Error(`no receipt: ${await page.locator("body").innerText()}`);
  };

  await story("one agrees, the other agrees to one and asks for a change of the other; the board tells by itself", async () => {
    const { page: water } = await phoneOf(WATER);
    await item(water, "nl", 0).locator(".o-agree").click();
    await send(water);
    await see(water, "receipt-water");
    await boardSays("#bd-log", "accord");
    const { page: interior } = await phoneOf(INTERIOR);
    await item(interior, "fr", 1).locator(".o-agree").click();
    await item(interior, "fr", 0).locator(".o-change").click();
    const reason = item(interior, "fr", 0).locator(".more-c textarea");
    await reason.fill("C’est 15 millions, pas 12.");
    await see(interior, "sheet-chosen");
    await send(interior);
    await see(interior, "receipt-interior");
    await boardSays("#bd-us", "C’est 15 millions, pas 12.");
    await see(board.page, "board-change");
  });

  await story("the text is changed, and only who is concerned is asked again, with the difference", async () => {
    const { page } = board;
    // Two of each decision: who agreed to the second keeps it.
    await follow(page, page.locator("#bd-us").getByRole("button", { name: "Modifier le texte" }));
    assert.match(page.url(), /\/editor/);
    assert.equal(await page.locator("#lead-fr").inputValue(), DECISIONS[0].lead.fr);
    await write(page, CHANGED);
    const { page: interior } = await phoneOf(INTERIOR);
    const had = { interior: await countMails(interior, INTERIOR.email), water: await countMails(interior, WATER.email) };
    await page.goto(at(`${meeting}/board`));
    await see(page, "board-edited");
    await follow(page, page.locator("#bd-send .main"));
    await see(page, "sending-again");
    assert.equal(await page.locator("main input[name=edition]").count(), 1, "the other decision is settled");
    assert.ok(await page.locator("main input[name=edition]").isChecked(), "what was in validation goes with the rest");
    told.sending = await page.locator("main").innerText();
    await follow(page, page.locator("main form button.main").last());
    await mails(interior, INTERIOR.email, had.interior + 1);
    await mails(interior, WATER.email, had.water + 1);
    for (const [who, lang] of [[WATER, "nl"], [INTERIOR, "fr"]]) {
      const phone = await open(who);
      await phone.waitForURL(/\/answers\/\d+/, { timeout: 5_000 }).catch(() => follow(phone, phone.locator("form[action*='/answer/'] button").first()));
      await see(phone, `again-${lang}`);
      const changed = item(phone, lang, 0);
      told[lang] = { ins: await changed.locator("ins").allInnerTexts(), del: await changed.locator("del").allInnerTexts(), send: await phone.locator("#send").innerText() };
      if (who === INTERIOR) assert.equal(await item(phone, lang, 1).locator("[value=agree]:visible").count(), 0, "nobody is asked again about the other one");
      await changed.locator(".o-agree").click();
      await send(phone);
    }
    await boardSays("#bd-sentence", "2 prêtes");
    await see(page, "board-ready");
  });

  await story("who is asked again was said before, as it then happens", async () => {
    assert.match(told.sending, /Marit Vossebeld/, "whoever agreed to the former text is written to as well");
  });
  await story("who agreed sees the difference since", async () => {
    assert.ok(told.nl.ins.some((text) => text.includes("15")) && told.nl.del.some((text) => text.includes("12")), JSON.stringify(told.nl));
  });
  await story("who asked for the change sees what became of it", async () => {
    assert.ok(told.fr.ins.some((text) => text.includes("15")) && told.fr.del.some((text) => text.includes("12")), JSON.stringify(told.fr));
  });
  await story("what was answered already is not listed as unanswered", async () => {
    assert.ok(!told.fr.send.includes(DECISIONS[1].title.fr), told.fr.send);
  });

  await story("who wrote does not publish; another one of the Chancellery does, at one press", async () => {
    const writer = await signedIn("writer-of-council", WRITER);
    await writer.page.goto(at(`${meeting}/publication`));
    await see(writer.page, "publication-writer");
    assert.equal(await writer.page.locator("#publication button").count(), 0, "two pairs of eyes");
    assert.match(await writer.page.locator("main").innerText(), /Margaux Delvigne/, "it says who may");
    await writer.context.close();
    const { context: own, page, troubles } = await signedIn("chancellery-editor");
    await page.goto(at(`${meeting}/publication`));
    await see(page, "publication");
    await follow(page, page.locator("#publication button[value=publish]"));
    await see(page, "publication-confirm");
    await follow(page, page.locator("#confirm button.main"));
    await see(page, "meeting-published");
    assert.deepEqual(troubles, []);
    await own.close();
    await boardSays("#bd-sentence", "publi");
    assert.deepEqual(board.troubles, []);
    await board.context.close();
  });

  await story("the public sees the meeting, its press kit and its feed", async () => {
    for (const [appearance, javaScriptEnabled] of [[DESK, true], [PHONE_DARK, true], [NARROW, false]]) {
      const { context: own, troubles } = await look(browser, demo.base, { ...appearance, javaScriptEnabled });
      const page = await own.newPage();
      await page.goto(at("/fr/conseil-des-ministres"));
      if (javaScriptEnabled) await see(page, `public-list-${appearance.name}`);
      await follow(page, page.locator("main a[href*='/conseil-des-ministres/2026-11-27']").first());
      const text = await page.locator("main").innerText();
      for (const one of DECISIONS) assert.ok(text.includes(one.title.fr), one.title.fr);
      assert.ok(text.indexOf(DECISIONS[0].title.fr) < text.indexOf(DECISIONS[1].title.fr), "in the order of the agenda");
      if (javaScriptEnabled) await see(page, `public-meeting-${appearance.name}`);
      const meetingPage = page.url();
      await follow(page, page.locator("main a", { hasText: DECISIONS[0].title.fr }).first());
      assert.match(await page.locator("main").innerText(), /15 millions/);
      if (javaScriptEnabled) await see(page, `public-decision-${appearance.name}`);
      await page.goto(meetingPage);
      await follow(page, page.locator("main a[href*='/dossier-de-presse']").first());
      if (javaScriptEnabled) await see(page, `public-press-kit-${appearance.name}`);
      assert.match(await page.locator("main").innerText(), /15 millions/);
      const feed = await own.request.get(at("/fr/conseil-des-ministres.atom"));
      assert.equal(feed.status(), 200);
      assert.match(await feed.text(), /2026-11-27/);
      assert.deepEqual(troubles, []);
      await own.close();
    }
  });

  await story("the page of answers after publication", async () => {
    const { page, context: own } = await phoneOf(INTERIOR);
    await page.goto(page.url().replace(/\/receipts\/.*$/, ""));
    await see(page, "sheet-after");
    await own.close();
    await phones.get(WATER).context.close();
  });
}
