// From the figures of a run to its picture. The drawing is TypeScript on the library's own plotting modules; since Node 20
// runs no TypeScript, it is bundled first.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { formatTime, median, multiples, quartiles } from "./report.mjs";
import { lanes } from "./yardstick.mjs";

/** One SVG of a whole run: bars for the groups, and for the group "sizes" the time per flop. */
export async function drawReport({ machine, results, theme }) {
  const outfile = fileURLToPath(new URL("../build/bench-pictures.mjs", import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL("report-picture.ts", import.meta.url))],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  const { reportPicture } = await import("../build/bench-pictures.mjs");
  const timed = results.filter((row) => Object.keys(row.contenders).length > 0);
  const bars = timed.filter(({ group }) => group !== "sizes");
  const groups = [...new Set(bars.map(({ group }) => group))];
  return reportPicture({
    machine,
    theme,
    groups: groups.map((name) => ({ name, rows: bars.filter(({ group }) => group === name).map(barRow) })),
    sizes: timed.filter(({ group }) => group === "sizes").map(sizePoint),
  });
}

/** Times as multiples of ours's, turn by turn, as the text has them; those of ours as multiples of their median. */
function barRow({ name, dtype, contenders }) {
  const ours = contenders.ours.nanoseconds;
  return {
    name: dtype ? name.replace(`, ${dtype}`, "") : name,
    dtype,
    bars: Object.entries(contenders).map(([contender, taken]) => {
      const time = median(taken.nanoseconds);
      const list = contender === "ours" ? ours.map((turn) => turn / time) : multiples(taken, ours);
      return {
        // The line on the machine spells the flags out.
        name: contender.replaceAll(/--(experimental-)?(wasm-)?/g, ""),
        ratio: median(list),
        quartiles: quartiles(list),
        time: formatTime(time),
      };
    }),
  };
}

/** Picoseconds a flop, of ours and, on one thread, at the limit. Each the fastest turn: a neighbour on the machine who comes and goes
 *  would otherwise draw cliffs of his own. */
function sizePoint({ m, n, k, form, dtype, flops, contenders, limit }) {
  return {
    m,
    n,
    k,
    form,
    dtype,
    picoseconds: (1000 * Math.min(...contenders.ours.nanoseconds)) / flops,
    limit: limit && (1000 * Math.min(...limit.mulAdd)) / lanes(dtype),
  };
}
