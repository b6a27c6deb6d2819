import type { ActivationKernels } from "../kernels.ts";
import type { Scalars } from "./scalars.ts";

/** The activations in plain TypeScript; see assembly/activations.ts. */
export function activationKernels({ round, exp, tanh, heap, index, map }: Scalars): ActivationKernels {
  return {
    tanh(a, z, n) {
      const z0 = index(z);
      map(a, n, (i, x) => tanh(x[z0 + i]));
    },
    tanhGradient(dZ, upstream, a, n) {
      const [u, a0] = [index(upstream), index(a)];
      map(dZ, n, (i, x) => round(x[u + i] * round(1 - round(x[a0 + i] * x[a0 + i]))));
    },
    relu(a, z, n) {
      const z0 = index(z);
      map(a, n, (i, x) => Math.max(x[z0 + i], 0));
    },
    leakyRelu(a, z, n, slope) {
      const z0 = index(z);
      map(a, n, (i, x) => (x[z0 + i] > 0 ? x[z0 + i] : round(round(slope) * x[z0 + i])));
    },
    reluGradient(dZ, upstream, a, n, slope) {
      const [u, a0] = [index(upstream), index(a)];
      map(dZ, n, (i, x) => (x[a0 + i] > 0 ? x[u + i] : round(round(slope) * x[u + i])));
    },
    softmax(a, z, rows, cols) {
      const x = heap();
      const [a0, z0] = [index(a), index(z)];
      const size = rows * cols;
      for (let j = 0; j < cols; j++) {
        let most = x[z0 + j];
        for (let i = j; i < size; i += cols) most = Math.max(most, x[z0 + i]);
        let total = 0;
        for (let i = j; i < size; i += cols) {
          x[a0 + i] = exp(round(x[z0 + i] - most));
          total = round(total + x[a0 + i]);
        }
        for (let i = j; i < size; i += cols) x[a0 + i] = round(x[a0 + i] / total);
      }
    },
    softmaxGradient(dZ, upstream, a, rows, cols) {
      const x = heap();
      const [d, u, a0] = [index(dZ), index(upstream), index(a)];
      const size = rows * cols;
      for (let j = 0; j < cols; j++) {
        let total = 0;
        for (let i = j; i < size; i += cols) total = round(total + round(x[u + i] * x[a0 + i]));
        for (let i = j; i < size; i += cols) x[d + i] = round(x[a0 + i] * round(x[u + i] - total));
      }
    },
  };
}
