import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { type Started, start } from "./run.ts";

/** Bundles a worker of the folder as its deployment tool does: .wasm files stay beside it as modules of their own. */
export async function bundleWorker(
  app: string,
  program: string,
  conditions: string[],
  wasm?: string,
): Promise<string> {
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
export async function answer(workerd: string, folder: string): Promise<unknown> {
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
