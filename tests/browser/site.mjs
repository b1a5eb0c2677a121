// A demo of its own for the browser: a free port, a folder that goes when it ends, and Chromium.

import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const BINARY = new URL("../../target/debug/communique", import.meta.url).pathname;

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts a demo; gives its address, what it printed of its accounts, and the way to end it. */
export async function startDemo() {
  const folder = await mkdtemp(join(tmpdir(), "communique-browser-"));
  // Started by root, the private Postgres runs as another user, who must be able to pass.
  await chmod(folder, 0o755);
  const listen = `127.0.0.1:${await freePort()}`;
  const child = spawn(BINARY, ["demo"], {
    env: { ...process.env, DATABASE_URL: "", COMMUNIQUE_LISTEN: listen, COMMUNIQUE_DATA_DIR: join(folder, "var") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  const ended = new Promise((end) => child.once("exit", end));
  await new Promise((ready, failed) => {
    child.stdout.on("data", (data) => {
      printed += data;
      if (printed.includes("started again")) ready();
    });
    ended.then((code) => failed(new Error(`the demo ended with ${code}: ${printed}`)));
  });
  // Printed just before it serves: asked until it answers, for ten seconds at most.
  const base = `http://${listen}`;
  const until = Date.now() + 10_000;
  for (;;) {
    const answer = await fetch(`${base}/readyz`).catch(() => null);
    if (answer?.ok) break;
    if (Date.now() > until) throw new Error("the demo does not answer");
    await new Promise((again) => setTimeout(again, 50));
  }
  // Of each role the first that is printed.
  const accounts = Object.fromEntries(
    [...printed.matchAll(/^\s+(\S+@\S+)\s+(\S+)\s+\(([a-z-]+)\)$/gm)].map(([, email, password, role]) => [role, { email, password }]).reverse(),
  );
  return {
    base,
    accounts,
    async stop() {
      child.kill("SIGTERM");
      const code = await ended;
      await rm(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the demo did not end in order: ${code}`);
    },
  };
}

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}
