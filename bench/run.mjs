// `npm run bench` times this library beside its plain TypeScript reference and every peer that the machine has.
// Contenders run in processes of their own and take turns, so a slow moment of the machine touches all of them;
// each must first show the reference's numbers.
import { parseArgs } from "node:util";
import { availableContenders } from "./available.mjs";
import { describeMachine, formatTime, median, spread } from "./report.mjs";
import { groups } from "./workloads.mjs";

const { values: options } = parseArgs({
  options: {
    group: { type: "string", multiple: true },
    only: { type: "string", multiple: true },
    rounds: { type: "string", default: "7" },
    ms: { type: "string", default: "150" },
    engine: { type: "string", default: process.execPath },
    flag: { type: "string", multiple: true, default: [] },
    json: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (options.help) {
  console.log(`npm run bench -- [options]
  --group NAME      ${Object.keys(groups).join(", ")} (all unless given; may be repeated)
  --only CONTENDER  besides ours and the reference (may be repeated; all that are installed unless given)
  --rounds N        turns a contender takes (7)
  --ms N            milliseconds a turn (150)
  --engine PATH     the JavaScript engine to run ours on (this Node)
  --flag FLAG       a flag for that engine (may be repeated)
  --json FILE       write every figure there`);
  process.exit(0);
}

const rounds = Number(options.rounds);
const contenders = availableContenders(options);
console.log(describeMachine(options));
console.log(
  `Contenders: ${contenders.map((c) => c.name).join(", ")}. Median of ${rounds} turns of ${options.ms} ms.\n`,
);

const results = [];
for (const group of options.group ?? Object.keys(groups)) {
  if (!groups[group]) throw new Error(`no group ${group}; there are ${Object.keys(groups).join(", ")}`);
  console.log(`— ${group}`);
  for (const workload of groups[group]) results.push(await measure(group, workload));
}
for (const contender of contenders) contender.close();
if (options.json) {
  const { writeFileSync } = await import("node:fs");
  writeFileSync(options.json, JSON.stringify({ machine: describeMachine(options), results }, null, 1));
}

async function measure(group, workload) {
  const checks = new Map();
  for (const contender of contenders) {
    const check = await contender.prepare(workload);
    if (check) checks.set(contender, check);
  }
  const oracle = checks.get(contenders.find((c) => c.name === "reference"));
  const tolerance = workload.dtype === "float64" ? 1e-9 : 2e-3;
  for (const [contender, check] of checks) {
    check.forEach((value, i) => {
      const scale = Math.max(1, Math.abs(oracle[i]));
      if (!(Math.abs(value - oracle[i]) <= tolerance * scale)) {
        throw new Error(`${contender.name} computes ${check} for ${workload.name}, the reference ${oracle}`);
      }
    });
  }
  const times = new Map([...checks.keys()].map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [contender, list] of times) {
      // A reference that takes seconds a product has nothing to add after one turn.
      if (contender.name === "reference" && list.length > 0 && list[0] > 2e8) continue;
      list.push(await contender.time(Number(options.ms)));
    }
  }
  const [ours] = times.values();
  console.log(workload.name);
  const row = { group, name: workload.name, contenders: {} };
  for (const [contender, list] of times) {
    const time = median(list);
    const rate = workload.flops ? `${(workload.flops / time).toFixed(1)} GF/s` : "";
    const ratio = time / median(ours);
    console.log(
      `  ${contender.name.padEnd(14)}${formatTime(time).padStart(10)}  ±${spread(list)}%  ${ratio.toFixed(2).padStart(8)}×  ${rate}`,
    );
    row.contenders[contender.name] = { nanoseconds: list };
  }
  return row;
}
