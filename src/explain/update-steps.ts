import type { Step } from "./explanation.ts";
import { titleOf } from "./forward-steps.ts";
import { isLinear, type LinearRecord } from "./iteration.ts";
import type { NamedRecord } from "./names.ts";
import type { Moved, OptimizerWriting } from "./optimizer-formulas.ts";
import { type UpdateNames, updateGradients } from "./update-gradients.ts";

/** What the update of every layer goes by. */
export interface UpdateRule {
  readonly writing: OptimizerWriting;
  /** The optimizer itself, whose constants are shown; undefined for plain gradient descent on layers. */
  readonly optimizer: unknown;
  readonly learningRate: number;
  readonly powers: readonly [number, number];
  readonly names: UpdateNames;
}

const NOTHING = { before: [], after: [] };

/** One linear layer's step; undefined for a layer without weights. */
export function updateStep(named: NamedRecord, rule: UpdateRule): Step | undefined {
  const { record } = named;
  if (!isLinear(record)) return undefined;
  const { writing, optimizer, learningRate, powers, names } = rule;
  const gradients = updateGradients(named, names);
  const shared = { learningRate, powers };
  const W: Moved = { ...shared, ...weightsOf(named, record), gradient: gradients.W };
  const b: Moved = { ...shared, ...biasesOf(named, record), gradient: gradients.b };
  const definition = writing.definition?.(optimizer, learningRate);
  return {
    phase: "update",
    title: titleOf(named),
    layer: record.at,
    ...(definition && { definition }),
    equations: [...writing.equations(W, optimizer), ...writing.equations(b, optimizer)],
    notes: [],
  };
}

function weightsOf({ W }: NamedRecord, record: LinearRecord) {
  return { name: W, old: record.W, next: record.newW!, memory: record.memoryW ?? NOTHING };
}

function biasesOf({ b }: NamedRecord, record: LinearRecord) {
  return { name: b, old: record.b, next: record.newb!, memory: record.memoryb ?? NOTHING };
}
