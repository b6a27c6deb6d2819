import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { Arena } from "../wasm/arena.ts";
import type { WasmExports } from "../wasm/exports.ts";
import { instantiate } from "../wasm/instantiate.ts";
import { LinearMemory } from "../wasm/memory.ts";
import { createBlockedProduct, createBlockSteps, reserveRoom } from "./blocked-product.ts";
import type { DType } from "./dtype.ts";
import type { Kernels } from "./kernels.ts";
import { isWide } from "./tile.ts";
import { createWasmKernels } from "./wasm.ts";
import { Workspace } from "./workspace.ts";

/** The memory, its allocator and the kernels that work on it. One program has one. */
export interface Runtime {
  readonly memory: LinearMemory;
  readonly arena: Arena;
  /** The objects stay for good, since layers hold them; threads exchange their functions. */
  readonly kernels: Readonly<Record<DType, Kernels>>;
  /** What the kernels were started from, and their scratch room; not in the runtime of the reference. */
  readonly wasm?: {
    readonly module: WebAssembly.Module;
    readonly workspace: Workspace;
    /** The module's bytes, which a module does not give back; undefined when only the module was given. */
    readonly bytes: (() => Uint8Array) | undefined;
  };
  /**
   * Finds the scratch room of a product (m×n) over k, where the kernels need some, before an output is resized for it;
   * `transposeB` says whether the right operand is stored transposed.
   * @throws OutOfMemoryError when the memory cannot hold it
   */
  readonly reserve?: (dtype: DType, m: number, n: number, k: number, transposeB?: boolean) => void;
}

let current: Runtime | undefined;
/** How to start: chosen by the program, or else what the entries it imported bring along. */
let chosen: (() => Runtime) | undefined;
let brought: () => Runtime;
/** The bytes that the entry brings along, if it brings them. */
let broughtBytes: (() => Uint8Array) | undefined;

/** The runtime, started by its first use. */
export function runtime(): Runtime {
  current ??= (chosen ?? brought)();
  return current;
}

/**
 * The Wasm runtime on a module or its bytes.
 * @param bytes gives the bytes again whenever it is asked
 */
export function startWasm(source: WebAssembly.Module | BufferSource, bytes?: () => Uint8Array): Runtime {
  const { exports, memory: pages, module } = instantiate(source);
  const memory = new LinearMemory(pages);
  const arena = new Arena(memory);
  const workspace = new Workspace(arena);
  const kernels = {
    float64: createPlainKernels(exports, "float64", memory, workspace),
    float32: createPlainKernels(exports, "float32", memory, workspace),
  };
  return {
    memory,
    arena,
    kernels,
    wasm: { module, workspace, bytes },
    reserve: reserveRoom.bind(undefined, workspace, isWide(exports)),
  };
}

/** The kernels of one thread. */
export function createPlainKernels(
  exports: WasmExports,
  dtype: DType,
  memory: LinearMemory,
  workspace: Workspace,
): Kernels {
  const steps = createBlockSteps(exports, dtype);
  return createWasmKernels(exports, dtype, createBlockedProduct(steps, workspace), memory, workspace);
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

/**
 * Sets how the runtime starts when nothing was chosen: every entry that has kernels, or is given them, says how.
 * @param bytes gives the kernels' bytes, where the entry has them
 */
export function startByDefaultWith(starter: () => Runtime, bytes?: () => Uint8Array): void {
  brought = starter;
  broughtBytes = bytes;
}

/** The same of an entry that has none, whose starter only says so: those of any other go before it. */
export function startOtherwiseWith(starter: () => Runtime): void {
  brought ??= starter;
}

/**
 * The same of an entry whose kernels go before those of the others, whichever is imported last: a library that a program uses may
 * import the usual entry too. What the program chose itself, and what has started, stays.
 */
export function startPreferablyWith(starter: () => Runtime, bytes: () => Uint8Array): void {
  chosen ??= starter;
  broughtBytes = bytes;
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
 * @param moduleOrBytes a `WebAssembly.Module` of kernels.wasm, or its bytes; the bundled bytes when left out. Typed as any object
 *   but a promise, since only the types of a browser know WebAssembly
 * @throws ArgumentError when the argument is neither, or comes after the kernels have started
 * @throws HostError when the host cannot start them
 * @example
 * init();                                                   // start now
 * // or: init(await WebAssembly.compileStreaming(fetch(url)))
 */
export function init(moduleOrBytes?: object & { then?: never }): void {
  if (moduleOrBytes === undefined) {
    runtime();
    return;
  }
  if (!isModuleOrBytes(moduleOrBytes)) {
    throw new ArgumentError(
      `init takes a WebAssembly.Module or the bytes of one, not ${describe(moduleOrBytes)}`,
    );
  }
  refuseIfStarted();
  current = startWasm(moduleOrBytes, keptBytes(moduleOrBytes) ?? broughtBytes);
}

/** A copy, since the bytes are the caller's; none of a module, which keeps its bytes to itself. */
function keptBytes(source: WebAssembly.Module | BufferSource): (() => Uint8Array) | undefined {
  if (!(source instanceof ArrayBuffer || ArrayBuffer.isView(source))) return undefined;
  const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(source) ? source : new Uint8Array(source);
  const kept = new Uint8Array(buffer, byteOffset, byteLength).slice();
  return () => kept;
}

function isModuleOrBytes(value: object): value is WebAssembly.Module | BufferSource {
  return (
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    (typeof WebAssembly === "object" && value instanceof WebAssembly.Module)
  );
}
