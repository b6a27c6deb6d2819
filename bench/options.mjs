// What `npm run bench` can be asked for, and what of it is refused.
import { PEERS } from "./available.mjs";
import {
  MOST_THREADS,
  Refusal,
  readOptions,
  refuseUnknown,
  refuseUnwritable,
  wholeNumber,
} from "./command-line.mjs";
import { distinct, readEngine, thisEngine } from "./engines.mjs";
import { groupNames, groups, usual } from "./workloads.mjs";

const HELP = `npm run bench -- [options]
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
  --theme NAME      the picture's colours: auto (the reader's choice), light or dark
The groups cold and cliffs have no workloads and no peers, and turns of their own length: --name leaves them out, and
--only, --ms and --threads do nothing for them.`;

/** Every option, checked. `workloads` has those that are wanted of each group that has any. */
export function readBenchOptions() {
  const given = readOptions(
    {
      group: { type: "string", multiple: true, default: usual },
      name: { type: "string", default: "" },
      only: { type: "string", multiple: true },
      threads: { type: "string" },
      rounds: { type: "string", default: "7" },
      ms: { type: "string" },
      passes: { type: "string", default: "1" },
      engine: { type: "string", multiple: true },
      check: { type: "boolean", default: false },
      json: { type: "string" },
      svg: { type: "string" },
      theme: { type: "string", default: "auto" },
    },
    HELP,
  );
  const { name, only, check, json, svg, theme } = given;
  const group = [...new Set(given.group)];
  refuseUnknown("group", group, groupNames);
  refuseUnknown("only", only ?? [], [...PEERS, "none"]);
  if (only?.includes("none") && new Set(only).size > 1) {
    throw new Refusal(`--only none leaves out ${only.filter((each) => each !== "none").join(", ")} too`);
  }
  refuseUnknown("theme", [theme], ["auto", "light", "dark"]);
  const [rounds, passes] = ["rounds", "passes"].map((option) => wholeNumber(option, given[option]));
  // These two have no default that could be told from what was given.
  const ms = wholeNumber("ms", given.ms ?? 150);
  const threads = wholeNumber("threads", given.threads ?? 1, { most: MOST_THREADS });
  if (svg && (check || group.every((each) => each === "cliffs"))) {
    throw new Refusal("--svg has nothing to draw with --check, nor of cliffs");
  }
  refuseUnwritable("json", json);
  refuseUnwritable("svg", svg);
  const wanted = group.filter((each) => each in groups);
  for (const option of ["name", "only", "ms", "threads"]) {
    if (wanted.length === 0 && given[option]) {
      throw new Refusal(`--${option} does nothing for ${group.join(" and ")}`);
    }
  }
  const workloads = Object.fromEntries(
    wanted.map((each) => [each, groups[each].filter((workload) => workload.name.includes(name))]),
  );
  if (name && Object.values(workloads).every((list) => list.length === 0)) {
    throw new Refusal(`--name ${name}: no workload of ${group.join(", ")} is named so`);
  }
  const engines = distinct(given.engine?.map(readEngine) ?? [thisEngine()]);
  // A name is of workloads: groups that have none of it are left out.
  const run = group.filter((each) => !name || workloads[each]?.length > 0);
  return { groups: run, workloads, engines, only, threads, rounds, ms, passes, check, json, svg, theme };
}
