import { Arena } from "../../wasm/arena.ts";
import { LinearMemory, PlainPages } from "../../wasm/memory.ts";
import type { Runtime } from "../runtime.ts";
import { createReferenceKernels } from "./kernels.ts";

/** A runtime without WebAssembly: plain pages and the TypeScript kernels. */
export function startReference(): Runtime {
  const memory = new LinearMemory(new PlainPages(16));
  return {
    memory,
    arena: new Arena(memory),
    kernels: {
      float64: createReferenceKernels(memory, "float64"),
      float32: createReferenceKernels(memory, "float32"),
    },
  };
}
