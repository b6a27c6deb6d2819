import { describe } from "./describe.ts";
import { ArgumentError } from "./errors.ts";
import type { DType } from "./kernels/dtype.ts";
import { checkDType } from "./kernels/dtype.ts";
import { allOrNone, Matrix } from "./matrix.ts";
import { checkSize } from "./matrix-checks.ts";
import { checkOptions } from "./options.ts";
import { checkRandom, type RandomState, sharedRandom } from "./random.ts";

/** How first weights are drawn; see `initializeParameters`. */
export type IniType = "plain" | "xavier" | "he";

/** Options of `initializeParameters`. */
export interface InitializeOptions {
  /** Element type of W and b; "float64" unless given. */
  dtype?: DType | undefined;
  /** Where the weights are drawn; the generator of `seed` unless given. */
  random?: RandomState | undefined;
}

/** The weights W (nOut × nIn) and biases b (nOut × 1) of a linear layer. */
export interface Parameters {
  /** (nOut × nIn) */
  readonly W: Matrix;
  /** (nOut × 1) */
  readonly b: Matrix;
}

const scaled: Record<IniType, (gauss: number, nIn: number) => number> = {
  plain: (gauss) => gauss * 0.01,
  xavier: (gauss, nIn) => gauss / Math.sqrt(nIn),
  he: (gauss, nIn) => gauss * Math.sqrt(2 / nIn),
};

/**
 * First parameters for a layer of nOut neurons with nIn inputs. Biases are zero; weights are Gaussian:
 * "plain" 0.01·randn; "xavier" randn/√nIn (Glorot and Bengio 2010, as the article has it), which keeps the variance
 * of a sigmoid or tanh layer; "he" randn·√(2/nIn) (He et al. 2015), for ReLU.
 *
 * @returns W (nOut × nIn) and b (nOut × 1)
 * @throws ShapeError for sizes that are not positive whole numbers, ArgumentError for an unknown iniType or option, DTypeError for
 *   an unknown dtype
 * @example
 * seed(48);
 * initializeParameters(2, 3, "xavier").W.shape;   // [3, 2]
 */
export function initializeParameters(
  nIn: number,
  nOut: number,
  iniType: IniType = "plain",
  options: InitializeOptions = {},
): Parameters {
  checkOptions(options, ["dtype", "random"], "initializeParameters");
  const { dtype = "float64", random = sharedRandom() } = options;
  checkSize(nIn, "the number of inputs");
  checkSize(nOut, "the number of neurons");
  checkDType(dtype);
  checkRandom(random);
  checkIniType(iniType);
  const { W, b } = allOrNone((keep) => ({
    W: keep(new Matrix(nOut, nIn, dtype)),
    b: keep(Matrix.zeros(nOut, 1, dtype)),
  }));
  const { data } = W;
  for (let i = 0; i < data.length; i++) data[i] = scaled[iniType](random.gauss(), nIn);
  return { W, b };
}

/** @internal @throws ArgumentError unless `iniType` is the name of one */
export function checkIniType(iniType: unknown): void {
  if (typeof iniType !== "string" || !Object.hasOwn(scaled, iniType)) {
    throw new ArgumentError(`iniType must be "plain", "xavier" or "he", not ${describe(iniType)}`);
  }
}
