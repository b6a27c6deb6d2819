// What the turns of one thread and of several come to, in a line.
import { median } from "./report.mjs";

/** The head over the lines. */
export const threadsHead = (threads) =>
  `${"".padEnd(34)}  one thread  ${threads} threads      best   median   processor time`;

/** The fastest steps of both, by how much those of several threads are faster, and what they take of the processor for what one
 *  takes. `turns` has those of each number of threads, { best, mean, cpu }, milliseconds a step. */
export function threadsLine(name, turns, threads) {
  const [one, several] = [turns[1], turns[threads]];
  const [best, bestOfSeveral] = [one, several].map((list) => Math.min(...list.map((turn) => turn.best)));
  const middle = (list, figure) => median(list.map((turn) => turn[figure]));
  const faster = [best / bestOfSeveral, middle(one, "mean") / middle(several, "mean")].map((ratio) =>
    `${ratio.toFixed(2)}×`.padStart(8),
  );
  const price = (middle(several, "cpu") / middle(one, "cpu")).toFixed(2).padStart(8);
  const times = `${best.toFixed(3).padStart(9)} ms${bestOfSeveral.toFixed(3).padStart(8)} ms`;
  return `${name.padEnd(34)}${times}  ${faster.join(" ")}  ${price}`;
}
