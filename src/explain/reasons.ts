// Why a gradient is zero, in a sentence: what the article says of x = (0, 0), for any layer and any example.
import type { Rows, Writing } from "./explanation.ts";
import type { LinearRecord } from "./iteration.ts";
import { subscript } from "./writing.ts";

const isZero = (row: readonly number[]) => row.every((value) => value === 0);

/** What the names in the sentences are. */
export interface ReasonNames {
  readonly C: Writing;
  readonly W: Writing;
  readonly b: Writing;
  readonly input: Writing;
  readonly output: Writing;
}

/** Why weights of a linear layer do not learn: no gradient comes in, or what they multiply is zero. */
export function linearReasons(record: LinearRecord, names: ReasonNames): string[] {
  const { input, upstream = [], db = [] } = record;
  const [C, W, b, from, Z] = [names.C.text, names.W.text, names.b.text, names.input.text, names.output.text];
  if (upstream.every(isZero)) {
    return [
      `The upstream gradient ∂${C}/∂${Z} is 0 everywhere, so the cost moves no weight of this layer or of those before it.`,
    ];
  }
  // Penalties, and what an optimizer remembers, move weights that the cost does not; of one of the caller's own nothing is known.
  const stay = (columns: readonly number[]) =>
    record.newW?.every((row, i) => columns.every((j) => row[j] === record.W[i][j]));
  const zeros = [...input.keys()].filter((i) => isZero(input[i]));
  if (zeros.length === 0) return [];
  const one = input[0].length === 1;
  const where = one ? "" : " in every example";
  const parts = zeros.map((i) => (from === "X" ? `x${subscript(i + 1)}` : `unit ${i + 1} of ${from}`));
  if (zeros.length === input.length) {
    const learns = db.every(isZero) ? "" : `, and only the bias ${b} learns`;
    const nothing = from === "X" && parts.length <= FEW ? `${parts.join(" = ")} = 0` : `${from} = 0`;
    return [
      `Why is ∂${C}/∂${W} zero? The local gradient of a weight is what it multiplies, here ${nothing}${where}, and the upstream gradient times 0 is 0. So ${stay(zeros) ? "the weights stay as they are" : "the cost does not move the weights"}${learns}.`,
    ];
  }
  const [are, columns] = zeros.length === 1 ? ["is", "column"] : ["are", "columns"];
  return [
    `Why are there zeros in ∂${C}/∂${W}? The local gradient of a weight is what it multiplies: ${list(parts)} ${are} 0${where}, so ${columns} ${list(zeros.map((i) => String(i + 1)))} of ∂${C}/∂${W} ${are} 0, and ${stay(zeros) ? "those weights stay as they are" : "the cost does not move those weights"}.`,
  ];
}

/** So many features are named one by one. */
const FEW = 4;

/** Which units of an activation let no gradient through. */
export function activationReasons(local: Rows | undefined): string[] {
  if (local === undefined) return [];
  const shut = [...local.keys()].filter((i) => isZero(local[i]));
  if (shut.length === 0) return [];
  const units = `${shut.length === 1 ? "Unit" : "Units"} ${list(shut.map((i) => String(i + 1)))}`;
  const where = local[0].length === 1 ? "" : " in every example";
  return [
    `${units}: the local gradient is 0${where}, so no gradient gets past, and the cost does not move the weights that lead there.`,
  ];
}

function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}
