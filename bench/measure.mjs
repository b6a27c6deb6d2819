// One workload: every contender shows its numbers, then they take turns.
import { setTimeout as sleep } from "node:timers/promises";
import { NoAnswer } from "./contender.mjs";
import { WEIGHTS } from "./contenders/protocol.mjs";
import { vectorOperations } from "./operations.mjs";
import { formatTime, median, multiples, spread } from "./report.mjs";
import { lanes } from "./yardstick.mjs";

/**
 * How far a contender's numbers may lie from the reference's, relative to them or to 1 if they are smaller. In float32, where
 * every library adds in an order of its own, the farthest lies at 1.7e-5. With 2e-3 a net was taken that had learned half as much.
 */
export const TOLERANCE = { float64: 1e-9, float32: 5e-5 };

/** The same of a sigmoid, element by element, where nothing adds up: the farthest lie at 3.4e-14 and 6e-8. */
export const SIGMOID_TOLERANCE = { float64: 1e-12, float32: 5e-7 };

/** The root of the mean square of the weights in both checksums. */
const MEAN_WEIGHTS = [1, Math.sqrt(((WEIGHTS + 1) * (2 * WEIGHTS + 1)) / 6)];

/**
 * What rounding alone comes to in a checksum of a float32 product, five times its standard deviation: numbers of ±½ add up to
 * √p/√12 after p of k steps, each of which rounds by 2^-25 of that, to k/17 · 2^-25 in all; a checksum adds m·n of these, with its
 * weights. An element that is wrong by its own size lies at 2.
 */
function roundingOf({ kind, m, n, k, dtype }, i) {
  if (kind !== "product" || dtype !== "float32") return 0;
  return 5 * MEAN_WEIGHTS[i] * Math.sqrt(m * n) * (k / 17) * 2 ** -25;
}

/** Milliseconds, untimed, that an engine has to compile what it sees of a workload in a process of its own: without them all
 *  five turns of 30 ms of the reference's XOR were on the way there. The yardstick has as many. */
const WARM = 300;

/** Milliseconds after which threads of OpenBLAS, which look out for more work, have gone to sleep: their turn is over, and the
 *  next contender wants the cores. */
const LINGER = 250;

/** A slow contender, nanoseconds an iteration, has nothing to add after one turn. */
const SLOW = 2e8;

/** Throws unless the numbers are the reference's, and of the workload's dtype; fewer of them need a note that says why. */
export function compare(name, workload, { check, note, dtype }, oracle) {
  if (dtype !== workload.dtype) throw new Error(`${name} works in ${dtype} on ${workload.name}`);
  const tolerance = (workload.kind === "sigmoid" ? SIGMOID_TOLERANCE : TOLERANCE)[dtype];
  if (check.length === 0 || check.length > oracle.length || (check.length < oracle.length && !note)) {
    throw new Error(
      `${name} shows ${check.length} numbers for ${workload.name}, the reference ${oracle.length}`,
    );
  }
  for (const [i, value] of check.entries()) {
    const scale = Math.max(1, Math.abs(oracle[i]));
    if (!(Math.abs(value - oracle[i]) <= Math.max(tolerance * scale, roundingOf(workload, i)))) {
      throw new Error(`${name} computes ${check} for ${workload.name}, the reference ${oracle}`);
    }
  }
  // All could agree on a network that learns nothing.
  const [first, last] = check;
  if (["train", "fit"].includes(workload.kind) && last >= first) {
    throw new Error(`${name}'s cost goes from ${first} to ${last} on ${workload.name}`);
  }
}

/** Ours and the reference are what a run is about. Any other that gives no answer is dropped, and the run goes on without. */
async function answerOf(contender, workload, ask) {
  try {
    return await ask(contender);
  } catch (error) {
    const isPeer = contender.engine === undefined && contender.name !== "reference";
    if (!isPeer || !(error instanceof NoAnswer)) throw error;
    contender.lose(workload, error);
    return undefined;
  }
}

/** Checks, times and prints one workload; a row of the JSON. `begun` are the rounds of earlier passes. */
export async function measure(group, workload, { contenders, yardsticks, rounds, begun = 0, ms, checkOnly }) {
  console.log(workload.name);
  const answers = new Map();
  for (const contender of contenders.filter(({ lost }) => !lost)) {
    const answer = await answerOf(contender, workload, (each) => each.prepare(workload));
    if (answer) answers.set(contender, answer);
  }
  const reference = contenders.find(({ name }) => name === "reference");
  const able = [...answers.keys()].filter((contender) => !answers.get(contender).unsupported);
  for (const contender of able) {
    compare(contender.name, workload, answers.get(contender), answers.get(reference).check);
  }
  const row = { group, ...workload, contenders: {} };
  if (checkOnly) {
    for (const { name } of able.filter((contender) => contender !== reference)) {
      console.log(`  ${name} agrees with the reference`);
    }
  } else {
    await takeTurns(row, workload, able, { yardsticks, rounds, begun, ms });
    printTurns(row, contenders);
  }
  for (const [{ name, lost }, { note, unsupported }] of answers) {
    if (note && !lost) console.log(`  ${name}: ${note}`);
    if (typeof unsupported === "string") console.log(`  ${name} left out: ${unsupported}`);
  }
  return row;
}

async function takeTurns(row, workload, able, { yardsticks, rounds, begun, ms }) {
  const used = Object.entries(yardsticks).filter(([operation]) => needs(row, operation));
  for (const [, yardstick] of used) await yardstick.prepare(row.dtype);
  const timed = able.filter(({ name }) => !row.untimed?.includes(name));
  for (const { name } of timed) row.contenders[name] = { nanoseconds: [], turns: [] };
  const time = async (contender, milliseconds) => {
    const taken = await answerOf(contender, workload, (each) => each.time(milliseconds));
    // Of a workload that a contender did not outlive there is no figure.
    if (taken === undefined) delete row.contenders[contender.name];
    return taken;
  };
  for (const contender of timed) {
    if (contender.anew) await time(contender, WARM);
  }
  if (used.length > 0) {
    row.limit = Object.fromEntries(used.map(([operation]) => [operation, []]));
    if (row.kind === "sigmoid") row.operations = vectorOperations("sigmoid", row.dtype);
  }
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < timed.length; i++) {
      // Another begins each round: what one leaves behind, in caches or as heat, is not always before the same next.
      const contender = timed[(i + begun + round) % timed.length];
      if (contender.lost) continue;
      // Next to ours, with which the limit is compared turn by turn.
      if (contender.name === "ours") {
        for (const [operation, yardstick] of used) row.limit[operation].push(await yardstick.time(ms / 2));
      }
      const { nanoseconds, turns } = row.contenders[contender.name];
      if (nanoseconds[0] > SLOW && contender.engine === undefined) continue;
      const taken = await time(contender, ms);
      if (taken === undefined) continue;
      nanoseconds.push(taken);
      turns.push(round);
      if (contender.lingers) await sleep(LINGER);
    }
  }
}

const needs = ({ kind }, operation) => (operation === "mulAdd" && kind === "product") || kind === "sigmoid";

/** The least time that 128-bit operations at the measured pace leave for a row, turn by turn, or undefined where none was
 *  measured. */
function allowed(row) {
  if (!row.limit) return undefined;
  const { mulAdd, divide } = row.limit;
  if (row.kind === "product") return mulAdd.map((operation) => (row.flops / lanes(row.dtype)) * operation);
  const { all, divisions } = row.operations;
  // The divider works beside the other units: whichever takes longer decides.
  const vector = mulAdd.map((operation, turn) => Math.max(all * operation, divisions * divide[turn]));
  return vector.map((time) => (row.n / lanes(row.dtype)) * time);
}

/** Another's time over one's own: the median over the turns, since a neighbour on the machine slows both of a turn. */
const beside = (list, other) => median(list.map((time, turn) => other[turn] / time));

/** Prints the turns of a row: what each contender takes, and what the machine would allow. */
export function printTurns(row, contenders) {
  const width = Math.max(...contenders.map(({ name }) => name.length));
  const ours = row.contenders.ours.nanoseconds;
  const least = allowed(row);
  for (const { name, engine } of contenders) {
    const taken = row.contenders[name];
    if (!taken) continue;
    const list = taken.nanoseconds;
    const time = median(list);
    const parts = [
      `  ${name.padEnd(width)}${formatTime(time).padStart(10)}`,
      spread(list).padStart(5),
      `fastest ${formatTime(Math.min(...list))}`.padStart(18),
      `${median(multiples(taken, ours)).toFixed(2)}×`.padStart(9),
      row.flops
        ? `${rate(row.flops / time)}, fastest ${(row.flops / Math.min(...list)).toFixed(1)}`.padStart(26)
        : "",
      least && engine ? `${percent(beside(list, least))} of the limit` : "",
      engine && name !== "ours" ? `${percent(beside(list, ours))} of the speed of ours` : "",
    ];
    console.log(parts.filter(Boolean).join("  "));
  }
  if (row.kind === "product" && row.limit) {
    const [middle, fastest] = [median(row.limit.mulAdd), Math.min(...row.limit.mulAdd)].map(
      (operation) => lanes(row.dtype) / operation,
    );
    console.log(
      `  the limit of 128-bit mul + add here: ${rate(middle)} ${spread(row.limit.mulAdd)}, fastest ${fastest.toFixed(1)}`,
    );
  }
  if (row.kind === "sigmoid" && row.limit) printSigmoid(row, least);
}

function printSigmoid(row, least) {
  const { all, divisions } = row.operations;
  const { mulAdd, divide } = row.limit;
  const each = (list) => `${median(list).toFixed(3)} ns`;
  console.log(
    `  The kernel spends ${all} vector operations on ${lanes(row.dtype)} elements, ${divisions} of them a division. At ${each(mulAdd)} an` +
      ` operation (measured on mul + add) and ${each(divide)} a division, working side by side, loads and stores free,` +
      ` that allows ${formatTime(median(least))}.`,
  );
}

const rate = (flopsEachNanosecond) => `${flopsEachNanosecond.toFixed(1)} GF/s`;
const percent = (share) => `${Math.round(100 * share)} %`;
