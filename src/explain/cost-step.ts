import { meanOf, sumOf, writingOf } from "./costs.ts";
import type { Equation, Step, Writing } from "./explanation.ts";
import type { Iteration } from "./iteration.ts";
import { costName, type NamedRecord, Y } from "./names.ts";
import type { Cost } from "./parts.ts";
import { partial } from "./writing.ts";

/** The cost in symbols and numbers, and its gradient, with which the way back begins. */
export function costStep(iteration: Iteration, named: readonly NamedRecord[], cost: Cost): Step {
  const writing = writingOf(cost);
  const last = named[named.length - 1];
  const measured = iteration.joined
    ? { name: last.input, rows: last.record.input }
    : { name: last.output, rows: last.record.output };
  const m = iteration.Y[0].length;
  const sum = sumOf(m * iteration.Y.length);
  const { joined } = iteration;
  const [least, greatest] = writing.ends ?? [0, 1];
  const saturated =
    joined && last.record.output.some((row) => row.some((value) => value <= least || value >= greatest));
  const symbols = { Y, YHat: last.output, Z: measured.name, joined, saturated, sum, mean: meanOf(m, true) };
  const numbers = {
    Y: { values: iteration.Y },
    YHat: { values: last.record.output },
    Z: { values: measured.rows },
    joined,
    saturated,
    sum,
    mean: meanOf(m, false),
  };
  const C = costName(iteration);
  const equationOf = (
    name: Writing,
    formula: "value" | "gradient",
    result: Equation["result"],
  ): Equation => ({
    role: "result",
    name,
    symbols: writing[formula](symbols),
    numbers: writing[formula](numbers),
    result,
    shape: [result.length, result[0].length],
  });
  const definition = writing.definition?.(cost);
  const by = writing.joinedBy?.(last.output.text) ?? {
    way: `The cost is computed together with the last activation, from ${measured.name.text}`,
    saturated: `${last.output.text} is rounded to 0 or 1 here, so its logarithm would say ∞ or nothing; ${measured.name.text} still says how wrong it is.`,
  };
  const notes: string[] = [];
  if (joined) {
    notes.push(
      `${by.way}: the two local gradients multiply to the difference of prediction and label, which does not vanish where the activation is flat.`,
    );
  }
  if (saturated) notes.push(by.saturated);
  return {
    phase: "cost",
    title:
      m === 1
        ? `${writing.title} of the one example, the loss`
        : `${writing.title}, the mean over ${m} examples`,
    ...(definition && { definition }),
    equations: [
      equationOf(C, "value", [[iteration.cost]]),
      equationOf(partial(C, measured.name), "gradient", iteration.costGradient),
    ],
    notes,
  };
}
