import { HostError } from "../errors.ts";
import { exportsOf, type WasmExports } from "./exports.ts";

/** Pages at the start: 1 MiB, which a small net never outgrows. */
const FIRST_PAGES = 16;

/**
 * Starts the kernels, synchronously, on a new memory or a given one.
 * @param source a compiled module, or the bytes of one
 * @throws HostError when the host bars or lacks what the kernels need
 */
export function instantiate(
  source: WebAssembly.Module | BufferSource,
  given?: WebAssembly.Memory,
): {
  exports: WasmExports;
  memory: WebAssembly.Memory;
  module: WebAssembly.Module;
} {
  if (typeof WebAssembly !== "object") {
    throw new HostError(
      'this host has no WebAssembly; import from "nothing-but-wasm/reference", which runs the same kernels in plain TypeScript',
    );
  }
  try {
    const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
    const memory = given ?? new WebAssembly.Memory({ initial: FIRST_PAGES });
    return { exports: exportsOf(module, memory), memory, module };
  } catch (cause) {
    throw new HostError(describeFailure(cause), { cause });
  }
}

function describeFailure(cause: unknown): string {
  const said = cause instanceof Error ? cause.message : String(cause);
  if (/content security policy|\bCSP\b|unsafe-eval|code generation|disallowed by embedder/i.test(said)) {
    return `this page's or host's policy forbids compiling WebAssembly (${said}); allow it with script-src 'wasm-unsafe-eval', give init() a compiled WebAssembly.Module (in workerd by its condition), or import from "nothing-but-wasm/reference"`;
  }
  return `the Wasm kernels could not be started: ${said}`;
}
