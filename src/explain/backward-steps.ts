import type { Penalty } from "../costs/penalties.ts";
import { activationOf, type Mixed } from "./activations.ts";
import type { Equation, Step, Writing } from "./explanation.ts";
import { titleOf } from "./forward-steps.ts";
import type { ActivationRecord, LinearRecord } from "./iteration.ts";
import { isLinear } from "./iteration.ts";
import type { NamedRecord } from "./names.ts";
import { penalizedGradient } from "./penalties.ts";
import { activationReasons, linearReasons } from "./reasons.ts";
import {
  constant,
  DOT,
  equation,
  given,
  matrix,
  ONE,
  type Operand,
  partial,
  round,
  TIMES,
  transposed,
  write,
} from "./writing.ts";

/**
 * One layer's way back: the upstream gradient, each local gradient, and their product.
 * @param C the name of the cost
 * @param penalties what a network adds to the gradients of weights
 */
export function backwardStep(named: NamedRecord, C: Writing, penalties: readonly Penalty[]): Step {
  const { record } = named;
  const step = { phase: "backward", title: titleOf(named), layer: record.at } as const;
  const upstream = { ...given(partial(C, named.output), record.upstream!), role: "upstream" } as const;
  if (isLinear(record)) {
    const notes = linearReasons(record, { ...named, C });
    const equations = [upstream, ...linearGradients(record, named, C)];
    if (penalties.length > 0) equations.push(penalizedGradient(named, penalties, C));
    return { ...step, equations, notes };
  }
  const notes = activationReasons(record.local);
  return { ...step, equations: [upstream, ...activationGradients(record, named, C)], notes };
}

/** W's, b's and, if someone asks for it, the input's. */
function linearGradients(record: LinearRecord, named: NamedRecord, C: Writing): Equation[] {
  const { input, output, W, b } = named;
  const dZ = partial(C, output);
  const upstream = matrix(dZ, record.upstream!);
  const flipped = transposed(input, record.input);
  const localW = partial(output, W);
  const localB = partial(output, b);
  const rows = "values" in flipped.number ? flipped.number.values : [];
  const equations = [
    equation("local", localW, [flipped], ([X]) => [X], rows, false),
    equation(
      "product",
      partial(C, W),
      [upstream, { ...flipped, symbol: localW }],
      ([dz, X]) => [dz, DOT, X],
      record.dW!,
    ),
    equation("local", localB, [], () => [], [[1]], false),
    biasGradient(record, upstream, { dB: partial(C, b), localB }),
  ];
  if (record.inputGradient === undefined) return equations;
  const localX = partial(output, input);
  const weights = transposed(W, record.W);
  return [
    ...equations,
    equation(
      "local",
      localX,
      [weights],
      ([w]) => [w],
      "values" in weights.number ? weights.number.values : [],
      false,
    ),
    equation(
      "product",
      partial(C, input),
      [{ ...weights, symbol: localX }, upstream],
      ([w, dz]) => [w, DOT, dz],
      record.inputGradient,
    ),
  ];
}

const OVER_EXAMPLES = write("Σ over examples ", "\\sum_{\\text{examples}} ");

/** A bias is added to every example, so the gradients of all examples add up. */
function biasGradient(
  record: LinearRecord,
  upstream: ReturnType<typeof matrix>,
  { dB, localB }: { dB: Writing; localB: Writing },
): Equation {
  const operands = [upstream, constant(localB, ONE)];
  if (record.input[0].length === 1) {
    return equation("product", dB, operands, ([dz, one]) => [dz, DOT, one], record.db!);
  }
  return equation(
    "product",
    dB,
    operands,
    ([dz, one]) => [round([dz, DOT, one], { before: OVER_EXAMPLES })],
    record.db!,
  );
}

function activationGradients(record: ActivationRecord, named: NamedRecord, C: Writing): Equation[] {
  const { input, output } = named;
  const activation = activationOf(record.layer);
  const [dA, dZ] = [partial(C, output), partial(C, input)];
  const upstream = matrix(dA, record.upstream!);
  const localZ = partial(output, input);
  if (activation.local === undefined || record.local === undefined) {
    return mixedGradients(record, activation.mixed, {
      dZ,
      localZ,
      upstream,
      A: matrix(output, record.output),
    });
  }
  const { local } = activation;
  return [
    equation(
      "local",
      localZ,
      [matrix(input, record.input), matrix(output, record.output)],
      ([Z, A]) => local(Z, A, record.layer),
      record.local,
    ),
    equation(
      "product",
      dZ,
      [upstream, matrix(localZ, record.local)],
      ([up, f]) => [up, TIMES, f],
      record.inputGradient!,
    ),
  ];
}

/** A node that mixes elements: its local gradient is a matrix for each example, of which the first is shown. */
function mixedGradients(
  record: ActivationRecord,
  mixed: Mixed | undefined,
  { dZ, localZ, upstream, A }: { dZ: Writing; localZ: Writing; upstream: Operand; A: Operand },
): Equation[] {
  const result = record.inputGradient!;
  if (mixed === undefined) return [equation("product", dZ, [], () => [], result)];
  const example = record.output.map((row) => row[0]);
  const many = record.output[0].length > 1;
  const name = many ? write(`${localZ.text} of example 1`, `${localZ.latex} \\text{ of example 1}`) : localZ;
  return [
    equation("local", name, [], () => [mixed.definition], mixed.local(example), false),
    equation("product", dZ, [upstream, A], ([up, a]) => mixed.product(up, a), result),
  ];
}
