// Whether some small product takes longer than one that contains it, some deep one for being a step deeper, or some wide one than
// one a column wider: an edge at which a kernel stumbles. What seems to is measured again, the two of them by turns.
import { fileURLToPath } from "node:url";
import { deepened, STEP, shapes, widened } from "./cliffs/shapes.mjs";
import { outputOf } from "./program.mjs";
import { formatTime } from "./report.mjs";

const SCAN = fileURLToPath(new URL("cliffs/scan.mjs", import.meta.url));
/** How many are shown of each dtype and form. */
const SHOWN = 3;

/** How the group takes its figures. */
export const cliffsMethod = (rounds) =>
  `the fastest of ${2 * rounds} turns of some 50 µs; what then takes more than ${STEP} times as long as what contains it, and each of` +
  " the deep and the wide ones, once more by turns with it, 40 each.";

const scan = async (engine, file, ...rest) =>
  (await outputOf(engine.command, engine.args(SCAN, file, ...rest))).trim();
const spelled = ([m, n, k]) => `${m}×${k} · ${k}×${n}`;

function show(edges, what) {
  console.log(`  ${edges.length} ${what}`);
  for (const { slower, faster, times } of edges.slice(0, SHOWN)) {
    const [time, other] = times.map(formatTime);
    const ratio = (times[0] / times[1]).toFixed(2);
    console.log(`  ${spelled(slower)} ${time}, ${spelled(faster)} ${other}: ${ratio} times`);
  }
}

/** The edges that are in both lists, each with the times of the list where it is smaller. */
export function commonEdges(some, others) {
  const place = ({ slower, faster }) => `${slower} ${faster}`;
  const step = ({ times: [slower, faster] }) => slower / faster;
  const found = new Map(others.map((edge) => [place(edge), edge]));
  return some.flatMap((edge) => {
    const other = found.get(place(edge));
    if (other === undefined) return [];
    return [step(other) < step(edge) ? other : edge];
  });
}

/** Checks every product against the reference's, then measures unless only the check is wanted; a row a dtype, form and engine. */
export async function measureCliffs(engines, how) {
  const rows = [];
  for (const dtype of ["float64", "float32"]) {
    for (const form of ["NN", "NT", "TN"]) {
      const reference = await scan(engines[0], "reference.js", dtype, form);
      for (const engine of engines) rows.push(await measureKind(engine, dtype, form, { ...how, reference }));
    }
  }
  return rows;
}

async function measureKind(engine, dtype, form, { reference, rounds, checkOnly }) {
  const name = `cliffs of ${form}, ${dtype}, ${engine.name}`;
  const file = `${engine.entry}.js`;
  const ours = await scan(engine, file, dtype, form);
  if (ours !== reference) {
    throw new Error(`${name}: the products' fingerprint is ${ours}, the reference's ${reference}`);
  }
  const count = shapes.length + 2 * (deepened.length + widened.length);
  console.log(`${name}\n  ${count} products have the reference's bits`);
  if (checkOnly) return { group: "cliffs", name, contenders: {} };
  const { cliffs, jumps, widths } = JSON.parse(await scan(engine, file, dtype, form, String(rounds)));
  show(cliffs, `take more than ${STEP} times as long as one that contains them`);
  show(jumps, `of ${deepened.length} deep ones take more than ${STEP} times as long a step deeper`);
  show(widths, `of ${widened.length} wide ones take more than ${STEP} times as long as one a column wider`);
  return { group: "cliffs", name, contenders: {}, cliffs, jumps, widths };
}
