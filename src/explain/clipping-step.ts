import type { Equation, Step } from "./explanation.ts";
import { isLinear } from "./iteration.ts";
import type { NamedRecord } from "./names.ts";
import { givenNumber } from "./numbers.ts";
import type { StepTaken } from "./taking-the-step.ts";
import { type UpdateNames, updateGradients } from "./update-gradients.ts";
import { constant, DOT, equation, matrix, write } from "./writing.ts";

const NORM = write("norm", "\\text{norm}");
const FACTOR = write("k");

/** Clipping by the norm of all gradients together: what the norm is, and what it makes of each gradient. */
export function clippingStep(
  back: readonly NamedRecord[],
  names: UpdateNames,
  { most, norm, factor }: NonNullable<StepTaken["clipping"]>,
): Step {
  const symbols = write(
    "√(the sum of the squares of all gradients)",
    "\\sqrt{\\text{the sum of the squares of all gradients}}",
  );
  const measured = equation(
    "result",
    NORM,
    [constant(symbols, symbols)],
    ([root]) => [root],
    [[norm]],
    false,
  );
  const step = { phase: "update", title: "Clipping of the gradients" } as const;
  if (factor >= 1) {
    const notes = [
      `The norm is not above ${givenNumber(most).text}, the most that clipNorm allows, so the gradients stay as they are.`,
    ];
    return { ...step, equations: [measured], notes };
  }
  const scale = equation(
    "result",
    FACTOR,
    [constant(write("clipNorm", "\\text{clipNorm}"), givenNumber(most)), matrix(NORM, [[norm]])],
    ([limit, length]) => [limit, write(" / (", " / ("), length, write(" + 10⁻⁶)", " + 10^{-6})")],
    [[factor]],
  );
  const clipped = back.flatMap((named): Equation[] => {
    const { record } = named;
    if (!isLinear(record)) return [];
    const unclipped = updateGradients(named, { ...names, clipped: false });
    const after = updateGradients(named, names);
    return (["W", "b"] as const).map((key) =>
      equation(
        "result",
        after[key].name,
        [matrix(FACTOR, [[factor]]), matrix(unclipped[key].name, unclipped[key].rows)],
        ([k, gradient]) => [k, DOT, gradient],
        after[key].rows,
      ),
    );
  });
  return { ...step, equations: [measured, scale, ...clipped], notes: [] };
}
