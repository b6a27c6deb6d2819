import { ArgumentError } from "../errors.ts";
import { isList } from "../list.ts";
import { describe, type Numbers, readNumbers, readTable, type Table } from "./input.ts";
import { checkFields } from "./options.ts";

/** A column of numbers: flat, or n × 1 as a network holds it. */
export type Column = Numbers | Table;

/** One layer of the network: a linear node for each neuron, and the activation that follows it. */
export interface GraphLayer {
  /** The activation: `"sigmoid"`, `"tanh"`, `"relu"`, `"softmax"` or any other name; `"linear"` for none. */
  kind: string;
  /** How many neurons the layer has. */
  n: number;
  /** The weights, n × (neurons of the layer before). */
  W?: Table | undefined;
  /** The biases, n × 1. */
  b?: Column | undefined;
  /** The cost's gradient for each weight, shaped like W. */
  dW?: Table | undefined;
  /** The cost's gradient for each bias, n × 1. */
  db?: Column | undefined;
  /** The linear nodes' outputs, n × 1. */
  Z?: Column | undefined;
  /** The activations, n × 1. */
  A?: Column | undefined;
  /** The cost's gradient for each Z, n × 1. */
  dZ?: Column | undefined;
  /** The cost's gradient for each A, n × 1. */
  dA?: Column | undefined;
}

/** A network with its numbers for one example, as `drawGraph` draws it. Numbers that are absent are left out. */
export interface GraphDescription {
  /** The inputs: how many, their values (n × 1), the cost's gradient for each, and their names. */
  input: {
    /** How many. */
    n: number;
    /** Their values, n × 1. */
    A?: Column | undefined;
    /** The cost's gradient for each, n × 1. */
    dA?: Column | undefined;
    /** Their names; x₁, x₂, … unless given. */
    names?: readonly string[] | undefined;
  };
  /** The layers in forward order. */
  layers: readonly GraphLayer[];
  /** The cost: its name, its value, and the targets Y (n × 1). */
  cost?:
    | {
        /** What its node is called; "cost" unless given. */
        name?: string | undefined;
        /** What it comes to. */
        value?: number | undefined;
        /** The targets, n × 1. */
        Y?: Column | undefined;
      }
    | undefined;
}

export interface ReadLayer {
  readonly kind: string;
  readonly n: number;
  readonly W?: Float64Array;
  readonly dW?: Float64Array;
  readonly b?: Float64Array;
  readonly db?: Float64Array;
  readonly Z?: Float64Array;
  readonly dZ?: Float64Array;
  readonly A?: Float64Array;
  readonly dA?: Float64Array;
}

/** The checked description. */
export interface Graph {
  readonly input: { readonly n: number; readonly A?: Float64Array; readonly dA?: Float64Array };
  /** The name of an input. */
  readonly nameOf: (i: number) => string;
  readonly layers: readonly ReadLayer[];
  readonly cost?: { readonly name: string; readonly value?: number; readonly Y?: Float64Array };
}

const LAYER_FIELDS = ["kind", "n", "W", "b", "dW", "db", "Z", "A", "dZ", "dA"] satisfies (keyof GraphLayer)[];

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** An index as subscript digits. */
export function subscript(n: number): string {
  return [...String(n)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");
}

/** Checks a description: every size must agree with the layer before. */
export function readGraph(caller: string, given: GraphDescription): Graph {
  if (typeof given !== "object" || given === null || !given.input || !isList(given.layers)) {
    throw new ArgumentError(
      `${caller}: wanted { input, layers, cost } as describeGraph gives them, got ${describe(given)}.`,
    );
  }
  if (given.layers.length === 0) throw new ArgumentError(`${caller}: wanted at least one layer, got none.`);
  const n = readCount(caller, "input.n", given.input.n);
  const input = {
    n,
    A: readColumn(caller, "input.A", given.input.A, n),
    dA: readColumn(caller, "input.dA", given.input.dA, n),
  };
  const { names } = given.input;
  const areNames = isList(names) && names.length === n && names.every((name) => typeof name === "string");
  if (names !== undefined && !areNames) {
    throw new ArgumentError(`${caller}: input.names must be ${n} strings, got ${describe(names)}.`);
  }
  let before = n;
  const layers = given.layers.map((layer, i) => {
    const read = readLayer(caller, layer, i, before);
    before = read.n;
    return read;
  });
  return {
    input,
    nameOf: (i) => names?.[i] ?? `x${subscript(i + 1)}`,
    layers,
    cost: readCost(caller, given.cost, before),
  };
}

function readCount(caller: string, name: string, given: unknown): number {
  if (typeof given === "number" && Number.isInteger(given) && given > 0) return given;
  throw new ArgumentError(`${caller}: ${name} must be a whole number above 0, got ${describe(given)}.`);
}

function readLayer(caller: string, layer: GraphLayer, i: number, before: number): ReadLayer {
  if (typeof layer !== "object" || layer === null || typeof layer.kind !== "string") {
    throw new ArgumentError(`${caller}: layer ${i} must be { kind, n, … }, got ${describe(layer)}.`);
  }
  checkFields(caller, `layer ${i}`, layer, LAYER_FIELDS);
  const n = readCount(caller, `layers[${i}].n`, layer.n);
  const matrix = (name: "W" | "dW"): Float64Array | undefined => {
    if (layer[name] === undefined) return undefined;
    const table = readTable(caller, `layers[${i}].${name}`, layer[name]);
    if (table.rows === n && table.cols === before) return table.data;
    throw new ArgumentError(
      `${caller}: layers[${i}].${name} must be ${n} × ${before}, got ${table.rows} × ${table.cols}.`,
    );
  };
  const column = (name: "b" | "db" | "Z" | "dZ" | "A" | "dA") =>
    readColumn(caller, `layers[${i}].${name}`, layer[name], n);
  return {
    kind: layer.kind,
    n,
    W: matrix("W"),
    dW: matrix("dW"),
    b: column("b"),
    db: column("db"),
    Z: column("Z"),
    dZ: column("dZ"),
    A: column("A"),
    dA: column("dA"),
  };
}

function readColumn(caller: string, name: string, given: unknown, n: number): Float64Array | undefined {
  if (given === undefined) return undefined;
  const flat = isList(given) && !isList(given[0]);
  const grid = flat ? undefined : readTable(caller, name, given);
  const data = grid ? grid.data : readNumbers(caller, name, given);
  if (data.length === n && (!grid || grid.cols === 1)) return data;
  const got = grid ? `${grid.rows} × ${grid.cols}` : `${data.length} numbers`;
  const hint = grid && grid.rows === n ? " The graph shows one example: hand over one column." : "";
  throw new ArgumentError(`${caller}: ${name} must be ${n} × 1, got ${got}.${hint}`);
}

function readCost(caller: string, given: GraphDescription["cost"], outputs: number): Graph["cost"] {
  if (given === undefined) return undefined;
  if (typeof given !== "object" || given === null) {
    throw new ArgumentError(`${caller}: cost must be { name, value, Y }, got ${describe(given)}.`);
  }
  const { name = "cost", value } = given;
  if (typeof name !== "string") {
    throw new ArgumentError(`${caller}: cost.name must be a string, got ${describe(name)}.`);
  }
  if (value !== undefined && !Number.isFinite(value)) {
    throw new ArgumentError(`${caller}: cost.value must be a finite number, got ${describe(value)}.`);
  }
  return { name, value, Y: readColumn(caller, "cost.Y", given.Y, outputs) };
}
