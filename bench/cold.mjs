// What the library costs a process that has just begun: one that imports it and trains an epoch of XOR, and one that does
// nothing, started in turns.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { firstEpochOn } from "../.tools/first-epoch.mjs";
import { outputOf } from "./program.mjs";
import { formatTime, median, quartiles, spread } from "./report.mjs";
import { scratch } from "./scratch.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const EMPTY = here("empty.mjs");
/** What the program that is checked says. */
const RESULT = "console.log(JSON.stringify([cost, ...Z1.params.W.data, ...Z2.params.W.data]));\n";
/** Pairs of processes for each turn that the other groups give a contender. */
const PAIRS = 3;

/** How the group takes its figures. */
export const coldMethod = (rounds) =>
  `${rounds * PAIRS} pairs of new processes, one that does nothing and one that imports and trains an epoch, by turns; the` +
  " difference is the median of the pairs', ± half the distance of the quartiles. Each compiles everything anew: Node without" +
  " NODE_COMPILE_CACHE, Deno with --no-code-cache, Bun without its transpiler's cache.";

/** The environment without what keeps compiled code from one process to the next. Bun keeps files above 50 kB by itself. */
function coldEnvironment() {
  const { NODE_COMPILE_CACHE: _, ...rest } = process.env;
  return { ...rest, BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0" };
}

/** The arguments with which an engine keeps no code; Deno refuses a flag that it is given twice. */
function coldArguments({ kind, flags, args }, rest) {
  const flag = "--no-code-cache";
  return kind === "Deno" && !flags.includes(flag) ? args(flag, ...rest) : args(...rest);
}

const run = (engine, ...rest) => outputOf(engine.command, coldArguments(engine, rest), coldEnvironment());

async function timed(engine, ...rest) {
  const start = process.hrtime.bigint();
  await run(engine, ...rest);
  return Number(process.hrtime.bigint() - start);
}

/** What the epoch takes beyond the empty script that ran beside it, pair by pair. */
const differences = ({ ours, "empty script": empty }) =>
  ours.nanoseconds.map((time, i) => time - empty.nanoseconds[i]);

/** The median of these over the pairs. */
export const differenceOf = (contenders) => median(differences(contenders));

/** The path of a program that imports an entry and trains an epoch. */
function programOn(entry, end) {
  const file = scratch(`${entry}${end === undefined ? "" : "-checked"}.mjs`);
  writeFileSync(file, firstEpochOn(here(`../dist/${entry}.js`), end));
  return file;
}

/** The entries that an epoch is imported from on an engine: its own, and beside the usual one that of the layers alone. */
const entriesOf = ({ entry }) => (entry === "index" ? [entry, "layers"] : [entry]);

/** Checks the epoch against the reference's, then measures unless only the check is wanted; one row an entry of an engine. */
export async function measureCold(engines, how) {
  const rows = [];
  for (const engine of engines) {
    for (const entry of entriesOf(engine)) rows.push(await measureEntry(engine, entry, how));
  }
  return rows;
}

async function measureEntry(engine, entry, { rounds, checkOnly }) {
  const [ours, reference] = [
    await run(engine, programOn(entry, RESULT)),
    await run(engine, programOn("reference", RESULT)),
  ];
  if (ours !== reference) {
    throw new Error(`a cold epoch on ${engine.name} gives ${ours}, the reference ${reference}`);
  }
  const imported = entry === engine.entry ? "import" : `import of ${entry}`;
  const name = `${imported} to the first trained epoch, ${engine.name}`;
  console.log(name);
  if (checkOnly) {
    console.log("  agrees with the reference");
    return { group: "cold", name, contenders: {} };
  }
  const program = programOn(entry);
  const empty = [];
  const epoch = [];
  for (let i = 0; i < rounds * PAIRS; i++) {
    empty.push(await timed(engine, EMPTY));
    epoch.push(await timed(engine, program));
  }
  const contenders = { ours: { nanoseconds: epoch }, "empty script": { nanoseconds: empty } };
  const row = { group: "cold", name, contenders, difference: differenceOf(contenders) };
  printCold(row);
  return row;
}

/** Prints what the two processes of a row take. */
export function printCold({ contenders, difference }) {
  for (const [label, name] of [
    ["an empty script", "empty script"],
    ["an epoch of XOR", "ours"],
  ]) {
    const list = contenders[name].nanoseconds;
    console.log(`  ${label}${formatTime(median(list)).padStart(12)}  ${spread(list)}`);
  }
  const pairs = differences(contenders);
  // A time, and no share: where the machine is busy the median is next to nothing, or less.
  const [low, high] = quartiles(pairs);
  const about = `± ${formatTime((high - low) / 2)}, the median of ${pairs.length} pairs`;
  console.log(`  difference     ${formatTime(difference).padStart(12)} ${about}`);
}
