// `npm run bench` times this library beside its plain TypeScript reference and every peer that the machine has.
// Contenders run in processes of their own and take turns, so a slow moment of the machine touches all of them;
// each must first show the reference's numbers.
import { accessSync, constants, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { availableContenders, PEERS, peersEngine } from "./available.mjs";
import { measureCliffs } from "./cliffs.mjs";
import { measureCold, printCold } from "./cold.mjs";
import { distinct, readEngine, thisEngine } from "./engines.mjs";
import { measure, printTurns, SIGMOID_TOLERANCE, TOLERANCE } from "./measure.mjs";
import { joinPasses } from "./passes.mjs";
import { describeMachine } from "./report.mjs";
import { drawReport } from "./svg.mjs";
import { groupNames, groups, usual } from "./workloads.mjs";
import { Yardstick } from "./yardstick.mjs";

const { values: options } = parseArgs({
  options: {
    group: { type: "string", multiple: true, default: usual },
    name: { type: "string", default: "" },
    only: { type: "string", multiple: true },
    threads: { type: "string", default: "1" },
    rounds: { type: "string", default: "7" },
    ms: { type: "string", default: "150" },
    passes: { type: "string", default: "1" },
    engine: { type: "string", multiple: true },
    check: { type: "boolean", default: false },
    json: { type: "string" },
    svg: { type: "string" },
    theme: { type: "string", default: "auto" },
    help: { type: "boolean", default: false },
  },
});

if (options.help) {
  console.log(`npm run bench -- [options]
  --group NAME      ${groupNames.join(", ")} (may be repeated; all but cliffs and sizes
                    unless given)
  --name TEXT       of the groups' workloads only those whose name holds it, as "Iris" or "float32"
  --only PEER       beside ours and the reference: ${PEERS.join(", ")} or none (may be repeated; all that are
                    installed unless given; npm run bench:install brings those in JavaScript)
  --threads N       threads of ours, NumPy and PyTorch (1)
  --rounds N        turns a contender takes (7)
  --ms N            milliseconds a turn (150)
  --passes N        how often all of it is gone through (1); figures and picture join the turns of every pass, so that
                    a neighbour's slow minute on the machine falls on no workload alone
  --engine "PATH --flag …"
                    a JavaScript engine to run ours on: Node, Deno or Bun (this Node unless given). Repeated, ours runs on
                    each and is compared with the first. Flags are the engine's own: --experimental-wasm-revectorize
                    for Node, --v8-flags=… for Deno; the word turbo behind them
                    takes ours from the entry of that name
  --check           compare every contender with the reference and time nothing
  --json FILE       write every figure there
  --svg FILE        draw them there; the group sizes becomes a plot of the time per flop
  --theme NAME      the picture's colours: auto (the reader's choice), light or dark`);
  process.exit(0);
}

const [rounds, ms, passes, threads] = ["rounds", "ms", "passes", "threads"].map((name) => {
  const value = Number(options[name]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} wants a whole number above 0, got ${options[name]}`);
});
if (options.svg && (options.check || options.group.every((name) => name === "cliffs"))) {
  throw new Error("--svg has nothing to draw with --check, nor of cliffs");
}
// Before hours of measuring, not after them.
for (const file of [options.json, options.svg].filter(Boolean)) {
  accessSync(path.dirname(path.resolve(file)), constants.W_OK);
}
refuseUnknown("group", options.group, groupNames);
refuseUnknown("only", options.only ?? [], [...PEERS, "none"]);
refuseUnknown("theme", [options.theme], ["auto", "light", "dark"]);

const engines = distinct(options.engine?.map(readEngine) ?? [thisEngine()]);
const wanted = options.group.filter((name) => name in groups);
const workloads = Object.fromEntries(
  wanted.map((group) => [group, groups[group].filter(({ name }) => name.includes(options.name))]),
);
if (options.name && Object.values(workloads).every((list) => list.length === 0)) {
  throw new Error(`--name ${options.name}: no workload of ${options.group.join(", ")} is named so`);
}
const contenders =
  wanted.length > 0 ? availableContenders({ engines, only: options.only, threads: String(threads) }) : [];
// They measure one thread, which says nothing of what several may do.
const yardsticks =
  options.check || threads > 1
    ? {}
    : Object.fromEntries(
        ["mulAdd", "divide"].map((operation) => [operation, new Yardstick(engines[0], operation)]),
      );
const machine = describeMachine(engines) + (threads > 1 ? `; ${threads} threads` : "");
console.log(machine);
if (contenders.length > 0) {
  console.log(
    `ours is this library on ${engines[0].name}; peers in JavaScript run on ${peersEngine(engines).name}.`,
  );
  console.log(
    `Contenders, ${threads === 1 ? "one thread each" : `those that can on ${threads} threads`}: ${contenders.map(({ name }) => name).join(", ")}.`,
  );
  for (const { name, blas } of contenders) {
    if (blas) console.log(`${name} multiplies by OpenBLAS's kernels for ${blas}.`);
  }
}
console.log(
  `Each first agrees with the reference to ${TOLERANCE.float64} (float64) or ${TOLERANCE.float32} (float32), element by element of a sigmoid to ${SIGMOID_TOLERANCE.float64} or ${SIGMOID_TOLERANCE.float32}.` +
    (options.check
      ? ""
      : ` Median of ${rounds} turns of ${ms} ms${passes > 1 ? ` in each of ${passes} passes` : ""}; ± is half the distance of the quartiles; × is the time as a multiple of ours, the median of those of every turn.`),
);

const rows = [];
for (let pass = 0; pass < passes; pass++) {
  for (const group of options.group) {
    if (options.name && !workloads[group]?.length) continue;
    console.log(`\n— ${group}`);
    const apart = { cliffs: measureCliffs, cold: measureCold }[group];
    if (apart) rows.push(...apart(engines, { rounds, checkOnly: options.check }));
    for (const workload of workloads[group] ?? []) {
      rows.push(
        await measure(group, workload, { contenders, yardsticks, rounds, ms, checkOnly: options.check }),
      );
    }
  }
}
const results = joinPasses(rows);
if (passes > 1 && !options.check) {
  console.log("\n— all passes");
  for (const row of results.filter(({ kind }) => kind !== undefined)) {
    console.log(row.name);
    printTurns(row, contenders);
  }
  for (const row of results.filter(({ difference }) => difference !== undefined)) {
    console.log(row.name);
    printCold(row);
  }
  for (const { name, cliffs, jumps } of results.filter((row) => row.cliffs !== undefined)) {
    console.log(`${name}: every pass found ${cliffs.length} and ${jumps.length}`);
  }
}
for (const each of [...contenders, ...Object.values(yardsticks)]) each.close();
if (options.json) {
  const peers = contenders.map(({ name, blas }) => ({ name, blas }));
  const figures = { machine, threads, passes, rounds, ms, contenders: peers, results };
  writeFileSync(options.json, `${JSON.stringify(figures, null, 1)}\n`);
}
if (options.svg) writeFileSync(options.svg, await drawReport({ machine, results, theme: options.theme }));

function refuseUnknown(option, given, known) {
  for (const name of given) {
    if (!known.includes(name)) throw new Error(`--${option} wants one of ${known.join(", ")}, got ${name}`);
  }
}
