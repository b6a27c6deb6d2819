// Which gradients an update goes by, and what they are called: the cost's, or what penalties and clipping made of them.
import type { Rows, Writing } from "./explanation.ts";
import type { LinearRecord } from "./iteration.ts";
import type { NamedRecord } from "./names.ts";
import { J } from "./penalties.ts";
import { partial, write } from "./writing.ts";

/** What the names depend on. */
export interface UpdateNames {
  /** The name of the cost. */
  readonly C: Writing;
  /** Whether penalties were added. */
  readonly penalized: boolean;
  /** Whether clipping made other gradients of them. */
  readonly clipped: boolean;
}

interface Gradient {
  readonly name: Writing;
  readonly rows: Rows;
}

/** The gradients of a linear layer's W and b. */
export function updateGradients(
  named: NamedRecord,
  { C, penalized, clipped }: UpdateNames,
): Record<"W" | "b", Gradient> {
  const record = named.record as LinearRecord;
  const W = { name: partial(penalized ? J : C, named.W), rows: record.penalizedW ?? record.dW! };
  const b = { name: partial(C, named.b), rows: record.db! };
  if (!clipped) return { W, b };
  return {
    W: { name: clip(W.name), rows: record.clippedW! },
    b: { name: clip(b.name), rows: record.clippedb! },
  };
}

function clip({ text, latex }: Writing): Writing {
  return write(`clip(${text})`, `\\operatorname{clip}\\left(${latex}\\right)`);
}
