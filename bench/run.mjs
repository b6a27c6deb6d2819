// `npm run bench` times this library beside its plain TypeScript reference and every peer that the machine has.
// Contenders run in processes of their own and take turns, so a slow moment of the machine touches all of them;
// each must first show the reference's numbers.
import { writeFileSync } from "node:fs";
import { availableContenders, describeMissing, peersEngine } from "./available.mjs";
import { cliffsMethod, measureCliffs } from "./cliffs.mjs";
import { coldMethod, measureCold, printCold } from "./cold.mjs";
import { inWords } from "./command-line.mjs";
import { measure, printTurns, SIGMOID_TOLERANCE, TOLERANCE } from "./measure.mjs";
import { readBenchOptions } from "./options.mjs";
import { joinPasses } from "./passes.mjs";
import { describeMachine } from "./report.mjs";
import { onSignals, outliveReader, signalOf, stop } from "./stops.mjs";
import { drawReport } from "./svg.mjs";
import { Yardstick } from "./yardstick.mjs";

const { groups, workloads, engines, only, threads, rounds, ms, passes, check, json, svg, theme } =
  inWords(readBenchOptions);
// Before anything is compiled that must not be left behind. A signal is heard when this file first waits.
onSignals(interrupt);
outliveReader(json, svg);
const date = new Date().toISOString();
/** The groups that measure in their own way, neither workloads nor contenders. */
const apart = {
  cliffs: { measure: measureCliffs, method: cliffsMethod },
  cold: { measure: measureCold, method: coldMethod },
};
const withWorkloads = groups.some((group) => group in workloads);
const { contenders, missing } = withWorkloads
  ? availableContenders({ engines, only, threads: String(threads) })
  : { contenders: [], missing: [] };
// They measure one thread, which says nothing of what several may do.
const yardsticks =
  check || threads > 1 || !withWorkloads
    ? {}
    : Object.fromEntries(
        ["mulAdd", "divide"].map((operation) => [operation, new Yardstick(engines[0], operation)]),
      );
const machine = describeMachine(engines) + (threads > 1 ? `; ${threads} threads` : "");
const rows = [];

let finished = false;

announce();
let failure;
try {
  for (let pass = 0; pass < passes; pass++) await goThrough(pass);
} catch (error) {
  // Ctrl-C is for all that runs, and the end of what ran for us may be told before it.
  const signal = signalOf(error);
  if (signal) interrupt(signal);
  failure = error;
  throw error;
} finally {
  const results = finish(failure?.message);
  if (svg && !failure) writeFileSync(svg, await drawReport({ machine, results, theme }));
}

function announce() {
  console.log(machine);
  console.log(`Measured on ${date.slice(0, 10)}.`);
  if (withWorkloads) announceContenders();
  for (const group of groups.filter((name) => name in apart && !check)) {
    console.log(
      `${group}: ${apart[group].method(rounds)}${passes > 1 ? ` So in each of ${passes} passes.` : ""}`,
    );
  }
}

function announceContenders() {
  console.log(
    `ours is this library on ${engines[0].name}; peers in JavaScript run on ${peersEngine(engines).name}.`,
  );
  console.log(
    `Contenders, ${threads === 1 ? "one thread each" : `those that can on ${threads} threads`}: ${contenders.map(({ name }) => name).join(", ")}.`,
  );
  if (missing.length > 0) console.log(describeMissing(missing));
  for (const { name, blas } of contenders) {
    if (blas) console.log(`${name} multiplies by OpenBLAS's kernels for ${blas}.`);
  }
  console.log(
    `Each first agrees with the reference to ${TOLERANCE.float64} (float64) or ${TOLERANCE.float32} (float32), element by element of a sigmoid to ${SIGMOID_TOLERANCE.float64} or ${SIGMOID_TOLERANCE.float32}.`,
  );
  if (check) return;
  const names = groups.filter((group) => group in workloads).join(", ");
  console.log(
    `${names}: median of ${rounds} turns of ${ms} ms${passes > 1 ? ` in each of ${passes} passes` : ""}, another beginning each time; ± is half the distance of the quartiles; × is the time as a multiple of ours, the median of those of every turn.`,
  );
}

async function goThrough(pass) {
  for (const group of groups) {
    console.log(`\n— ${group}`);
    if (group in apart) rows.push(...(await apart[group].measure(engines, { rounds, checkOnly: check })));
    for (const workload of workloads[group] ?? []) {
      const how = { contenders, yardsticks, rounds, begun: pass * rounds, ms, checkOnly: check };
      rows.push(await measure(group, workload, how));
    }
  }
}

/** Prints and writes what was measured, all of it or until something ended the run. */
function finish(ended) {
  finished = true;
  const results = joinPasses(rows);
  for (const each of [...contenders, ...Object.values(yardsticks)]) each.close();
  // First of all: whatever fails after this has lost nothing.
  if (json) {
    const peers = contenders.map(({ name, version, blas, lost }) => ({ name, version, blas, lost }));
    const how = { machine, date, threads, passes, rounds, ms, ended };
    writeFileSync(json, `${JSON.stringify({ ...how, contenders: peers, missing, results }, null, 1)}\n`);
  }
  if (passes > 1 && !check) printAll(results);
  const told = contenders.filter(({ version }) => version).map(({ name, version }) => `${name} ${version}`);
  if (told.length > 0) console.log(`\nVersions: ${told.join(", ")}.`);
  for (const { name, lost } of contenders.filter((contender) => contender.lost)) {
    console.log(`!! ${name} WAS DROPPED from ${lost.from} on: ${lost.how}`);
  }
  return results;
}

/** Writes what was measured until a signal came, unless all is written, and ends. */
function interrupt(signal) {
  if (!finished) finish("interrupted");
  stop(signal);
}

function printAll(results) {
  console.log("\n— all passes");
  for (const row of results.filter(({ kind }) => kind !== undefined)) {
    console.log(row.name);
    printTurns(row, contenders);
  }
  for (const row of results.filter(({ difference }) => difference !== undefined)) {
    console.log(row.name);
    printCold(row);
  }
  for (const { name, cliffs, jumps, widths } of results.filter((row) => row.cliffs !== undefined)) {
    console.log(`${name}: every pass found ${cliffs.length}, ${jumps.length} and ${widths.length}`);
  }
}
