import type { OptimizerKernels } from "../kernels.ts";
import type { Scalars } from "./scalars.ts";

/** The updates of the optimizers in plain TypeScript; see assembly/optimizers.ts. */
export function optimizerKernels({ round, heap, index }: Scalars): OptimizerKernels {
  return {
    momentumUpdate(p, v, g, n, rate, momentum, nesterov) {
      const x = heap();
      const [p0, v0, g0] = [index(p), index(v), index(g)];
      const kept = round(momentum);
      for (let i = 0; i < n; i++) {
        const gradient = x[g0 + i];
        let step = round(round(kept * x[v0 + i]) + gradient);
        x[v0 + i] = step;
        if ((nesterov | 0) !== 0) step = round(gradient + round(kept * step));
        x[p0 + i] = round(x[p0 + i] - round(round(rate) * step));
      }
    },
    rmsPropUpdate(p, s, g, n, rate, decay, fresh, epsilon) {
      const x = heap();
      const [p0, s0, g0] = [index(p), index(s), index(g)];
      for (let i = 0; i < n; i++) {
        const gradient = x[g0 + i];
        const added = round(round(round(fresh) * gradient) * gradient);
        x[s0 + i] = round(round(round(decay) * x[s0 + i]) + added);
        const divisor = round(round(Math.sqrt(x[s0 + i])) + round(epsilon));
        x[p0 + i] = round(x[p0 + i] - round(round(rate) * round(gradient / divisor)));
      }
    },
    adamUpdate(p, m, v, g, n, rate, beta1, fresh1, beta2, fresh2, correction, epsilon, shrink) {
      const x = heap();
      const [p0, m0, v0, g0] = [index(p), index(m), index(v), index(g)];
      for (let i = 0; i < n; i++) {
        const gradient = x[g0 + i];
        x[m0 + i] = round(round(round(beta1) * x[m0 + i]) + round(round(fresh1) * gradient));
        const added = round(round(round(fresh2) * gradient) * gradient);
        x[v0 + i] = round(round(round(beta2) * x[v0 + i]) + added);
        const root = round(Math.sqrt(x[v0 + i]));
        const divisor = round(round(root / round(correction)) + round(epsilon));
        const step = round(round(rate) * round(x[m0 + i] / divisor));
        x[p0 + i] = round(round(round(shrink) * x[p0 + i]) - step);
      }
    },
  };
}
