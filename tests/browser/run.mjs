// The journeys in a real browser, with accessibility checks on every page type. Exit status 1 if anything is wrong.
//
//   node run.mjs                 all of it
//   SHOTS=folder node run.mjs    keeps a picture of each page in each look

import assert from "node:assert/strict";
import { LOOKS, check, look, shoot } from "./checks.mjs";
import { councilStories } from "./council.mjs";
import { deskStories } from "./desk.mjs";
import { startBrowser, startDemo } from "./site.mjs";

const demo = await startDemo();
const browser = await startBrowser();
let failures = 0;

async function story(name, tell) {
  const begun = Date.now();
  try {
    await tell();
    console.log(`ok       ${name} (${Date.now() - begun} ms)`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED   ${name}\n${error.stack ?? error}`);
  }
}

/** Every page type, found as a reader finds it: by following links from the front page. */
async function pageTypes() {
  const { context } = await look(browser, demo.base, { width: 1280, height: 900, colorScheme: "light" });
  const page = await context.newPage();
  await page.goto(`${demo.base}/fr/`);
  const href = (selector) => page.locator(selector).first().getAttribute("href");
  const nav = await page.locator(".site-nav a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const release = await href(".items .item-title a");
  await page.goto(`${demo.base}/fr/communiques?family=government`);
  const list = page.url().slice(demo.base.length);
  await page.goto(`${demo.base}${nav.find((path) => path.includes("/institutions"))}`);
  const institution = await href("main a[href*='/institutions/']");
  await page.goto(`${demo.base}/nl/persberichten?topic=inland-shipping`);
  const corrected = await page.goto(`${demo.base}/fr/communiques?institution=food-safety`).then(() => href("a[href*='clos-des-aulnes']"));
  const withdrawn = await page.goto(`${demo.base}/nl/persberichten?institution=fps-mobility`).then(() =>
    page.locator(".item", { has: page.locator(".is-embargo") }).locator(".item-title a").first().getAttribute("href"));
  await context.close();
  return [
    ["front-fr", "/fr/", 200], ["front-nl", "/nl/", 200], ["front-de", "/de/", 200], ["front-en", "/en/", 200],
    ["release", release, 200], ["release-corrected", corrected, 200], ["release-withdrawn", withdrawn, 200],
    ["list", list, 200], ["list-empty", "/de/pressemitteilungen?topic=energy&family=council", 200],
    ...nav.filter((path) => path !== "/fr/").map((path) => [`nav-${path.split("/").at(-1)}`, path, 200]),
    ["institution", institution, 200],
    ["search-help", "/nl/zoeken", 200], ["search", "/fr/recherche?q=crue+navigation", 200],
    ["search-narrowed", "/en/search?q=water&family=institutions&language=fr&year=2026&order=best", 200],
    ["search-nothing", "/de/suche?q=Hochwaser+Renten&topic=water", 200], ["search-signs", "/fr/recherche?q=%2B%2B", 200],
    ["not-found", "/de/gibt-es-nicht", 404], ["bad-request", "/nl/persberichten?page=7", 400],
    ["sign-in", "/desk/sign-in", 200], ["mailbox", "/mailbox", 200],
  ];
}

await story("a reader subscribes, confirms, gets the digest, and leaves; without script", async () => {
  const { context, troubles } = await look(browser, demo.base, { width: 360, height: 780, colorScheme: "light", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${demo.base}/`);
  assert.match(page.url(), /\/fr\/$/, "the browser speaks French");
  const first = page.locator(".items .item-title a").first();
  const title = await first.innerText();
  await follow(page, first);
  assert.equal(await page.locator("h1").innerText(), title);
  await follow(page, page.locator(".versions a[hreflang=nl]"));
  assert.equal(await page.locator("html").getAttribute("lang"), "nl");
  assert.notEqual(await page.locator("h1").innerText(), title);
  await follow(page, page.locator(".topics a").first());
  assert.match(page.url(), /\/nl\/persberichten\?topic=/);
  await page.locator(".menu-open").click();
  await follow(page, page.locator(".site-nav a[href='/nl/themas']"));
  await follow(page, page.locator("main a", { hasText: "Binnenvaart" }).first());
  assert.match(page.url(), /topic=inland-shipping/);
  await follow(page, page.locator("main a[href*='/nl/abonnement']").first());
  await page.locator("input[type=email]").fill("reader@example.org");
  await follow(page, page.locator("main form button.main"));
  assert.doesNotMatch(await page.locator("main").innerText(), /reader@example\.org.*onbekend/i);

  const mail = async (which) => {
    // The confirmation goes out within a second; asked for ten at most. Others get mail, too.
    for (let i = 0; i < 100; i += 1) {
      await page.goto(`${demo.base}/mailbox`);
      const own = page.locator("main li", { hasText: "reader@example.org" }).locator("a");
      if (await own.count() >= which) return follow(page, own.first());
      await new Promise((again) => setTimeout(again, 100));
    }
    throw new Error("no mail came");
  };
  await mail(1);
  await follow(page, page.locator(".mail-text a[href*='/nl/abonnement/']").first());
  await follow(page, page.locator("main form button").first());
  assert.equal(await page.locator("h1").count(), 1);

  // The editor moves the demo's clock to the next slot: what is scheduled goes public, then the digest leaves.
  const desk = await look(browser, demo.base, { width: 1280, height: 900, colorScheme: "light", javaScriptEnabled: false });
  const editor = await desk.context.newPage();
  await editor.goto(`${demo.base}/desk`);
  const { email, password } = demo.accounts["chancellery-editor"];
  await editor.fill("#email", email);
  await editor.fill("#password", "wrong password");
  await follow(editor, editor.locator("main button.main"));
  assert.equal(await editor.locator("main .err").count(), 1);
  await editor.fill("#password", password);
  await follow(editor, editor.locator("main button.main"));
  assert.match(editor.url(), /\/desk$/);
  await follow(editor, editor.locator("form[action='/desk/demo-clock'] button"));
  await mail(2);
  const digest = page.url();
  const text = await page.locator(".mail-text").first().innerText();
  assert.match(text, /scheepvaart|Beneden-Meurthe/i, "the release that went public meanwhile is in it");
  await page.goto(`${demo.base}/nl/`);
  assert.match(await page.locator(".items .item-by time").first().innerText(), /^1[23]\.\d\d$/);

  // One click from the mail, one button, and it is over; a second time is no error.
  await page.goto(digest);
  await follow(page, page.locator(".mail-text a[href*='/einde/']").first());
  const landing = page.url();
  await follow(page, page.locator("main form button").first());
  assert.equal(await page.locator("h1").count(), 1);
  await page.goto(landing);
  assert.equal((await page.goto(landing)).status(), 200);

  await editor.goto(`${demo.base}/desk`);
  assert.equal(await editor.locator("main table tbody tr").count() > 0, true);
  await shoot(editor, "desk-board");
  for (const found of await boardChecks(email, password)) assert.fail(found);
  await follow(editor, editor.locator("form[action='/desk/sign-out'] button"));
  assert.match(editor.url(), /\/desk\/sign-in$/);
  await desk.context.close();
  assert.deepEqual(troubles.filter((trouble) => !/status of 422/.test(trouble)), []);
  await context.close();
});

/** Follows it by keyboard, and waits until the page that it leads to is there. A click right after a scroll can meet the frame of a
 * mail where it stood before: Chromium asks what lies under the pointer of the picture that it drew last. */
async function follow(page, link) {
  await Promise.all([page.waitForEvent("load"), link.press("Enter")]);
}

/** The board in the looks of a desk and a phone, with script for the checks. */
async function boardChecks(email, password) {
  const wrong = [];
  for (const appearance of [LOOKS[0], LOOKS[1], LOOKS[3]]) {
    const { context } = await look(browser, demo.base, appearance);
    const page = await context.newPage();
    await page.goto(`${demo.base}/desk/sign-in`);
    await page.fill("#email", email);
    await page.fill("#password", password);
    await follow(page, page.locator("main button.main"));
    for (const found of await check(page)) wrong.push(`/desk in ${appearance.name}: ${found}`);
    await shoot(page, `board-${appearance.name}`);
    await page.goto(`${demo.base}/mailbox`);
    await follow(page, page.locator(".rows a").first());
    for (const found of await check(page)) wrong.push(`a mail in ${appearance.name}: ${found}`);
    await shoot(page, `mail-${appearance.name}`);
    await page.goto(await page.locator("iframe").first().getAttribute("src").then((src) => `${demo.base}${src}`));
    for (const found of await check(page)) wrong.push(`its HTML in ${appearance.name}: ${found}`);
    await shoot(page, `digest-${appearance.name}`);
    await context.close();
  }
  return wrong;
}

const pages = await pageTypes();
for (const appearance of LOOKS) {
  await story(`every page in ${appearance.name}`, async () => {
    const { context, troubles } = await look(browser, demo.base, appearance);
    const page = await context.newPage();
    const wrong = [];
    for (const [name, path, status] of pages) {
      const answer = await page.goto(`${demo.base}${path}`);
      if (answer.status() !== status) wrong.push(`${name} ${path}: ${answer.status()} instead of ${status}`);
      // The browser itself reports a page that is not 200.
      troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !/the server responded with a status of [45]/.test(trouble)));
      for (const found of await check(page)) wrong.push(`${name} ${path}: ${found}`);
      await shoot(page, `${name}-${appearance.name}`);
    }
    assert.deepEqual([...wrong, ...troubles], []);
    await context.close();
  });
}

await story("the pages behind the form and behind mailed links, by night on a phone and by day on a desk", async () => {
  const wrong = [];
  for (const [number, appearance] of [LOOKS[4], LOOKS[0]].entries()) {
    const { context } = await look(browser, demo.base, { ...appearance, locale: "de-BE" });
    const page = await context.newPage();
    const see = async (name) => {
      for (const found of await check(page)) wrong.push(`${name} in ${appearance.name}: ${found}`);
      await shoot(page, `subscribe-${name}-${appearance.name}`);
    };
    const openMail = async () => {
      const before = Date.now();
      for (;;) {
        await page.goto(`${demo.base}/mailbox`);
        const mail = page.locator(".rows li", { hasText: `second${number}@example.org` }).locator("a");
        if (await mail.count()) return follow(page, mail.first());
        assert.ok(Date.now() - before < 10_000, "the confirmation came");
        await new Promise((again) => setTimeout(again, 100));
      }
    };
    await page.goto(`${demo.base}/de/abonnement`);
    await page.locator("input[value=topic]").check();
    await page.locator("input[type=email]").fill("no address");
    await follow(page, page.locator("main form button.main"));
    assert.equal(await page.locator("[aria-invalid=true]").count(), 2, "both mistakes are shown at once");
    assert.equal(await page.locator("input[type=email]").inputValue(), "no address", "what was typed is kept");
    assert.ok(await page.evaluate(() => document.activeElement.matches("select")), "the first mistake has the focus");
    await see("errors");
    await page.locator("#topic").selectOption("water");
    await page.locator("input[type=email]").fill(`second${number}@example.org`);
    await follow(page, page.locator("main form button.main"));
    await see("asked");
    await openMail();
    await follow(page, page.locator(".mail-text a[href*='/bestaetigung/']").first());
    await see("confirm");
    await follow(page, page.locator("main form button.main"));
    await see("confirmed");
    await context.close();
  }
  assert.deepEqual(wrong, []);
});

await story("the strict policy lets nothing inline through, and nothing asks for it", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const reports = [];
  context.on("console", (message) => message.type() === "error" && reports.push(message.text()));
  const page = await context.newPage();
  for (const [, path, status] of pages.filter(([, , status]) => status === 200)) {
    await page.goto(`${demo.base}${path}`);
  }
  assert.deepEqual(reports, []);
  await context.close();
});

await story("the menu opens by keyboard on a phone", async () => {
  const { context } = await look(browser, demo.base, { width: 360, height: 780, colorScheme: "light" });
  const page = await context.newPage();
  await page.goto(`${demo.base}/fr/`);
  assert.equal(await page.locator(".site-nav").isVisible(), false);
  await page.locator(".menu-open").focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".site-nav").isVisible(), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".site-nav").isVisible(), false);
  await page.keyboard.press("Home");
  await page.goto(`${demo.base}/fr/`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip", "the first stop skips to the content");
  await context.close();
});

await story("a search by keyboard: a word is completed, found, narrowed, widened", async () => {
  const { context, troubles } = await look(browser, demo.base, LOOKS[0]);
  const page = await context.newPage();
  await page.goto(`${demo.base}/fr/`);
  const head = page.locator(".site-head .find input");
  await head.focus();
  await page.keyboard.type("navi");
  const options = page.locator(".site-head [role=option]");
  await options.first().waitFor();
  assert.equal(await head.getAttribute("aria-expanded"), "true");
  assert.equal(await head.getAttribute("aria-activedescendant"), null, "nothing is chosen for anybody");
  await page.keyboard.press("ArrowDown");
  const chosen = await head.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${chosen}`).getAttribute("aria-selected"), "true");
  const word = await page.locator(`#${chosen}`).innerText();
  for (const found of await check(page)) assert.fail(found);
  await shoot(page, "search-completions");
  await page.keyboard.press("Escape");
  assert.equal(await head.getAttribute("aria-expanded"), "false");
  assert.equal(await head.inputValue(), "navi", "what was typed stays");
  await page.keyboard.type("g");
  await options.first().waitFor();
  await page.keyboard.press("ArrowUp");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  assert.match(page.url(), /\/fr\/recherche\?q=navig/);
  assert.match(word, /navig/i);
  assert.ok(await page.locator(".item mark").count() > 0);
  // Narrowed and taken back by links alone.
  const count = async () => Number((await page.locator(".understood b").first().innerText()).match(/^\d+/)[0]);
  const before = await count();
  const link = page.locator(".facet a", { has: page.locator(".num") }).first();
  const said = Number(await link.locator(".num").innerText());
  await link.focus();
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  assert.equal(await count(), said);
  await page.locator(".understood ul a").first().focus();
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  assert.equal(await count(), before);
  assert.deepEqual(troubles, []);
  await context.close();
});

await story("a search on a phone without script", async () => {
  const { context } = await look(browser, demo.base, { ...LOOKS[3], javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${demo.base}/nl/`);
  await page.locator(".menu-open").click();
  await page.locator(".menu .find input").fill("hoogwater schippers");
  await follow(page, page.locator(".menu .find button"));
  assert.equal(await page.locator("#q").inputValue(), "hoogwater schippers");
  assert.equal(await page.locator("[role=listbox]").count(), 0);
  await page.locator(".facets-open").click();
  await follow(page, page.locator(".facet a").first());
  assert.equal(await page.locator(".understood ul a").count() > 0, true);
  await context.close();
});

await deskStories({ demo, browser, story, follow });
await councilStories({ demo, browser, story, follow });

await browser.close();
await demo.stop().catch((error) => {
  failures += 1;
  console.log(`FAILED   ${error.message}`);
});
console.log(failures === 0 ? "All browser tests passed." : `${failures} failed.`);
process.exit(failures === 0 ? 0 : 1);
