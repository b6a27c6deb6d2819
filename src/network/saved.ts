import type { SavedPreprocessor } from "../data/preprocessor.ts";
import { describe } from "../describe.ts";
import { ArgumentError, DTypeError, ShapeError } from "../errors.ts";
import type { DType } from "../kernels/dtype.ts";
import type { LinearLayer } from "../layers/linear-layer.ts";
import type { LayerSpec } from "../layers/specs.ts";
import type { Matrix } from "../matrix.ts";
import type { MetricName } from "../metrics/by-name.ts";
import type { OptimizerName, SavedOptimizer } from "../optimizers/optimizers.ts";
import { isLowestFirst } from "../wasm/byte-order.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";
import type { NetworkOptions } from "./network-options.ts";
import { optionsOf, type PlainCost, type PlainPenalty } from "./plain-parts.ts";

const FORMAT = "nothing-but-wasm network";
const VERSION = 1;

/** A network as plain data for JSON: its layers, and its weights to the last bit. */
export interface SavedNetwork {
  /** By what a saved network is known. */
  readonly format: typeof FORMAT;
  /** The version of the format. */
  readonly version: typeof VERSION;
  /** Element type of the parameters. */
  readonly dtype: DType;
  /** What made the layers, in order. */
  readonly layers: readonly LayerSpec[];
  /** Its name, or what makes it; "custom" for one of the caller's own. */
  readonly cost: PlainCost | "custom";
  /** Its name and options, or the name alone, as earlier versions saved it; "custom" for one of the caller's own. */
  readonly optimizer: SavedOptimizer | "custom" | OptimizerName;
  /** What makes each; "custom" for one of the caller's own. */
  readonly penalties?: readonly (PlainPenalty | "custom")[];
  /** Their names; "custom" for functions of the caller's own. */
  readonly metrics?: readonly MetricName[] | "custom";
  /** The greatest norm of all gradients together. */
  readonly clipNorm?: number;
  /** How many numbers reach the first layer. */
  readonly inputs: number;
  /** The names of the inputs' columns, where they were records. */
  readonly columns?: readonly string[];
  /** The names of the labels' columns, where they were records. */
  readonly labelColumns?: readonly string[];
  /** What inputs go through first, as learned. */
  readonly preprocess?: readonly SavedPreprocessor[];
  /** The class labels, where labels were not numbers. */
  readonly classes?: SavedPreprocessor;
  /** W and b of each linear layer: the bytes of their elements, row after row, little-endian, in base64. */
  readonly parameters: readonly {
    /** (nOut × nIn) */
    readonly W: string;
    /** (nOut × 1) */
    readonly b: string;
  }[];
}

/** W and b of each layer. */
export function savedParameters(linears: readonly LinearLayer[]): SavedNetwork["parameters"] {
  return linears.map(({ params }) => ({ W: savedBytes(params.W), b: savedBytes(params.b) }));
}

/** Puts saved parameters back. @throws ShapeError or ArgumentError when they are not those of such layers */
export function restoreParameters(
  linears: readonly LinearLayer[],
  parameters: SavedNetwork["parameters"],
): void {
  if (parameters.length !== linears.length) {
    throw new ShapeError(
      `${parameters.length} saved parameters do not fit ${linears.length} layers with weights`,
    );
  }
  for (const [i, { params }] of linears.entries()) {
    restoreBytes(params.W, parameters[i]?.W, `W of saved layer ${i + 1}`);
    restoreBytes(params.b, parameters[i]?.b, `b of saved layer ${i + 1}`);
  }
}

/** The bytes of a matrix in base64. */
function savedBytes(matrix: Matrix): string {
  const { buffer, byteOffset, byteLength } = matrix.data;
  return base64Of(exchanged(new Uint8Array(buffer, byteOffset, byteLength), matrix.data.BYTES_PER_ELEMENT));
}

/** Numbers of `size` bytes each between this host's order of bytes and the saved one, the lowest first: the same way there and back. */
function exchanged(bytes: Uint8Array, size: number): Uint8Array {
  if (isLowestFirst()) return bytes;
  const copy = bytes.slice();
  for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse();
  return copy;
}

/** @throws ShapeError or ArgumentError when they are not those of such a matrix */
function restoreBytes(matrix: Matrix, saved: unknown, role: string): void {
  if (typeof saved !== "string") throw new ArgumentError(`${role} must be base64, not ${describe(saved)}`);
  const bytes = bytesOfBase64(saved);
  if (bytes === undefined) throw new ArgumentError(`${role} is not base64`);
  const { buffer, byteOffset, byteLength } = matrix.data;
  if (bytes.length !== byteLength) {
    throw new ShapeError(
      `${role} holds ${bytes.length} bytes, but a ${matrix.rows}×${matrix.cols} matrix of ${matrix.dtype} takes ${byteLength}`,
    );
  }
  new Uint8Array(buffer, byteOffset, byteLength).set(exchanged(bytes, matrix.data.BYTES_PER_ELEMENT));
}

/** @throws ArgumentError unless `saved` is what `toJSON` gives */
export function checkSaved(saved: unknown): SavedNetwork {
  const { format, version, parameters, columns, labelColumns } = (saved ?? {}) as Partial<SavedNetwork>;
  if (format !== FORMAT) {
    const hint =
      saved === null
        ? "; a storage that has nothing by the name gives null, and so does JSON.parse of that"
        : typeof saved === "string"
          ? "; JSON.parse(text) makes it of text"
          : "";
    throw new ArgumentError(`Network.fromJSON takes what toJSON gave, not ${describe(saved)}${hint}`);
  }
  if (version !== VERSION) {
    throw new ArgumentError(
      `this network was saved in version ${version} of the format; version ${VERSION} is known`,
    );
  }
  if (!Array.isArray(parameters)) {
    throw new ArgumentError("the saved network has no list of parameters");
  }
  for (const [of, names] of Object.entries({ columns, "columns of labels": labelColumns })) {
    if (names === undefined) continue;
    if (Array.isArray(names) && names.every((name) => typeof name === "string")) continue;
    throw new ArgumentError(`the ${of} of the saved network are no list of names`);
  }
  return saved as SavedNetwork;
}

/**
 * The options of a network such as the one that was saved.
 * @param given what to take instead of what was saved, or where that was the caller's own
 * @throws ArgumentError when what was saved is no such thing, or was the caller's own and is not given; ShapeError or DTypeError
 *   when `given` has other inputs or another dtype
 */
export function savedOptions(saved: SavedNetwork, given: NetworkOptions): NetworkOptions {
  const { cost = "custom", penalties = [], metrics = [], clipNorm } = saved;
  // a name alone is what earlier versions saved
  const optimizer = saved.optimizer as SavedOptimizer;
  const { dtype = saved.dtype, inputs = saved.inputs } = given;
  if (dtype !== saved.dtype) {
    throw new DTypeError(`Network.fromJSON: the saved network is ${saved.dtype}, not ${dtype}`);
  }
  if (inputs !== saved.inputs) {
    throw new ShapeError(`Network.fromJSON: the saved network takes ${saved.inputs} inputs, not ${inputs}`);
  }
  return { ...optionsOf({ cost, optimizer, penalties, metrics, clipNorm }, given), dtype };
}

/** The head of every saved network. */
export const savedHead = { format: FORMAT, version: VERSION } as const;
