// Whether some small product takes longer than one that contains it: an edge at which a kernel stumbles. What seems to is
// measured again, the two of them by turns.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { STEP, shapes } from "./cliffs/shapes.mjs";
import { formatTime } from "./report.mjs";

const SCAN = fileURLToPath(new URL("cliffs/scan.mjs", import.meta.url));
/** How many are shown of each dtype and form. */
const SHOWN = 3;

const scan = (engine, file, ...rest) =>
  execFileSync(engine.command, engine.args(SCAN, file, ...rest), { encoding: "utf8" }).trim();
const spelled = ([m, n, k]) => `${m}×${k} · ${k}×${n}`;

/** Checks every product against the reference's, then measures unless only the check is wanted; a row a dtype, form and engine. */
export function measureCliffs(engines, { rounds, checkOnly }) {
  const kinds = ["float64", "float32"].flatMap((dtype) => ["NN", "NT", "TN"].map((form) => [dtype, form]));
  return kinds.flatMap(([dtype, form]) => {
    const reference = scan(engines[0], "reference.js", dtype, form);
    return engines.map((engine) => {
      const name = `cliffs of ${form}, ${dtype}, ${engine.name}`;
      const file = `${engine.entry}.js`;
      const ours = scan(engine, file, dtype, form);
      if (ours !== reference) {
        throw new Error(`${name}: the products' fingerprint is ${ours}, the reference's ${reference}`);
      }
      console.log(`${name}\n  ${shapes.length} products have the reference's bits`);
      if (checkOnly) return { group: "cliffs", name, contenders: {} };
      const cliffs = JSON.parse(scan(engine, file, dtype, form, String(rounds)));
      console.log(`  ${cliffs.length} take more than ${STEP} times as long as one that contains them`);
      for (const { shape, larger, times } of cliffs.slice(0, SHOWN)) {
        const [own, other] = times.map(formatTime);
        const ratio = (times[0] / times[1]).toFixed(2);
        console.log(`  ${spelled(shape)} ${own}, ${spelled(larger)} ${other}: ${ratio} times`);
      }
      return { group: "cliffs", name, contenders: {}, cliffs };
    });
  });
}
