import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect } from "vitest";
import fingerprints from "./programs/fingerprints.json" with { type: "json" };
import { find, inHost } from "./support/hosts.ts";
import { installPacked } from "./support/packed.ts";
import { type Started, start } from "./support/run.ts";

let app: string;
let remove: () => void;

beforeAll(async () => {
  ({ app, remove } = await installPacked());
});
afterAll(() => remove?.());

/** Bundles a worker as its deployment tool does: .wasm files stay beside it as modules of their own. */
async function bundle(program: string, conditions: string[], wasm?: string): Promise<string> {
  const folder = path.join(app, path.basename(program, ".mjs"));
  await build({
    absWorkingDir: app,
    entryPoints: [program],
    outfile: path.join(folder, "worker.js"),
    bundle: true,
    minify: true,
    format: "esm",
    conditions,
    external: ["*.wasm"],
    logLevel: "warning",
  });
  const modules = [`(name = "worker.js", esModule = embed "worker.js")`];
  if (wasm !== undefined) {
    mkdirSync(path.dirname(path.join(folder, wasm)), { recursive: true });
    copyFileSync(path.join(app, "node_modules/nothing-but-wasm/dist/kernels.wasm"), path.join(folder, wasm));
    modules.push(`(name = "${wasm}", wasm = embed "${wasm}")`);
  }
  writeFileSync(
    path.join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [${modules.join(", ")}], compatibilityDate = "2024-01-01"))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`,
  );
  return folder;
}

/** Serves the worker and gives its one answer. */
async function answer(workerd: string, folder: string): Promise<unknown> {
  const server = start(workerd, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["pipe"],
  });
  try {
    const port = await listening(server);
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(30_000) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status}: ${text}\n${server.printed()}`);
    return JSON.parse(text);
  } finally {
    server.stop();
    await server.exited;
  }
}

/** The port, which the host tells on its control stream. */
function listening(server: Started): Promise<number> {
  return new Promise((resolve, reject) => {
    let told = "";
    server.child.stdio[3]!.on("data", (piece) => {
      told += piece;
      const port = /"port":(\d+)/.exec(told);
      if (port) resolve(Number(port[1]));
    });
    server.exited.then((end) => reject(new Error(`workerd ended: ${end}\n${server.printed()}`)));
    setTimeout(() => reject(new Error(`workerd listens nowhere\n${server.printed()}`)), 30_000).unref();
  });
}

describe("workerd, which compiles no bytes", () => {
  inHost("workerd", "takes the kernels as a module, by the condition workerd", async () => {
    const folder = await bundle("worker.mjs", ["workerd", "worker", "browser"], "kernels.wasm");
    expect(await answer(find("workerd")!, folder)).toEqual({
      xor: fingerprints["the article's XOR"],
      family: fingerprints,
    });
  });

  inHost("workerd", "takes the kernels as a module given to init, by the slim entry", async () => {
    const folder = await bundle("worker-slim.mjs", [], "nothing-but-wasm/kernels.wasm");
    expect(await answer(find("workerd")!, folder)).toEqual({ family: fingerprints });
  });

  inHost("workerd", "refuses inlined bytes with one HostError that says what to do", async () => {
    const folder = await bundle("worker-barred.mjs", []);
    expect(await answer(find("workerd")!, folder)).toEqual({
      isHostError: true,
      message: expect.stringMatching(
        /forbids compiling WebAssembly .* pass a compiled WebAssembly\.Module to init\(\)/s,
      ),
    });
  });
});
