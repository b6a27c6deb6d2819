import {
  ExampleReader,
  type Inputs,
  type Labels,
  type ReaderStanding,
  type SavedReader,
} from "../data/example-reader.ts";
import type { Preprocess } from "../data/preprocessing-steps.ts";
import { copied } from "../data/preprocessor.ts";
import { counted } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import type { LayerSpec } from "../layers/specs.ts";
import { widthAfter } from "./graph.ts";
import type { SavedNetwork } from "./saved.ts";
import { columnNames, labelsOf, type Table, tableOf } from "./table.ts";

/** Who asks for a table of inputs, and what must hold of it. */
interface Asked {
  /** How messages name the inputs, such as "predict: X". */
  role: string;
  /** The features that the network takes, where they are known. */
  nIn?: number;
  /** Whether there is something to learn from these examples. */
  learns?: boolean;
  /** The examples that the preprocessing learns from; all unless given. */
  among?: Int32Array;
}

interface IntakeStanding {
  readonly columns: readonly string[] | undefined;
  readonly labelColumns: readonly string[] | undefined;
  readonly reader: ReaderStanding;
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
  /** The names of the labels' columns, where the first were records. */
  #labelColumns: readonly string[] | undefined;

  constructor(preprocess: Preprocess | undefined, dtype: DType, saved?: SavedNetwork) {
    this.#dtype = dtype;
    this.#columns = copied(saved?.columns);
    this.#labelColumns = copied(saved?.labelColumns);
    this.reader =
      saved === undefined ? new ExampleReader(preprocess) : ExampleReader.fromJSON(saved, preprocess);
  }

  /** The names of the columns that reach the first layer, where they have some. */
  get columns(): readonly string[] | undefined {
    return this.#columns;
  }

  get labelColumns(): readonly string[] | undefined {
    return this.#labelColumns;
  }

  /** @throws ArgumentError, ShapeError or DTypeError when the inputs do not fit */
  inputs(X: Inputs, { role, nIn, learns = false, among }: Asked): Table {
    const data = learns ? this.reader.learnInputs(X, among) : this.reader.inputs(X);
    const columns = this.#columnsOf(data, this.#columns, learns, role);
    const table = tableOf(data, this.#dtype, role, columns);
    if (nIn !== undefined && table.width !== nIn) {
      throw new ShapeError(
        `${role} has ${counted(table.width, "feature")} an example, but the network takes ${nIn}`,
      );
    }
    if (learns) this.#columns = columns;
    return table;
  }

  /**
   * @param width how many outputs the network has
   * @throws ArgumentError, ShapeError or DTypeError when the labels do not fit `count` examples
   */
  labels(Y: Labels, width: number, count: number, { role, learns = false }: Asked): Table {
    const data = learns ? this.reader.learnTargets(Y, width, role) : this.reader.targets(Y, role);
    const columns = this.#columnsOf(data, this.#labelColumns, learns, role);
    const table = labelsOf(data, { dtype: this.#dtype, width, count, role, columns });
    if (learns) this.#labelColumns = columns;
    return table;
  }

  /**
   * The columns of records in the order in which they are read: as learned, or, before anything is, as these have them.
   * @throws ArgumentError for records where what was learned are rows without names
   */
  #columnsOf(
    data: Inputs | Labels,
    known: readonly string[] | undefined,
    learns: boolean,
    role: string,
  ): readonly string[] | undefined {
    const names = columnNames(data);
    if (!this.reader.isSettled) return learns ? names : (known ?? names);
    if (names !== undefined && known === undefined) {
      throw new ArgumentError(
        `${role} has records, but the network was trained on rows, whose columns have no names; give rows in that order`,
      );
    }
    return known;
  }

  /**
   * Inputs with their labels, for a network of such layers.
   * @param asked its `role` is what both are for, such as "fit: "
   * @throws ArgumentError, ShapeError or DTypeError when they do not fit
   */
  tables(X: Inputs, Y: Labels, specs: readonly LayerSpec[], asked: Asked): { X: Table; Y: Table } {
    const { role, learns } = asked;
    const inputs = this.inputs(X, { ...asked, role: `${role}X` });
    const width = widthAfter(specs, inputs.width);
    return { X: inputs, Y: this.labels(Y, width, inputs.count, { role: `${role}Y`, learns }) };
  }

  /** What it has learned, to be put back. */
  get standing(): IntakeStanding {
    return { columns: this.#columns, labelColumns: this.#labelColumns, reader: this.reader.standing };
  }

  set standing({ columns, labelColumns, reader }: IntakeStanding) {
    this.#columns = columns;
    this.#labelColumns = labelColumns;
    this.reader.standing = reader;
  }

  /** What a saved network needs to take inputs and give labels as this one does. */
  toJSON(): SavedReader & Pick<SavedNetwork, "columns" | "labelColumns"> {
    const [columns, labelColumns] = copied([this.#columns, this.#labelColumns]);
    return {
      ...(columns !== undefined && { columns }),
      ...(labelColumns !== undefined && { labelColumns }),
      ...this.reader.toJSON(),
    };
  }
}
