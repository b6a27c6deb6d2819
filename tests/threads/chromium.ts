import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

const types: Record<string, string> = { ".js": "text/javascript", ".mjs": "text/javascript" };
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/**
 * Serves the checkout, has Chromium open a page that calls `check` of a program with the exports of the built library, and
 * resolves to what it returns. The page's own script stands in it, which a policy must allow ('unsafe-inline').
 */
export async function openPage(
  chromium: string,
  program: string,
  { isolated, policy }: { isolated: boolean; policy?: string },
): Promise<Record<string, unknown>> {
  const page = `<!doctype html><script type="module">
    const answer = (report) => fetch("/report", { method: "POST", body: JSON.stringify(report) });
    try {
      const library = { ...(await import("/dist/index.js")), ...(await import("/dist/worker.js")) };
      const { check } = await import("/${path.relative(root, program)}");
      await answer(await check(library));
    } catch (error) {
      await answer({ thrown: String(error.stack) });
    }
  </script>`;
  let report: (value: Record<string, unknown>) => void;
  const reported = new Promise<Record<string, unknown>>((resolve) => {
    report = resolve;
  });
  const server = createServer(async (request, response) => {
    const url = request.url ?? "/";
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      response.end();
      report(JSON.parse(body));
      return;
    }
    try {
      const body = url === "/" ? page : await readFile(path.join(root, url));
      const type = url === "/" ? "text/html" : types[path.extname(url)];
      response.writeHead(200, {
        "Content-Type": type ?? "text/plain",
        ...(isolated ? isolation : {}),
        ...(policy === undefined ? {} : { "Content-Security-Policy": policy }),
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const profile = mkdtempSync(path.join(os.tmpdir(), "nbw-chromium-"));
  const { port } = server.address() as AddressInfo;
  const flags = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    `--user-data-dir=${profile}`,
  ];
  const browser = spawn(chromium, [...flags, `http://127.0.0.1:${port}/`], { stdio: "ignore" });
  try {
    return await Promise.race([reported, timeout(90_000)]);
  } finally {
    await ended(browser);
    server.closeAllConnections();
    server.close();
    removeProfile(profile);
  }
}

/** A process of the browser may still write there; what it writes last stays in the folder for temporary files. */
function removeProfile(profile: string): void {
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  } catch {}
}

function ended(browser: ChildProcess): Promise<unknown> {
  const end = new Promise((resolve) => browser.once("exit", resolve));
  browser.kill();
  return browser.exitCode === null ? end : Promise.resolve();
}

function timeout(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("the page gave no answer")), milliseconds).unref();
  });
}
