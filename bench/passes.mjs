// Several passes over all workloads, so that a neighbour's slow minute on the machine falls on none alone.
import { commonEdges } from "./cliffs.mjs";
import { differenceOf } from "./cold.mjs";

/** One row a workload, with the turns of every pass, and of edges those that every pass found. */
export function joinPasses(rows) {
  const joined = new Map();
  for (const row of rows) {
    const key = `${row.group} ${row.name}`;
    const first = joined.get(key);
    if (first === undefined) joined.set(key, row);
    else join(first, row);
  }
  return [...joined.values()];
}

function join(first, row) {
  const before = first.contenders.ours?.nanoseconds.length;
  for (const [name, { nanoseconds, turns }] of Object.entries(row.contenders)) {
    first.contenders[name].nanoseconds.push(...nanoseconds);
    if (turns) first.contenders[name].turns.push(...turns.map((turn) => before + turn));
  }
  for (const [operation, list] of Object.entries(row.limit ?? {})) first.limit[operation].push(...list);
  if (row.difference !== undefined) first.difference = differenceOf(first.contenders);
  for (const edges of ["cliffs", "jumps", "widths"]) {
    if (row[edges] !== undefined) first[edges] = commonEdges(first[edges], row[edges]);
  }
}
