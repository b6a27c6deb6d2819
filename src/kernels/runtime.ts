import { ArgumentError, HostError } from "../errors.ts";
import { Arena } from "../wasm/arena.ts";
import { instantiate, type WasmExports } from "../wasm/instantiate.ts";
import { LinearMemory } from "../wasm/memory.ts";
import type { DType } from "./dtype.ts";
import type { Kernels } from "./kernels.ts";
import { createPackedProduct, createPackedSteps } from "./packed-product.ts";
import { createWasmKernels } from "./wasm.ts";
import { Workspace } from "./workspace.ts";

/** The memory, its allocator and the kernels that work on it. One program has one. */
export interface Runtime {
  readonly memory: LinearMemory;
  readonly arena: Arena;
  /** The objects stay for good, since layers hold them; threads exchange their functions. */
  readonly kernels: Readonly<Record<DType, Kernels>>;
  /** What the kernels were started from, and their scratch room; not in the runtime of the reference. */
  readonly wasm?: { readonly module: WebAssembly.Module; readonly workspace: Workspace };
}

let current: Runtime | undefined;
/** How to start: chosen by the program, or else what the entry it imported brings along. */
let chosen: (() => Runtime) | undefined;
let brought: (() => Runtime) | undefined;

/** The runtime, started by its first use. */
export function runtime(): Runtime {
  if (current === undefined) {
    const start = chosen ?? brought;
    if (start === undefined) {
      throw new HostError(
        'no kernels yet: "nothing-but-wasm/slim" carries none, so call init() with the WebAssembly.Module of nothing-but-wasm/kernels.wasm before anything else',
      );
    }
    current = start();
  }
  return current;
}

/** The Wasm runtime on a module or its bytes. */
export function startWasm(source: WebAssembly.Module | BufferSource): Runtime {
  const { exports, memory: pages, module } = instantiate(source);
  const memory = new LinearMemory(pages);
  const arena = new Arena(memory);
  const workspace = new Workspace(arena);
  const kernels = {
    float64: createPlainKernels(exports, "float64", workspace),
    float32: createPlainKernels(exports, "float32", workspace),
  };
  return { memory, arena, kernels, wasm: { module, workspace } };
}

/** The kernels of one thread. */
export function createPlainKernels(exports: WasmExports, dtype: DType, workspace: Workspace): Kernels {
  return createWasmKernels(exports, dtype, createPackedProduct(createPackedSteps(exports, dtype), workspace));
}

/**
 * Sets how the runtime starts when it is first used; a second time by the same starter changes nothing.
 * @throws ArgumentError when it has started already: its matrices live in the memory of the first
 */
export function startWith(starter: () => Runtime): void {
  if (chosen === starter) return;
  refuseIfStarted();
  chosen = starter;
}

/** Sets how the runtime starts when nothing was chosen; what the entries export does this, but for the slim one. */
export function startByDefaultWith(starter: () => Runtime): void {
  brought = starter;
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
