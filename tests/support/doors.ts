import * as library from "../../src/index.ts";

/** A function or class that the library exports. */
// biome-ignore lint/suspicious/noExplicitAny: whatever it takes
export type Exported = ((...args: any[]) => unknown) & { prototype?: object };

export const isClass = (value: unknown) => /^class\b/.test(String(value));

/** Met by way of the classes that extend them. */
const bases = new Set<unknown>([library.ActivationLayer, library.Optimizer, library.NothingButWasmError]);

/** Members that are not for users: called by other members, with what these have checked. */
const internal = new Set([
  ...["constructor", "resizeColumns", "relied", "gradient", "compare", "compared"],
  ...["title", "activation", "derivative"],
  ...["begin", "update", "memoryOf", "trainedOf", "shrink", "examples"],
  // for trainInWorker
  ...["standing", "stateFor", "restoreFor", "counters", "give", "end", "parts"],
  // for RecordEncoder, whose rows are checked already
  "scaled",
  // for a network's labels, which it names itself
  "encoded",
  // for optimizers
  "hasGradients",
  // for explain
  ...["powers", "memoriesOf"],
  // a fitSync that lets the event loop turn: the same checks, as a promise that is rejected
  ...["fit", "epochs"],
]);

/** Refused elsewhere: threads answer by a promise, in tests/threads. Named, so that a new export needs a table. */
const elsewhere = new Set(["setThreads", "getThreads"]);

/** Every other function and class of the library but the errors. */
export const exported = Object.entries(library).filter(
  ([name, value]) =>
    !elsewhere.has(name) &&
    typeof value === "function" &&
    !bases.has(value) &&
    !(value.prototype instanceof library.NothingButWasmError),
) as [string, Exported][];

/** The names of a class's methods and accessors, inherited ones too. */
export function membersOf(Class: Exported): string[] {
  const names = new Set<string>();
  for (let each = Class.prototype; each && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    for (const key of Object.getOwnPropertyNames(each)) if (!internal.has(key)) names.add(key);
  }
  return [...names];
}

/** The names of a class's static methods. */
export function staticsOf(Class: Exported): string[] {
  return Object.getOwnPropertyNames(Class).filter((key) => !/^(length|name|prototype)$/.test(key));
}
