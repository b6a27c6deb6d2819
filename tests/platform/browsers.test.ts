import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect } from "vitest";
import fingerprints from "./programs/fingerprints.json" with { type: "json" };
import { type Page, type Report, visit } from "./support/browser.ts";
import { find, type Host, inHost } from "./support/hosts.ts";
import { installPacked, root } from "./support/packed.ts";
import { run, type Started, start } from "./support/run.ts";

const xor = fingerprints["the article's XOR"];
const wasmAllowed = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

let app: string;
let remove: () => void;
let viteServer: Started | undefined;

/** Every page by its name, with what must stand on this machine for it to be there. */
const pages: Record<string, { needs: Host[]; page: () => Promise<Page> }> = {
  "a plain module script": {
    needs: [],
    page: async () => ({ address: plainPage("family") }),
  },
  "a module script under script-src 'self' 'wasm-unsafe-eval'": {
    needs: [],
    page: async () => ({ address: plainPage("family-with-policy", "family"), policy: wasmAllowed }),
  },
  "slim with a module that compiled while it streamed in": {
    needs: [],
    page: async () => ({ address: plainPage("slim"), policy: wasmAllowed }),
  },
  "a module script under script-src 'self'": {
    needs: [],
    page: async () => ({
      address: plainPage("barred"),
      policy: "default-src 'none'; script-src 'self'; connect-src 'self'",
    }),
  },
  "a bundle of esbuild": { needs: [], page: bundleWithEsbuild },
  "a bundle of webpack": { needs: ["webpack"], page: bundleWithWebpack },
  "a build of Vite": { needs: ["Vite"], page: bundleWithVite },
  "Vite's development server": { needs: ["Vite"], page: serveWithVite },
};

/** The pages that this machine can make, each made once for both browsers. */
const made: Record<string, Page> = {};

beforeAll(async () => {
  ({ app, remove } = await installPacked());
  for (const [name, { needs, page }] of Object.entries(pages)) {
    if (needs.every(find)) made[name] = await page();
  }
}, 180_000);

afterAll(async () => {
  viteServer?.stop();
  await viteServer?.exited;
  remove?.();
});

for (const browser of ["Chromium", "Firefox"] as const) {
  describe(browser, () => {
    let reports: Record<string, Report> = {};
    inHost(browser, `opens ${browser} and hears from every page`, async ([file]) => {
      reports = await visit(browser, file, app, made);
      expect(Object.keys(reports).sort()).toEqual(Object.keys(made).sort());
    });

    const gives = (name: string, expected: unknown) => {
      inHost([browser, ...pages[name].needs], `${name} gives the committed fingerprints`, async () => {
        expect(reports[name]).toEqual({ result: expected });
      });
    };
    gives("a plain module script", fingerprints);
    gives("a module script under script-src 'self' 'wasm-unsafe-eval'", fingerprints);
    gives("slim with a module that compiled while it streamed in", fingerprints);
    gives("a bundle of esbuild", xor);
    gives("a bundle of webpack", xor);
    gives("a build of Vite", xor);
    gives("Vite's development server", fingerprints);

    inHost(
      browser,
      "under script-src 'self': one HostError names the keyword, and the reference runs",
      async () => {
        expect(reports["a module script under script-src 'self'"]).toEqual({
          result: {
            isHostError: true,
            message: expect.stringMatching(
              /policy forbids compiling WebAssembly .*'wasm-unsafe-eval'.*nothing-but-wasm\/reference/s,
            ),
            fingerprints,
          },
        });
      },
    );
  });
}

/** An HTML file beside the page's script; returns the path that a server of the program's folder knows it by. */
function htmlFor(script: string, name: string): string {
  const html = `<!doctype html><title>${name}</title><script type="module" src="./${script}"></script>`;
  writeFileSync(path.join(app, "pages", `${name}.html`), html);
  return `/pages/${name}.html`;
}

/** The page without a bundler: the same script, its bare names replaced by the paths of the package's files. */
function plainPage(name: string, script = name): string {
  const entries = {
    "nothing-but-wasm": "index",
    "nothing-but-wasm/slim": "slim",
    "nothing-but-wasm/reference": "reference",
  };
  let text = readFileSync(path.join(app, "pages", `${script}-page.mjs`), "utf8");
  for (const [bare, entry] of Object.entries(entries)) {
    text = text.replaceAll(`"${bare}"`, `"/node_modules/nothing-but-wasm/dist/${entry}.js"`);
  }
  writeFileSync(path.join(app, "pages", `plain-${name}.mjs`), text);
  return htmlFor(`plain-${name}.mjs`, `plain-${name}`);
}

async function bundleWithEsbuild(): Promise<Page> {
  await build({
    absWorkingDir: app,
    entryPoints: ["pages/xor-page.mjs"],
    outfile: "pages/esbuild.mjs",
    bundle: true,
    minify: true,
    format: "esm",
    logLevel: "warning",
  });
  return { address: htmlFor("esbuild.mjs", "esbuild"), policy: wasmAllowed };
}

async function bundleWithWebpack(): Promise<Page> {
  const require = createRequire(path.join(root, "tests/platform/package.json"));
  const config = {
    mode: "production",
    context: app,
    entry: "./pages/xor-page.mjs",
    output: { path: path.join(app, "pages"), filename: "webpack.mjs" },
  };
  writeFileSync(
    path.join(app, "webpack.cjs"),
    `const webpack = require(${JSON.stringify(require.resolve("webpack"))});
webpack(${JSON.stringify(config)}, (error, stats) => {
  if (error || stats.hasErrors() || stats.hasWarnings()) {
    console.error(error ?? stats.toString());
    process.exitCode = 1;
  }
});`,
  );
  await run(process.execPath, ["webpack.cjs"], { cwd: app });
  return { address: htmlFor("webpack.mjs", "webpack"), policy: wasmAllowed };
}

async function bundleWithVite(): Promise<Page> {
  htmlFor("xor-page.mjs", "vite");
  await run(
    process.execPath,
    [find("Vite")!, "build", "--base", "/vite/", "--logLevel", "warn", "--config", viteConfig()],
    {
      cwd: app,
    },
  );
  const built = readdirSync(path.join(app, "vite"), { recursive: true });
  expect(built.map(String)).toContain(path.join("pages", "vite.html"));
  return { address: "/vite/pages/vite.html", policy: wasmAllowed };
}

async function serveWithVite(): Promise<Page> {
  const page = htmlFor("family-page.mjs", "vite-served");
  viteServer = start(process.execPath, [find("Vite")!, "--host", "127.0.0.1", "--config", viteConfig()], {
    cwd: app,
  });
  const address = await new Promise<string>((resolve, reject) => {
    const look = () => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal
      const plain = viteServer!.printed().replace(/\u001b\[\d+m/g, "");
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(plain);
      if (found) resolve(found[0]);
    };
    viteServer!.child.stdout!.on("data", look);
    viteServer!.exited.then((end) => reject(new Error(`Vite ended: ${end}\n${viteServer!.printed()}`)));
    setTimeout(() => reject(new Error(`Vite said no address\n${viteServer!.printed()}`)), 30_000).unref();
  });
  return { address: address + page };
}

function viteConfig(): string {
  const file = path.join(app, "vite.config.mjs");
  writeFileSync(
    file,
    `export default {
  cacheDir: ${JSON.stringify(path.join(app, "vite-cache"))},
  server: { port: 0 },
  build: { outDir: "vite", rollupOptions: { input: "pages/vite.html" } },
};`,
  );
  return pathToFileURL(file).pathname;
}
