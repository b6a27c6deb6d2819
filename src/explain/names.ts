// The names of everything in an iteration: Z₁, A₁, Ŷ. A network with one linear layer goes without numbers.
import type { Writing } from "./explanation.ts";
import { type Iteration, isLinear, type LayerRecord } from "./iteration.ts";
import { symbol, write } from "./writing.ts";

/** A recorded layer with the names of its matrices. */
export interface NamedRecord {
  readonly record: LayerRecord;
  /** The number of the linear layer that it is or follows, if there are several. */
  readonly index: number | undefined;
  readonly input: Writing;
  readonly output: Writing;
  readonly W: Writing;
  readonly b: Writing;
}

export const X = write("X");
export const Y = write("Y");
const Y_HAT = write("Ŷ", "\\hat{Y}");

/** A loss is one example's; a cost is the mean over several. */
export function costName(iteration: Iteration): Writing {
  return write(iteration.X[0].length === 1 ? "L" : "C");
}

/** Names every layer's matrices, in order. */
export function nameRecords({ records }: Iteration): readonly NamedRecord[] {
  const several = records.filter(isLinear).length > 1;
  let linears = 0;
  let primes = "";
  let input = X;
  return records.map((record, at) => {
    const linear = isLinear(record);
    if (linear) linears++;
    // A second activation after the same linear layer is A₁′.
    primes = linear || at === 0 || isLinear(records[at - 1]) ? "" : `${primes}′`;
    const index = several || linears === 0 ? linears : undefined;
    const plain = symbol(linear ? "Z" : "A", index);
    const latexPrimes = primes.replaceAll("′", "'");
    const primed = write(plain.text + primes, plain.latex + latexPrimes);
    const output = at === records.length - 1 ? Y_HAT : primed;
    const named = { record, index, input, output, W: symbol("W", index), b: symbol("b", index) };
    input = output;
    return named;
  });
}
