import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visit } from "./support/browser.ts";
import { type Host, inHost } from "./support/hosts.ts";
import { installPacked, root } from "./support/packed.ts";
import { run } from "./support/run.ts";
import { answer, bundleWorker } from "./support/workers.ts";

/**
 * A fenced block after a comment such as `<!-- run: node, bun -->`. It must run to its end against the packed package
 * and, where a line ends in a comment behind `console.log(…);`, print what these comments say, in their order.
 */
interface Snippet {
  /** Where it stands, for the test's title. */
  title: string;
  hosts: string[];
  language: string;
  code: string;
  prints: string[];
}

export function snippetsOf(file: string, text: string): Snippet[] {
  const marked = /<!-- run: ([^>]*?) -->\s*^```(\w+)\n([\s\S]*?)^```/gm;
  return [...text.matchAll(marked)].map(({ index, 1: hosts, 2: language, 3: code }) => ({
    title: `${file}:${text.slice(0, index).split("\n").length}`,
    hosts: hosts.split(/[\s,]+/),
    language,
    code,
    prints: [...code.matchAll(/console\.log\(.*\);? *\/\/ (.*)$/gm)].map((match) => match[1]),
  }));
}

const nodes: Host[] = ["Node 20", "Node 22", "Node 24", "Node 26"];
const browsers: Host[] = ["Chromium", "Firefox"];
/** What a name in the comment stands for. */
const namedHosts: Record<string, Host[]> = {
  node: nodes,
  deno: ["Deno"],
  bun: ["Bun"],
  browser: browsers,
  workerd: ["workerd"],
};

let app: string;
let remove: () => void;
beforeAll(async () => {
  ({ app, remove } = await installPacked());
});
afterAll(() => remove?.());

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(path.join(root, "docs")).map((name) => `docs/${name}`),
];
const snippets = documents
  .filter((file) => file.endsWith(".md") && existsSync(path.join(root, file)))
  .flatMap((file) => snippetsOf(file, readFileSync(path.join(root, file), "utf8")));

describe("the reader of snippets", () => {
  const text = [
    "Words.",
    "<!-- run: node, deno -->",
    "```js",
    "console.log(1 + 1); // 2",
    "console.log(3) // three",
    "f(); // not printed",
    "```",
    "",
    "```js",
    "not.marked();",
    "```",
    "<!-- run: browser -->",
    "",
    "```html",
    "<p></p>",
    "```",
    "",
  ].join("\n");

  it("finds the marked blocks, their hosts and what they print", () => {
    expect(snippetsOf("a.md", text)).toEqual([
      {
        title: "a.md:2",
        hosts: ["node", "deno"],
        language: "js",
        code: "console.log(1 + 1); // 2\nconsole.log(3) // three\nf(); // not printed\n",
        prints: ["2", "three"],
      },
      { title: "a.md:12", hosts: ["browser"], language: "html", code: "<p></p>\n", prints: [] },
    ]);
  });

  it("finds some in the documents, all for hosts that it knows", () => {
    expect(snippets.length).toBeGreaterThan(0);
    for (const { title, hosts } of snippets) {
      for (const host of hosts) expect(Object.keys(namedHosts), title).toContain(host);
    }
  });
});

describe("snippets of the documents, against the packed package", () => {
  for (const [i, snippet] of snippets.entries()) {
    for (const host of snippet.hosts.flatMap((name) => namedHosts[name] ?? [])) {
      inHost(host, `${snippet.title} on ${host}`, async ([file]) => {
        const lines = await linesOf(snippet, `snippet-${i}`, host, file);
        if (snippet.prints.length > 0) expect(lines).toEqual(snippet.prints);
      });
    }
  }
});

/** Runs the snippet and gives the lines it prints; anything but a good end throws. */
async function linesOf(snippet: Snippet, name: string, host: Host, file: string): Promise<string[]> {
  if (host === "Chromium" || host === "Firefox") return linesInBrowser(snippet, name, host, file);
  const program = `${name}.${{ cjs: "cjs", ts: "ts" }[snippet.language] ?? "mjs"}`;
  writeFileSync(path.join(app, program), snippet.code);
  if (host === "workerd") {
    await answer(file, await bundleWorker(app, program, ["workerd"], "kernels.wasm"));
    return snippet.prints;
  }
  const before = host === "Deno" ? ["run", "--no-remote", "--node-modules-dir=manual", "--allow-read"] : [];
  const out = await run(file, [...before, program], { cwd: app, env: { DENO_NO_UPDATE_CHECK: "1" } });
  return out.trimEnd().split("\n");
}

async function linesInBrowser(snippet: Snippet, name: string, host: "Chromium" | "Firefox", file: string) {
  const address = `/${name}.html`;
  writeFileSync(path.join(app, address), listening(snippet));
  const reports = await visit(host, file, app, { [name]: { address } });
  expect(reports[name].error, snippet.title).toBeUndefined();
  return reports[name].result as string[];
}

/** The page with a listener before it, which reports its lines once all are there, or its first error. */
function listening({ code, prints }: Snippet): string {
  return `<!doctype html><script>
const target = new URL(location.href).searchParams.get("report");
const send = (message) => fetch(target, { method: "POST", mode: "no-cors", body: JSON.stringify(message) });
const lines = [];
console.log = (...values) => lines.push(values.join(" "));
addEventListener("error", (event) => send({ error: event.message }), true);
addEventListener("unhandledrejection", (event) => send({ error: String(event.reason) }));
addEventListener("load", () => {
  const started = Date.now();
  const look = () => {
    if (lines.length >= ${prints.length} || Date.now() - started > 5000) send({ result: lines });
    else setTimeout(look, 20);
  };
  look();
});
</script>
${code}`;
}
