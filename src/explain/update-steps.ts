import type { Step, Writing } from "./explanation.ts";
import { titleOf } from "./forward-steps.ts";
import { isLinear } from "./iteration.ts";
import type { NamedRecord } from "./names.ts";
import { constant, DOT, equation, MINUS, matrix, partial, write } from "./writing.ts";

/** One linear layer's step of gradient descent; undefined for a layer without weights. */
export function updateStep(named: NamedRecord, C: Writing, learningRate: number): Step | undefined {
  const { record } = named;
  if (!isLinear(record)) return undefined;
  const rate = constant(write("α", "\\alpha"), write(String(learningRate)));
  const step = (name: Writing, old: typeof record.W, gradient: typeof record.W, next: typeof record.W) =>
    equation(
      "update",
      name,
      [matrix(name, old), rate, matrix(partial(C, name), gradient)],
      ([w, alpha, dw]) => [w, MINUS, alpha, DOT, dw],
      next,
    );
  return {
    phase: "update",
    title: titleOf(named),
    layer: record.at,
    equations: [
      step(named.W, record.W, record.dW!, record.newW!),
      step(named.b, record.b, record.db!, record.newb!),
    ],
    notes: [],
  };
}
