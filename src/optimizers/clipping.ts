import { runtime } from "../kernels/runtime.ts";
import type { TrainableLayer } from "../layers/layer.ts";
import { checkLayer, checkLayerList, refuseGradients } from "../layers/trainable.ts";
import { areLive, checkMatrix, type Matrix } from "../matrix.ts";
import { checkNumber } from "../options.ts";

/** Σ g², summed pairwise over one gradient; the squares are kept by it, so that training allocates nothing. */
function sumOfSquares(g: Matrix): number {
  const kernels = runtime().kernels[g.dtype];
  const squares = g.gradient();
  kernels.multiply(squares.pointer, g.pointer, g.pointer, g.size);
  return kernels.sum(squares.pointer, g.size);
}

/** The largest of the gradients, and √Σ (g / largest)², for those whose squares overflow. It may be NaN or an infinity. */
function sharesOfLargest(layers: readonly TrainableLayer[]): { most: number; share: number } {
  const gradients = layers.flatMap(({ dW, db }) => [dW.data, db.data]);
  let most = 0;
  for (const data of gradients)
    for (let i = 0; i < data.length; i++) most = Math.max(most, Math.abs(data[i]));
  let total = 0;
  for (const data of gradients) for (let i = 0; i < data.length; i++) total += (data[i] / most) ** 2;
  return { most, share: Math.sqrt(total) };
}

function scaleAll(layers: readonly TrainableLayer[], factor: number): void {
  for (const { dW, db } of layers) {
    const { scale } = runtime().kernels[dW.dtype];
    scale(dW.pointer, dW.size, factor);
    scale(db.pointer, db.size, factor);
  }
}

/** @internal What gradients of such a norm are multiplied by, if it is below 1; PyTorch's 1e-6 keeps the divisor from 0. */
export function clipFactor(maxNorm: number, norm: number): number {
  return maxNorm / (norm + 1e-6);
}

/**
 * Clips gradients by their global norm, √(Σ dW² + Σ db²) over all layers: every gradient is multiplied by
 * maxNorm / (norm + 1e-6) where that is below 1, as PyTorch's `clip_grad_norm_` does.
 *
 * @param layers linear layers after their `backward`
 * @returns the norm before clipping
 * @throws ArgumentError unless maxNorm is a positive number; ArgumentError, DTypeError or DisposedError when a layer
 *   has no gradients, OrderError before its `backward`; nothing changes then
 * @example
 * const Z1 = new LinearLayer([1, 1], 1, "plain");
 * Z1.forward(Matrix.from([[3]]));
 * Z1.backward(Matrix.from([[1]]));   // dW = 3, db = 1
 * clipGradients([Z1], 1);            // 3.1622776601683795
 */
export function clipGradients(layers: readonly TrainableLayer[], maxNorm: number): number {
  checkNumber(maxNorm, "the greatest norm of the gradients", "above 0", (value) => value > 0);
  checkLayerList("clipGradients", layers);
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i];
    const { dW, db } = layer ?? {};
    if (areLive(dW, db) && layer.hasGradients !== false) continue;
    const place = `clipGradients: layers[${i}]`;
    checkLayer(place, layer);
    checkMatrix(dW, `${place}: dW`);
    checkMatrix(db, `${place}: db`, dW.dtype);
    refuseGradients(place);
  }
  let total = 0;
  for (const { dW, db } of layers) total = total + sumOfSquares(dW) + sumOfSquares(db);
  const norm = Math.sqrt(total);
  if (norm === Number.POSITIVE_INFINITY) {
    const { most, share } = sharesOfLargest(layers);
    if (Number.isFinite(most)) {
      // in two steps, since no factor of this dtype need be so small
      if (most * share > maxNorm) for (const factor of [1 / most, maxNorm / share]) scaleAll(layers, factor);
      return most * share;
    }
  }
  const factor = clipFactor(maxNorm, norm);
  if (factor < 1) scaleAll(layers, factor);
  return norm;
}
