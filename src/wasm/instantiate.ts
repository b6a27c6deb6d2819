import { HostError } from "../errors.ts";
import { isLowestFirst } from "./byte-order.ts";
import { exportsOf, type WasmExports } from "./exports.ts";
import { stamp } from "./generated/stamp.ts";

/** Pages at the start: 1 MiB, which a small net never outgrows. */
const FIRST_PAGES = 16;

const INSTEAD = 'import from "nothing-but-wasm/reference", which runs the same kernels in plain TypeScript';

/**
 * Starts the kernels, synchronously, on a new memory or a given one.
 * @param source a compiled module, or the bytes of one
 * @throws HostError when the host bars or lacks what the kernels need, or these are not of this library's sources
 */
export function instantiate(
  source: WebAssembly.Module | BufferSource,
  given?: WebAssembly.Memory,
): {
  exports: WasmExports;
  memory: WebAssembly.Memory;
  module: WebAssembly.Module;
} {
  const fits = isLowestFirst();
  if (typeof WebAssembly !== "object" || !fits) {
    const lack = fits ? "no WebAssembly" : "another order of bytes than WebAssembly";
    throw new HostError(`this host has ${lack}; ${INSTEAD}`);
  }
  try {
    const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
    const memory = given ?? new WebAssembly.Memory({ initial: FIRST_PAGES });
    const exports = exportsOf(module, memory);
    // a global, of which Number makes its value
    if (Number(exports.stamp) !== stamp) {
      throw new Error("init() was given another version's kernels.wasm, not this one's");
    }
    return { exports, memory, module };
  } catch (cause) {
    throw new HostError(describeFailure(cause), { cause });
  }
}

function describeFailure(cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  if (/content security policy|\bCSP\b|unsafe-eval|code generation|disallowed by embedder/i.test(said)) {
    return `this page's or host's policy forbids compiling WebAssembly (${said}); allow it with script-src 'wasm-unsafe-eval', give init() a compiled WebAssembly.Module (in workerd by its condition), or ${INSTEAD}`;
  }
  return `the Wasm kernels could not be started: ${said}; ${INSTEAD}`;
}
