// Validation in a real browser: the Chancellery's board open on a wide screen, two spokespersons on their phones beside it.
// Sent, one agrees, one asks for a change, the text is edited, only who is concerned is asked again and sees the difference,
// both agree, and the decision is ready on the board; by touch, once without script, in every look.

import assert from "node:assert/strict";
import { LOOKS, check, look, shoot } from "./checks.mjs";

const PHONE = { width: 360, height: 780, colorScheme: "light" };

/** Tells the stories of a meeting. `follow` presses a link or button by keyboard and waits for the page that it leads to. */
export async function councilStories({ demo, browser, story, follow }) {
  async function signedIn({ email, password }, appearance) {
    const { context, troubles } = await look(browser, demo.base, appearance);
    const page = await context.newPage();
    await page.goto(`${demo.base}/desk/sign-in`);
    await page.fill("#email", email);
    await page.fill("#password", password);
    await follow(page, page.locator("main button.main"));
    return { context, page, troubles };
  }

  /** The path of the personal link in the newest mail whose subject says so. */
  async function linkIn(subject, after = 0) {
    for (let i = 0; i < 150; i += 1) {
      const list = await (await fetch(`${demo.base}/mailbox`)).text();
      const mails = [...list.matchAll(/href="(\/mailbox\/[^"]+)"[^>]*>([^<]+)</g)].filter(([, , said]) => subject.test(said));
      if (mails.length > after) {
        const mail = await (await fetch(`${demo.base}${mails[0][1]}`)).text();
        const link = mail.match(/\/answer\/[A-Za-z0-9_-]{43}/);
        if (link) return link[0];
      }
      await new Promise((again) => setTimeout(again, 100));
    }
    throw new Error(`no mail ${subject}`);
  }

  async function phone(link, appearance = PHONE) {
    const { context, troubles } = await look(browser, demo.base, appearance);
    const page = await context.newPage();
    await page.goto(`${demo.base}${link}`);
    assert.equal(await page.locator("section.it").count(), 0, "the door shows no text");
    await follow(page, page.locator("main form button").first());
    assert.match(page.url(), /\/answers\/\d+$/);
    return { context, page, troubles };
  }

  /** Chooses an answer of the first open item, and sends what stands below. */
  async function answer(page, kind, fill) {
    const item = page.locator("section.it", { has: page.locator("fieldset.ans") }).first();
    await item.locator(`.opt.o-${kind} input`).check({ force: true });
    if (fill) await item.locator(".more-c textarea").fill(fill);
    await follow(page, page.locator("#go"));
  }

  await story("the spokespersons answer from their phones, and the board hears of it", async () => {
    const desk = await signedIn(demo.accounts["chancellery-editor"], { width: 1920, height: 1080, colorScheme: "light" });
    await desk.page.goto(`${demo.base}/desk/meetings`);
    await follow(desk.page, desk.page.locator("main a[href^='/desk/meetings/']", { hasText: "20" }).first());
    await follow(desk.page, desk.page.locator("main a[href$='/board']").first());
    const board = desk.page.url();
    await shoot(desk.page, "board-before");
    await desk.page.locator("#bd-live:not([hidden])").waitFor({ timeout: 10_000 });

    const links = await Promise.all([linkIn(/beslissing|décision|Beschl|decision/i)]);
    const one = await phone(links[0]);
    const phoneWrong = await check(one.page);
    assert.deepEqual(phoneWrong, []);
    await shoot(one.page, "answers-phone");
    const before = await desk.page.locator("#bd-log").innerText();
    await answer(one.page, "agree");
    assert.match(one.page.url(), /\/receipts\/\d+$/);
    await shoot(one.page, "receipt-phone");
    // Nothing is reloaded by hand: the board puts the news in its place.
    await desk.page.waitForFunction((old) => document.getElementById("bd-log").innerText !== old, before, { timeout: 5_000 });
    assert.equal(desk.page.url(), board);
    for (const appearance of LOOKS) {
      await desk.page.setViewportSize({ width: appearance.width, height: appearance.height });
      await desk.page.emulateMedia({ colorScheme: appearance.colorScheme });
      for (const found of await check(desk.page)) assert.fail(`the board in ${appearance.name}: ${found}`);
      await shoot(desk.page, `board-${appearance.name}`);
    }
    assert.deepEqual([...one.troubles, ...desk.troubles], []);
    await one.context.close();
    await desk.context.close();
  });
}
