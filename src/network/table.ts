import type { Inputs, Labels } from "../data/example-reader.ts";
import { type DataRecord, strayColumn } from "../data/rows.ts";
import { counted, describe, describeOther, quoted } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import type { DType, DTypeArray } from "../kernels/dtype.ts";
import { isList } from "../list.ts";
import { checkMatrix, Matrix } from "../matrix.ts";
import { didMean } from "../options.ts";

/** Examples, one a row: arrays or typed arrays of numbers, or records with named columns. */
export type Rows = ArrayLike<ArrayLike<number>> | ArrayLike<DataRecord>;

/** Examples in the order in which batches read them: example after example, so that a shuffled batch reads whole lines. */
export class Table {
  /** count × width numbers. */
  readonly values: DTypeArray;
  /** Numbers of one example. */
  readonly width: number;
  /** Number of examples. */
  readonly count: number;

  constructor(values: DTypeArray, width: number) {
    this.values = values;
    this.width = width;
    this.count = values.length / width;
  }

  /**
   * Writes `count` examples to the columns of `out`, whose number of columns becomes theirs: those that `order` lists
   * from `start` on, or, without an order, those from `start` on.
   */
  load(out: Matrix, start: number, count: number, order?: Int32Array): void {
    if (out.cols !== count) out.resizeColumns(count);
    const { values, width } = this;
    const { data } = out;
    const first = (j: number) => (order === undefined ? start + j : order[start + j]) * width;
    let j = 0;
    // Four at once, which lie side by side in `out`: an example alone writes a number to each line of a column, and comes
    // back to a line when wide examples have driven it out of the nearest cache.
    for (; j + 4 <= count; j += 4) {
      const [a, b, c, d] = [first(j), first(j + 1), first(j + 2), first(j + 3)];
      for (let i = 0, to = j; i < width; i++, to += count) {
        data[to] = values[a + i];
        data[to + 1] = values[b + i];
        data[to + 2] = values[c + i];
        data[to + 3] = values[d + i];
      }
    }
    for (; j < count; j++) {
      const from = first(j);
      for (let i = 0, to = j; i < width; i++, to += count) data[to] = values[from + i];
    }
  }

  /** The examples that `indices` lists, in that order. */
  pick(indices: Int32Array): Table {
    const { values, width } = this;
    const picked = emptyLike(values, indices.length * width);
    for (let j = 0; j < indices.length; j++) {
      picked.set(values.subarray(indices[j] * width, (indices[j] + 1) * width), j * width);
    }
    return new Table(picked, width);
  }
}

function emptyLike(values: DTypeArray, length: number): DTypeArray {
  return values instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}

function emptyOf(dtype: DType, length: number): DTypeArray {
  return dtype === "float64" ? new Float64Array(length) : new Float32Array(length);
}

/** What examples are read for. */
interface Reading {
  readonly dtype: DType;
  /** How messages name them, such as "fit: X". */
  readonly role: string;
  /** What is said to who gives text or booleans. */
  readonly ofText: string;
}

const INPUTS_OF_TEXT =
  'the option preprocess: new RecordEncoder() makes numbers of text and booleans, in records such as { size: "3" }';
const LABELS_OF_TEXT = 'labels of text are a plain list such as ["yes", "no"], one an example';

/** Says that a value is no number. Who reads a large table asks first: its place in words costs more than the number. */
function refuseValue(value: unknown, place: string, ofText: string): never {
  const hint = typeof value === "string" || typeof value === "boolean" ? `; ${ofText}` : "";
  throw new ArgumentError(`${place} must be a number, not ${describe(value)}${hint}`);
}

/**
 * The examples of a matrix, rows or records.
 *
 * @param role how messages name them, such as "fit: X"
 * @param columns the columns of records, in order, where they are known; records with others are refused
 * @throws ArgumentError, ShapeError, DTypeError or DisposedError when they are none
 */
export function tableOf(data: Matrix | Rows, dtype: DType, role: string, columns?: readonly string[]): Table {
  return read(data, { dtype, role, ofText: INPUTS_OF_TEXT }, columns);
}

function read(data: Matrix | Rows, reading: Reading, columns: readonly string[] | undefined): Table {
  const { dtype, role } = reading;
  if (data instanceof Matrix) return tableOfMatrix(data, dtype, role);
  if (!isList(data)) {
    throw new ArgumentError(
      `${role} must be rows of numbers, records or a Matrix, not ${describeOther("Matrix", data)}; each row is an example`,
    );
  }
  if (data.length === 0) throw new ShapeError(`${role} has no examples`);
  const first: unknown = data[0];
  if (isList(first)) return tableOfRows(data as ArrayLike<ArrayLike<number>>, first.length, reading);
  if (typeof first !== "object" || first === null) {
    throw new ArgumentError(
      `${role}: example 0 must be a row of numbers or a record, not ${describe(first)}; a single example is written [[1, 2, 3]]`,
    );
  }
  if ("0" in first && "length" in first) {
    throw new ArgumentError(
      `${role}: row 0 has the fields "0" and "length" and is no array; Array.from makes one`,
    );
  }
  return tableOfRecords(data as ArrayLike<DataRecord>, columns ?? Object.keys(first), reading);
}

function tableOfMatrix(matrix: Matrix, dtype: DType, role: string): Table {
  checkMatrix(matrix, role, dtype);
  const { rows, cols, data } = matrix;
  const values = emptyOf(dtype, rows * cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) values[j * rows + i] = data[i * cols + j];
  }
  return new Table(values, rows);
}

function tableOfRows(
  rows: ArrayLike<ArrayLike<number>>,
  width: number,
  { dtype, role, ofText }: Reading,
): Table {
  if (width === 0) throw new ShapeError(`${role}: row 0 is empty; a row needs at least one number`);
  const values = emptyOf(dtype, rows.length * width);
  for (let j = 0; j < rows.length; j++) {
    const row = rows[j];
    if (!isList(row)) {
      throw new ArgumentError(`${role}: row ${j} must be an array of numbers, not ${describe(row)}`);
    }
    if (row.length !== width) {
      throw new ShapeError(
        `${role}: rows must be equally long, but row 0 has ${counted(width, "number")} and row ${j} has ${row.length}`,
      );
    }
    for (let i = 0; i < width; i++) {
      const value: unknown = row[i];
      if (typeof value !== "number") refuseValue(value, `${role}: row ${j}, column ${i}`, ofText);
      values[j * width + i] = value;
    }
  }
  return new Table(values, width);
}

function tableOfRecords(
  records: ArrayLike<DataRecord>,
  columns: readonly string[],
  { dtype, role, ofText }: Reading,
): Table {
  const width = columns.length;
  if (width === 0) throw new ShapeError(`${role}: record 0 has no columns`);
  const values = emptyOf(dtype, records.length * width);
  for (let j = 0; j < records.length; j++) {
    const record: unknown = records[j];
    if (typeof record !== "object" || record === null || isList(record)) {
      throw new ArgumentError(
        `${role}: example ${j} must be a record as example 0 is, not ${describe(record)}`,
      );
    }
    const stray = strayColumn(record, columns);
    if (stray !== undefined) {
      throw new ArgumentError(
        `${role}: record ${j} has a column ${quoted(stray)}, which those that came first do not have${didMean(stray, columns, "it")}`,
      );
    }
    for (let i = 0; i < width; i++) {
      const value: unknown = (record as DataRecord)[columns[i]];
      if (typeof value !== "number") {
        refuseValue(value, `${role}: record ${j}, column ${quoted(columns[i])}`, ofText);
      }
      values[j * width + i] = value;
    }
  }
  return new Table(values, width);
}

/** The names of the columns, where the examples are records. */
export function columnNames(data: Inputs | Labels): readonly string[] | undefined {
  if (data instanceof Matrix || !isList(data)) return undefined;
  const first: unknown = data[0];
  return typeof first === "object" && first !== null && !isList(first) ? Object.keys(first) : undefined;
}

/**
 * The labels of a matrix, rows, records or a plain list, for a network of `width` outputs. In a list each number is
 * the label of one example; with several outputs it is a class from 0 on, and becomes 1 in its place and 0 elsewhere.
 *
 * @param place what they are for; `columns` are those of records, in order, where they are known
 * @throws ArgumentError, ShapeError, DTypeError or DisposedError when they do not fit `count` examples
 */
export function labelsOf(
  labels: Labels,
  place: { dtype: DType; width: number; count: number; role: string; columns?: readonly string[] },
): Table {
  const { dtype, width, count, role, columns } = place;
  const table = isPlainList(labels)
    ? tableOfList(labels as ArrayLike<number>, width, dtype, role)
    : read(labels as Matrix | Rows, { dtype, role, ofText: LABELS_OF_TEXT }, columns);
  if (table.count !== count) {
    throw new ShapeError(
      `${role} has ${counted(table.count, "example")} and X has ${count}; in arrays a row is an example ([0, 1, 1, 0] or [[0], [1], [1], [0]]), in a Matrix a column`,
    );
  }
  if (table.width !== width) {
    throw new ShapeError(
      `${role} has ${counted(table.width, "number")} an example, but the network gives ${width}; its last layer must have as many neurons as an example has labels`,
    );
  }
  return table;
}

/** Whether each label is by itself, in no row or record; what has no columns, such as null or a Date, is to be told of as a label. */
function isPlainList(labels: unknown): boolean {
  if (!isList(labels) || labels.length === 0) return false;
  const first: unknown = labels[0];
  return typeof first !== "object" || first === null || (!isList(first) && Object.keys(first).length === 0);
}

function tableOfList(list: ArrayLike<number>, width: number, dtype: DType, role: string): Table {
  const values = emptyOf(dtype, list.length * width);
  for (let j = 0; j < list.length; j++) {
    const label: unknown = list[j];
    if (typeof label !== "number") refuseValue(label, `${role}: label ${j}`, LABELS_OF_TEXT);
    if (width === 1) {
      values[j] = label;
    } else if (Number.isInteger(label) && label >= 0 && label < width) {
      values[j * width + label] = 1;
    } else {
      throw new ArgumentError(
        `${role}: label ${j} is ${label}, but a network of ${width} outputs takes classes from 0 to ${width - 1}; give other classes as text, or rows of ${width} numbers`,
      );
    }
  }
  return new Table(values, width);
}
