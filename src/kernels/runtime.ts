import { ArgumentError } from "../errors.ts";
import { Arena } from "../wasm/arena.ts";
import { kernelBytes } from "../wasm/bytes.ts";
import { instantiate } from "../wasm/instantiate.ts";
import { LinearMemory } from "../wasm/memory.ts";
import type { DType } from "./dtype.ts";
import type { Kernels } from "./kernels.ts";
import { createWasmKernels } from "./wasm.ts";
import { Workspace } from "./workspace.ts";

/** The memory, its allocator and the kernels that work on it. One program has one. */
export interface Runtime {
  readonly memory: LinearMemory;
  readonly arena: Arena;
  readonly kernels: Readonly<Record<DType, Kernels>>;
}

let current: Runtime | undefined;
let start: () => Runtime = () => startWasm(kernelBytes());

/** The runtime, started by its first use. */
export function runtime(): Runtime {
  current ??= start();
  return current;
}

/** The Wasm runtime on a module or its bytes. */
export function startWasm(source: WebAssembly.Module | BufferSource): Runtime {
  const { exports, memory: pages } = instantiate(source);
  const memory = new LinearMemory(pages);
  const arena = new Arena(memory);
  const workspace = new Workspace(arena);
  return {
    memory,
    arena,
    kernels: {
      float64: createWasmKernels(exports, "float64", workspace),
      float32: createWasmKernels(exports, "float32", workspace),
    },
  };
}

/**
 * Sets how the runtime starts when it is first used.
 * @throws ArgumentError when it has started already: its matrices live in the memory of the first
 */
export function startWith(starter: () => Runtime): void {
  refuseIfStarted();
  start = starter;
}

function refuseIfStarted(): void {
  if (current !== undefined) {
    throw new ArgumentError("the kernels have started already; choose them before the first matrix is made");
  }
}

/**
 * Starts the kernels now instead of at the first matrix, and, when given, from your own module: for hosts that
 * forbid compiling bytes, and for pages that compile `nothing-but-wasm/kernels.wasm` while it streams in.
 * Calling it is optional; without an argument it may be called any number of times.
 *
 * @param moduleOrBytes a `WebAssembly.Module` of kernels.wasm, or its bytes; the bundled bytes when left out
 * @throws ArgumentError when the argument is neither, or comes after the kernels have started
 * @throws HostError when the host cannot start them
 * @example
 * init();                                                   // start now
 * // or: init(await WebAssembly.compileStreaming(fetch(url)))
 */
export function init(moduleOrBytes?: WebAssembly.Module | BufferSource): void {
  if (moduleOrBytes === undefined) {
    runtime();
    return;
  }
  if (!isModuleOrBytes(moduleOrBytes)) {
    throw new ArgumentError(
      `init takes a WebAssembly.Module or the bytes of one, not ${moduleOrBytes === null ? "null" : typeof moduleOrBytes}`,
    );
  }
  refuseIfStarted();
  current = startWasm(moduleOrBytes);
}

function isModuleOrBytes(value: unknown): boolean {
  return (
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    (typeof WebAssembly === "object" && value instanceof WebAssembly.Module)
  );
}
