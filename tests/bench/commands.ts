// The benchmark's files, loaded or run as commands.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const bench = fileURLToPath(new URL("../../bench/", import.meta.url));

/** The benchmark is plain JavaScript, since it runs on every engine as it is. */
export const load = (file: string) => import(/* @vite-ignore */ path.join(bench, file));

/** What a command prints. */
export const run = (file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  execFileSync(process.execPath, [path.join(bench, file), ...args], { encoding: "utf8", env });

/** How a command ends, and what it prints. */
export const ending = (file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(process.execPath, [path.join(bench, file), ...args], { encoding: "utf8", env });

/** Works in a folder of its own, which is removed when the work is done. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-test-"));
  const remove = () => rmSync(folder, { recursive: true });
  let result: T;
  try {
    result = work(folder);
  } catch (error) {
    remove();
    throw error;
  }
  if (result instanceof Promise) return result.finally(remove) as T;
  remove();
  return result;
}
