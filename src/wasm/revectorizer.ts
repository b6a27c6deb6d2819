/** What is read of Node's `process`; the library has no types of any host. */
interface NodeProcess {
  readonly arch?: string;
  readonly versions?: { readonly node?: string };
  getBuiltinModule?(name: "node:v8"): { setFlagsFromString(flag: string): void } | undefined;
}

/**
 * Turns on V8's revectorizer, which is off by default, for modules compiled from now on. Its flag exists in Node 24 and
 * later; it works on x64, for processors with AVX2.
 *
 * @returns whether this host has it: only Node on x64 does. Deno compiles with checks between the loads, which keep the
 *   pairs apart; a browser's flags are not a page's to set
 */
export function turnOnRevectorizer(): boolean {
  const { Deno, Bun, process } = globalThis as { Deno?: unknown; Bun?: unknown; process?: NodeProcess };
  if (Deno !== undefined || Bun !== undefined || process?.arch !== "x64") return false;
  if (!(Number.parseInt(process.versions?.node ?? "", 10) >= 24)) return false;
  const v8 = process.getBuiltinModule?.("node:v8");
  v8?.setFlagsFromString("--experimental-wasm-revectorize");
  return v8 !== undefined;
}
