// From the figures of a run to its picture. The drawing is TypeScript on the library's own plotting modules; since Node 20
// runs no TypeScript, it is bundled first.
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { formatTime, median, multiples, quartiles } from "./report.mjs";
import { scratch } from "./scratch.mjs";
import { lanes } from "./yardstick.mjs";

/** One SVG of a whole run: bars for the groups, and for the group "sizes" the time per flop. */
export async function drawReport({ machine, results, theme }) {
  const outfile = scratch("pictures.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("report-picture.ts", import.meta.url))],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  const { reportPicture } = await import(pathToFileURL(outfile));
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

/** The line on the machine spells the flags out. */
const short = (name) => name.replaceAll(/--(v8-flags=-*)?(experimental-)?(wasm-)?/g, "");

/** Times as multiples of ours's, turn by turn, as the text has them; those of ours as multiples of their median. */
export function barRow({ name, dtype, contenders, difference }) {
  const ours = contenders.ours.nanoseconds;
  const bars = Object.entries(contenders).map(([contender, taken]) => {
    const time = median(taken.nanoseconds);
    const list = contender === "ours" ? ours.map((turn) => turn / time) : multiples(taken, ours);
    return bar(short(contender), list, time);
  });
  if (difference !== undefined) {
    // What the row is about: what ours adds to a process that does nothing.
    const empty = contenders["empty script"].nanoseconds;
    const shares = ours.map((time, pair) => (time - empty[pair]) / median(ours));
    bars.push(bar("difference", shares, difference));
  }
  return { name: dtype ? name.replace(`, ${dtype}`, "") : short(name), dtype, bars };
}

const bar = (name, list, time) => ({
  name,
  ratio: median(list),
  quartiles: quartiles(list),
  time: formatTime(time),
});

/** Picoseconds a flop, of ours and, on one thread, at the limit. Each the fastest turn: a neighbour on the machine who comes and goes
 *  would otherwise draw cliffs of his own. */
export function sizePoint({ m, n, k, form, dtype, flops, contenders, limit }) {
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
