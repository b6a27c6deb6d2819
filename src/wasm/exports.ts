/** A compiled kernel. */
export type WasmKernel = (...operands: number[]) => number;

/** The compiled kernels by name (assembly/index.ts). */
export type WasmExports = Record<string, WasmKernel>;

/**
 * The kernels of a module on a memory. Their exports are bare, since they take and give numbers: @assemblyscript/loader
 * prepares strings, arrays and classes at every start, which is 1 of 11 ms to the first epoch of a process, for nothing.
 */
export function exportsOf(module: WebAssembly.Module, memory: WebAssembly.Memory): WasmExports {
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as WasmExports;
}

/** What the checked build calls where an assertion fails; it traps then. What failed, and where, are addresses of strings, which
 *  @assemblyscript/loader reads (tests/kernels/contract.test.ts). */
function abort(): void {}
