import { execFileSync } from "node:child_process";
import { cpus } from "node:os";

/** The middle value. */
export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Half the distance between the quartiles, in percent of the median. */
export function spread(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => sorted[Math.round((sorted.length - 1) * share)];
  return ((50 * (at(0.75) - at(0.25))) / median(list)).toFixed(0);
}

/** 134 ns, 2.05 µs, 17.3 ms */
export function formatTime(nanoseconds) {
  const units = ["ns", "µs", "ms", "s"];
  let value = nanoseconds;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toPrecision(3)} ${units[unit]}`;
}

/** The processor, its number of cores and the engine with its flags. */
export function describeMachine({ engine, flag }) {
  const version = execFileSync(engine, ["--version"], { encoding: "utf8" }).trim().split("\n")[0];
  return `${cpus()[0].model.trim()}, ${cpus().length} cores; ${version}${flag.length ? ` ${flag.join(" ")}` : ""}`;
}
