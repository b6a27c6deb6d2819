// The words that both renderers share.
import { counted } from "../describe.ts";
import type { Explanation, Phase, Term, Writing } from "./explanation.ts";
import { givenNumber } from "./numbers.ts";

/** What the whole explanation is about, in a line. */
export function headline({ sizes, examples, learningRate }: Explanation): string {
  const count = counted(examples, "example");
  return `One iteration: ${sizes.join("-")}, ${count}, learning rate ${givenNumber(learningRate).text}`;
}

const TITLES: Readonly<Record<Phase, string>> = {
  given: "Given",
  forward: "Forward",
  cost: "Cost",
  backward: "Backward",
  update: "Update",
};

/** The heading of a part. */
export function phaseTitle(phase: Phase, { updated }: Explanation): string {
  return phase === "update" && !updated ? "Update (shown, not made)" : TITLES[phase];
}

/** Whether a negative number at this place wants brackets, since a sign stands before it. */
export function startsAfterSign(terms: readonly Term[], i: number): boolean {
  return i > 0 && "text" in terms[i - 1];
}

const NUMBERS = ["C", "L", "J", "norm", "k"];

/** Whether this names a number that is no matrix, such as the cost itself. */
export function isNumber({ text }: Writing): boolean {
  return NUMBERS.includes(text) || text.startsWith("R(");
}
