// How a contender talks to the benchmark: one JSON request a line on standard input, one JSON answer a line on
// standard output. {prepare: workload} builds the workload and answers {check: […], dtype}, numbers that every contender
// must agree on and what it keeps them in, or {unsupported: why}; whoever can show only the first of them says why in a note.
// {time: milliseconds} runs it for about that long and answers {iterations, nanoseconds}. The first answer of a process may
// tell the version of what answers, in `about`.
import { createInterface } from "node:readline";

/** The benchmark's own numbers, the same in every language: a 32-bit linear congruential generator in [−½, ½). */
export function numbers(count, seed = 1) {
  const values = new Float64Array(count);
  let state = seed >>> 0;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = state / 2 ** 32 - 0.5;
  }
  return values;
}

/** What a network is to learn: 0 or 1 by the sign of the numbers of seed 2. */
export function labels(count) {
  return Float64Array.from(numbers(count, 2), (value) => (value > 0 ? 1 : 0));
}

/** Examples as lists of so many numbers. */
export function exampleRows(count, width) {
  const values = numbers(count * width);
  return Array.from({ length: count }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
}

/** How many weights positions have, in turn: a prime that divides no side of any workload, so that no row or column has them alike
 *  with the next. */
export const WEIGHTS = 29;

/** A few numbers that a wrong result would not share: the sum, and the sum weighted by position. */
export function checksum(values) {
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    weighted += values[i] * ((i % WEIGHTS) + 1);
  }
  return [sum, weighted];
}

/** Values that lie this far apart are compared one by one: a sum over a million forgives errors that even out. */
const STRIDE = 9973;

/** What tells an activation's values from others: their sums, and some of them as they are. */
export function elementCheck(values) {
  const some = [];
  for (let i = 0; i < values.length; i += STRIDE) some.push(values[i]);
  return [...checksum(values), ...some];
}

/**
 * The first and the last cost of ten steps, and checksums of what the first layer then holds and of every layer's biases. The eight
 * between go through `run`, which is what is timed.
 */
export function trainingCheck(step, run, weights, biases) {
  const first = step();
  run(8);
  const last = step();
  return [first, last, ...checksum(weights()), ...checksum(biases())];
}

/** The dtype of a typed array. */
export const nameOf = (values) => (values instanceof Float32Array ? "float32" : "float64");

/**
 * Serves the protocol.
 * @param makers by kind of workload, a function (workload) → { check, run, note, dtype } where run(iterations) does the work,
 *   or in words why it cannot
 * @param about the version of who serves
 */
export async function serve(makers, about) {
  let current;
  let untold = about;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer;
    try {
      if (request.prepare) {
        const make = makers[request.prepare.kind];
        const made = make ? await make(request.prepare) : `no ${request.prepare.kind}`;
        if (typeof made === "string") answer = { unsupported: made };
        else {
          current = made;
          answer = { check: made.check, note: made.note, dtype: made.dtype };
        }
      } else {
        answer = await time(current.run, request.time);
      }
    } catch (error) {
      answer = { error: String(error?.stack ?? error) };
    }
    process.stdout.write(`${JSON.stringify({ ...answer, about: untold })}\n`);
    untold = undefined;
  }
}

async function time(run, milliseconds) {
  let iterations = 1;
  for (;;) {
    const start = process.hrtime.bigint();
    await run(iterations);
    const nanoseconds = Number(process.hrtime.bigint() - start);
    if (nanoseconds > milliseconds * 0.5e6) return { iterations, nanoseconds };
    const aimed = (iterations * milliseconds * 1e6) / Math.max(nanoseconds, 1000);
    iterations = Math.max(iterations + 1, Math.min(Math.ceil(aimed), iterations * 100));
  }
}
