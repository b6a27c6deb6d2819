// What the processor allows, measured in turns with the contenders: nanoseconds for one 128-bit operation.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Contender } from "./contender.mjs";
import { CHAINS, expectedSum, limitModule, STEPS } from "./limit.mjs";
import { scratch } from "./scratch.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** The numbers of a vector. */
export const lanes = (dtype) => (dtype === "float64" ? 2 : 4);

let written;

/** The limit's module, written once: what reads it may have begun when the next yardstick is made. */
function limitFile() {
  if (written === undefined) {
    written = scratch("limit.wasm");
    writeFileSync(written, limitModule());
  }
  return written;
}

/** Measures one operation of the limit's module: "mulAdd" or "divide". */
export class Yardstick {
  #process;
  #operation;
  #ready;

  /** Flags are left out: they may change what the engine does with 128-bit operations. */
  constructor({ command, args, flags }, operation) {
    const plain = args(here("contenders/limit.mjs"), limitFile()).filter((part) => !flags.includes(part));
    this.#process = new Contender("limit", command, plain);
    this.#operation = operation;
  }

  /** Makes the kernel of a dtype ready and checks its result to the last bit. */
  async prepare(dtype) {
    if (this.#ready === dtype) return;
    const workload = { kind: "limit", operation: this.#operation, dtype, x: 0.5, a: 0.999, b: 0.00075 };
    const { check } = await this.#process.prepare(workload);
    const wanted = expectedSum(workload);
    if (check[0] !== wanted) throw new Error(`the limit's ${dtype} kernel gives ${check[0]}, not ${wanted}`);
    this.#ready = dtype;
  }

  /** Nanoseconds a 128-bit operation, a multiplication and an addition each being one. */
  async time(milliseconds) {
    const operations = STEPS * CHAINS * (this.#operation === "mulAdd" ? 2 : 1);
    return (await this.#process.time(milliseconds)) / operations;
  }

  close() {
    this.#process.close();
  }
}
