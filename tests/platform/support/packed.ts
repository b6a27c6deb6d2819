import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

/** The checkout. */
export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** An empty folder outside the checkout, with the way to remove it. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "nothing-but-wasm-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Packs the package as it would be published; returns the tarball's path. */
export async function pack(from: string, into: string): Promise<string> {
  await run(
    process.platform === "win32" ? "npm.cmd" : "npm",
    ["pack", "--ignore-scripts", "--pack-destination", into],
    {
      cwd: from,
    },
  );
  const tarball = readdirSync(into).find((name) => name.endsWith(".tgz"));
  return path.join(into, tarball!);
}

/**
 * A program's folder outside the checkout, where the packed package is installed as npm would lay it, with no network,
 * and where the test programs lie beside it.
 */
export async function installPacked(): Promise<{ app: string; remove: () => void }> {
  const { folder, remove } = temporaryFolder();
  const tarball = await pack(root, folder);
  const app = path.join(folder, "app");
  const installed = path.join(app, "node_modules", "nothing-but-wasm");
  mkdirSync(installed, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"], { cwd: folder });
  cpSync(path.join(root, "tests/platform/programs"), app, { recursive: true });
  const manifest = { private: true, type: "module", dependencies: { "nothing-but-wasm": "*" } };
  writeFileSync(path.join(app, "package.json"), JSON.stringify(manifest));
  return { app, remove };
}
