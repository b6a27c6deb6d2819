import { activationOf } from "./activations.ts";
import type { Step } from "./explanation.ts";
import { type Iteration, isLinear } from "./iteration.ts";
import { type NamedRecord, X, Y } from "./names.ts";
import { DOT, equation, given, matrix, PLUS } from "./writing.ts";

/** The data and the parameters that the iteration begins with. */
export function givenStep(
  iteration: Iteration,
  named: readonly NamedRecord[],
  notes: readonly string[],
): Step {
  const parameters = named.flatMap(({ record, W, b }) =>
    isLinear(record) ? [given(W, record.W), given(b, record.b)] : [],
  );
  return {
    phase: "given",
    title: "Data and parameters",
    equations: [given(X, iteration.X), given(Y, iteration.Y), ...parameters],
    notes,
  };
}

/** What the layer is called: "Linear layer 2", or "Linear layer" where there is one. */
export function titleOf({ record, index }: NamedRecord): string {
  const kind = isLinear(record) ? "Linear" : activationOf(record.layer).title;
  // before the first linear layer it is 0
  return index === undefined || index === 0 ? `${kind} layer` : `${kind} layer ${index}`;
}

/** One layer's way forward. */
export function forwardStep(named: NamedRecord): Step {
  const { record, input, output, W, b } = named;
  const step = { phase: "forward", title: titleOf(named), layer: record.at, notes: [] } as const;
  if (isLinear(record)) {
    const operands = [matrix(W, record.W), matrix(input, record.input), matrix(b, record.b)];
    return {
      ...step,
      equations: [equation("result", output, operands, ([w, x, c]) => [w, DOT, x, PLUS, c], record.output)],
    };
  }
  const activation = activationOf(record.layer);
  const definition = activation.definition?.(record.layer);
  return {
    ...step,
    ...(definition && { definition }),
    equations: [
      equation(
        "result",
        output,
        [matrix(input, record.input)],
        ([Z]) => activation.forward(Z),
        record.output,
      ),
    ],
  };
}
