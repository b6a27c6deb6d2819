import { ExampleReader, type Preprocess, type SavedReader } from "../data/example-reader.ts";
import { ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import type { RandomState } from "../random.ts";
import type { Examples } from "./batches.ts";
import type { Validation } from "./fit-options.ts";
import type { SavedNetwork } from "./saved.ts";
import { columnNames, type Inputs, type Labels, labelsOf, type Table, tableOf } from "./table.ts";

/** Who asks for a table of inputs, and what must hold of it. */
interface Asked {
  /** How messages name the inputs, such as "predict: X". */
  role: string;
  /** The features that the network takes, where they are known. */
  nIn?: number;
  /** Whether there is something to learn from these examples. */
  learns?: boolean;
}

/**
 * Turns what people give as inputs and labels into tables: by the preprocessing, with class labels as numbers, and with
 * records' columns in one order.
 */
export class Intake {
  readonly reader: ExampleReader;
  readonly #dtype: DType;
  /** The names of the inputs' columns, where the first were records. */
  #columns: readonly string[] | undefined;

  constructor(preprocess: Preprocess | undefined, dtype: DType, saved?: SavedNetwork) {
    this.#dtype = dtype;
    this.#columns = saved?.columns;
    this.reader =
      saved === undefined ? new ExampleReader(preprocess) : ExampleReader.fromJSON(saved, preprocess);
  }

  /** @throws ArgumentError, ShapeError or DTypeError when the inputs do not fit */
  inputs(X: Inputs, { role, nIn, learns = false }: Asked): Table {
    const data = learns ? this.reader.learnInputs(X) : this.reader.inputs(X);
    const columns = this.#columns ?? columnNames(data);
    const table = tableOf(data, this.#dtype, role, columns);
    if (nIn !== undefined && table.width !== nIn) {
      throw new ShapeError(`${role} has ${table.width} features an example, but the network takes ${nIn}`);
    }
    this.#columns = columns;
    return table;
  }

  /**
   * @param width how many outputs the network has
   * @throws ArgumentError, ShapeError or DTypeError when the labels do not fit `count` examples
   */
  labels(Y: Labels, width: number, count: number, { role, learns = false }: Asked): Table {
    const data = learns ? this.reader.learnTargets(Y, width) : this.reader.targets(Y);
    return labelsOf(data, { dtype: this.#dtype, width, count, role });
  }

  /** Held-out examples for a network of nIn inputs and nOut outputs. */
  held({ X, Y }: Validation, nIn: number, nOut: number): Examples {
    const inputs = this.inputs(X, { role: "validation: X", nIn });
    return { X: inputs, Y: this.labels(Y, nOut, inputs.count, { role: "validation: Y" }) };
  }

  /** What a saved network needs to take inputs and give labels as this one does. */
  toJSON(): SavedReader & { columns?: readonly string[] } {
    return { ...(this.#columns !== undefined && { columns: this.#columns }), ...this.reader.toJSON() };
  }
}

/**
 * Holds a share of the examples out, at random.
 * @throws ShapeError when it leaves none to train on
 */
export function holdOut(
  { X, Y, weights }: Examples,
  share: number,
  random: RandomState,
): { kept: Examples; held: Examples } {
  const count = Math.max(1, Math.round(X.count * share));
  if (count >= X.count) {
    throw new ShapeError(`validation: ${share} of ${X.count} examples leaves none to train on`);
  }
  const order = random.permutation(X.count);
  const part = (indices: Int32Array): Examples => ({
    X: X.pick(indices),
    Y: Y.pick(indices),
    weights: weights?.pick(indices),
  });
  return { kept: part(order.subarray(count)), held: part(order.subarray(0, count)) };
}
