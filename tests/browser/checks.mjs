// What every page must be: accessible by axe-core's rules (WCAG 2.2 A and AA, best practices), within its width, silent
// in the console, and without a request to anywhere else.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { mkdir } from "node:fs/promises";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The looks in which each page is seen. */
export const LOOKS = [
  { name: "desk-light", width: 1280, height: 900, colorScheme: "light" },
  { name: "desk-dark", width: 1280, height: 900, colorScheme: "dark" },
  { name: "tablet-light", width: 768, height: 1024, colorScheme: "light" },
  { name: "phone-light", width: 360, height: 780, colorScheme: "light" },
  { name: "phone-dark", width: 360, height: 780, colorScheme: "dark" },
  { name: "narrow-light", width: 320, height: 640, colorScheme: "light" },
];

/** Opens a context in which whatever goes wrong is collected. */
export async function look(browser, base, { width, height, colorScheme, javaScriptEnabled = true, locale = "fr-BE", storageState }) {
  // axe is put in by the test and not by the page: the page's own policy would refuse it.
  // Without script the browser's driver waits long for a smooth scroll to end; whoever wants no motion gets none.
  const reducedMotion = javaScriptEnabled ? "no-preference" : "reduce";
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme, javaScriptEnabled, locale, storageState, reducedMotion, bypassCSP: javaScriptEnabled,
  });
  const troubles = [];
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => troubles.push(`script: ${error.error()}`));
  context.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) troubles.push(`request elsewhere: ${request.url()}`);
  });
  return { context, troubles };
}

/** Checks the page that is open; gives a list of what is wrong with it. */
export async function check(page, { expectStatus = 200 } = {}) {
  const found = [];
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) found.push(`wider than its window by ${overflow} px`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
      iframes: false,
    }),
  );
  for (const violation of violations) {
    found.push(`axe ${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
  }
  return found;
}

/** A picture for whoever wants to look; kept only where SHOTS names a folder. */
export async function shoot(page, name) {
  if (!process.env.SHOTS) return;
  await mkdir(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}
