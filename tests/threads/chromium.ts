import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
};
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
  return answerOf(
    chromium,
    (origin) => `${origin}/`,
    async ({ pathname, searchParams }, response) => {
      const body = pathname === "/" ? page : await readFile(path.join(root, pathname));
      const type = pathname === "/" ? "text/html" : types[path.extname(pathname)];
      response.writeHead(200, {
        "Content-Type": type ?? "text/plain",
        // a sandboxed frame is of no origin, so all that it loads is another's
        "Access-Control-Allow-Origin": "*",
        ...(isolated && searchParams.get("without") !== "isolation" ? isolation : {}),
        ...(searchParams.get("with") === "corp" ? { "Cross-Origin-Resource-Policy": "cross-origin" } : {}),
        ...(policy === undefined ? {} : { "Content-Security-Policy": policy }),
      });
      response.end(body);
    },
  );
}

/**
 * Has Chromium open a page from a file, which loads a program bundled to one script, and resolves to what its `abilities` give;
 * `module` says what became of a module script beside it.
 */
export async function openFile(chromium: string, program: string): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "nbw-file-"));
  try {
    const call = `abilities().then(async (report) => fetch(new URLSearchParams(location.search).get("report"), {
      method: "POST", mode: "no-cors", body: JSON.stringify({ ...report, module: await told }),
    }));`;
    await build({
      stdin: { contents: `import { abilities } from ${JSON.stringify(program)};\n${call}`, resolveDir: root },
      bundle: true,
      format: "iife",
      outfile: path.join(folder, "bundle.js"),
      logLevel: "warning",
    });
    writeFileSync(path.join(folder, "module.mjs"), "loaded();");
    const page = path.join(folder, "page.html");
    writeFileSync(
      page,
      `<!doctype html>
<script>
  let loaded, refused;
  const told = new Promise((resolve) => {
    loaded = () => resolve("loaded");
    refused = () => resolve("refused");
  });
</script>
<script type="module" src="./module.mjs" onerror="refused()"></script>
<script src="./bundle.js"></script>`,
    );
    const address = (origin: string) => `${pathToFileURL(page)}?report=${origin}/report`;
    return await answerOf(chromium, address, async () => {});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a page in Chromium posts to `/report` of a server that serves all else as `serve` does. */
async function answerOf(
  chromium: string,
  address: (origin: string) => string,
  serve: (url: URL, response: ServerResponse) => Promise<void>,
): Promise<Record<string, unknown>> {
  let report: (value: Record<string, unknown>) => void;
  const reported = new Promise<Record<string, unknown>>((resolve) => {
    report = resolve;
  });
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      response.end();
      report(JSON.parse(body));
      return;
    }
    try {
      await serve(new URL(request.url ?? "/", "http://localhost"), response);
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
  const browser = spawn(chromium, [...flags, address(`http://127.0.0.1:${port}`)], { stdio: "ignore" });
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
