import { cpus } from "node:os";

/** The middle value. */
export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The values that a quarter and three quarters of a list do not reach, between two of them in proportion, as NumPy's percentile
 *  has them. */
export function quartiles(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return [0.25, 0.75].map((share) => {
    const place = (sorted.length - 1) * share;
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (high - low) * (place % 1);
  });
}

/** A contender's turns as multiples of those that ours took beside them. Who is slow takes fewer, and says which. */
export const multiples = ({ nanoseconds, turns }, ours) =>
  nanoseconds.map((time, i) => time / ours[turns?.[i] ?? i]);

/** "±3%": half the distance between the quartiles, in percent of the median; of a single turn nothing is known. */
export function spread(list) {
  if (list.length < 2) return "one turn";
  const [low, high] = quartiles(list);
  return `±${((50 * (high - low)) / median(list)).toFixed(0)}%`;
}

/** 134 ns, 2.05 µs, 17.3 ms */
export function formatTime(nanoseconds) {
  const units = ["ns", "µs", "ms", "s"];
  let value = nanoseconds;
  let unit = 0;
  // as it is written: 999.7 becomes 1.00 of the next unit
  while (Number(Math.abs(value).toPrecision(3)) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toPrecision(3)} ${units[unit]}`;
}

/** The processor, how many of it the system counts (of a core that runs two threads, two) and the engines with their flags. */
export function describeMachine(engines) {
  return `${cpus()[0].model.trim()}, ${cpus().length} logical processors; ${engines.map(({ name }) => name).join("; ")}`;
}
