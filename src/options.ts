import { ArgumentError } from "./errors.ts";

/**
 * @internal Checks the names of an options object once, at the door; their values are the caller's to check.
 *
 * @param options what the user gave; undefined stands for none
 * @param known every option there is
 * @param where how the message names the place, such as "Network.fit"
 * @throws ArgumentError for anything but an object, and for a name that is not known, with the nearest one that is
 * @example
 * checkOptions({ epoch: 5 }, ["epochs", "batchSize"], "fit");
 * // ArgumentError: fit: there is no option "epoch"; did you mean "epochs"? (known: epochs, batchSize)
 */
export function checkOptions(options: unknown, known: readonly string[], where: string): void {
  if (options === undefined) return;
  if (options === null || typeof options !== "object" || Array.isArray(options)) {
    const given = options === null || Array.isArray(options) ? "null or an array" : `a ${typeof options}`;
    throw new ArgumentError(
      `${where}: the options must be an object such as { ${known[0]}: … }, not ${given}`,
    );
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    throw new ArgumentError(
      `${where}: there is no option "${name}"; did you mean "${nearest(name, known)}"? (known: ${known.join(", ")})`,
    );
  }
}

/**
 * @internal The word of `known` (at least one) that takes the fewest edits to reach from `word`, whatever the case;
 * the first of them when several do.
 */
export function nearest(word: string, known: readonly string[]): string {
  let best = known[0];
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const edits = levenshtein(word.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

/** Insertions, deletions and replacements between two words, row by row of the usual table. */
function levenshtein(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j] + 1, row[j - 1] + 1));
    }
    above = row;
  }
  return above[b.length];
}
