// What `explain`, `describeGraph` and the writers of explanations are given, checked before anything runs.
import { describe, describeOther } from "../describe.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import { LinearLayer } from "../layers/linear-layer.ts";
import { checkMatrix, type Matrix } from "../matrix.ts";
import { activationOf } from "./activations.ts";
import type { Explanation } from "./explanation.ts";
import type { Cost, Layer } from "./parts.ts";

/** @throws ArgumentError unless this is what `explain` gave, for whatever writes it */
export function checkExplanation(caller: string, given: Explanation): void {
  const { sizes, steps } = (given ?? {}) as Partial<Explanation>;
  if (Array.isArray(sizes) && Array.isArray(steps)) return;
  throw new ArgumentError(
    `${caller} takes what explain gave, such as explain(network, X, Y), not ${describe(given)}`,
  );
}

/** @throws ShapeError, DTypeError, DisposedError or ArgumentError unless X and Y are matrices that the layers take */
export function checkMatrices(
  caller: string,
  layers: readonly Layer[],
  X: Matrix,
  Y: Matrix,
): { X: Matrix; Y: Matrix } {
  checkMatrix(X, `${caller}: X`);
  checkMatrix(Y, `${caller}: Y`, X.dtype);
  const linears = layers.filter((layer) => layer instanceof LinearLayer);
  const [nIn, nOut] = [linears[0].nIn, linears[linears.length - 1].nOut];
  if (X.rows !== nIn) {
    throw new ShapeError(
      `${caller}: X is ${X.rows}×${X.cols}, but the first linear layer takes ${nIn}×m (rows are features, columns are examples)`,
    );
  }
  if (Y.rows !== nOut || Y.cols !== X.cols) {
    throw new ShapeError(
      `${caller}: Y is ${Y.rows}×${Y.cols}, but the layers give ${nOut}×${X.cols} for this X`,
    );
  }
  return { X, Y };
}

/** Whether the cost is computed together with the last activation, as a network does it. */
export function readCost(caller: string, cost: Cost, layers: readonly Layer[]): boolean {
  const last = layers[layers.length - 1];
  const { kind } = activationOf(last);
  if (typeof cost?.computeJoined === "function" && cost.joins === kind && layers.length > 1) return true;
  if (typeof cost?.computeCost === "function") return false;
  if (typeof cost?.computeJoined === "function") {
    throw new ArgumentError(
      `${caller}: the cost ${cost.name ?? "given"} needs a ${cost.joins} layer as the last one, which ${describe(last)} is not`,
    );
  }
  throw new ArgumentError(
    `${caller}: a cost needs a method computeCost(Y, YHat), which ${describe(cost)} lacks`,
  );
}

/** @throws ArgumentError unless these are layers in order, one with weights among them */
export function readLayers(caller: string, given: unknown): readonly Layer[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new ArgumentError(
      `${caller} takes a network or a list of layers in order such as [Z1, A1], not ${describe(given)}`,
    );
  }
  for (const [i, layer] of given.entries()) {
    const isOther = describe(layer) === "a LinearLayer" && !(layer instanceof LinearLayer);
    if (!isOther && typeof layer?.forward === "function" && typeof layer.backward === "function") continue;
    const hint = Array.isArray(layer) ? "; write [Z1, A1, Z2, A2], not [[Z1, Z2], [A1, A2]]" : "";
    throw new ArgumentError(
      `${caller}: layer ${i + 1} of the list must be a layer such as new LinearLayer(…), not ${describeOther("LinearLayer", layer)}${hint}`,
    );
  }
  const twice = given.findIndex((layer, i) => given.indexOf(layer) !== i);
  if (twice >= 0) {
    throw new ArgumentError(
      `${caller}: layers ${given.indexOf(given[twice]) + 1} and ${twice + 1} of the list are one and the same, whose matrices the second overwrites`,
    );
  }
  if (!given.some((layer) => layer instanceof LinearLayer)) {
    throw new ArgumentError(
      `${caller}: none of the ${given.length} layers is a LinearLayer, so nothing could learn`,
    );
  }
  return given;
}

/** @throws ArgumentError unless `rate` is a finite number */
export function checkRate(caller: string, rate: unknown): void {
  if (typeof rate === "number" && Number.isFinite(rate)) return;
  throw new ArgumentError(`${caller}: the learning rate must be a finite number, not ${describe(rate)}`);
}

/** @throws ArgumentError unless `decimals` is a whole number from 0 to 15 */
export function checkDecimals(caller: string, decimals: unknown): void {
  if (typeof decimals === "number" && Number.isInteger(decimals) && decimals >= 0 && decimals <= 15) return;
  throw new ArgumentError(
    `${caller}: decimals must be a whole number from 0 to 15, not ${describe(decimals)}`,
  );
}
