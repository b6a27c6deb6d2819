import { ArgumentError } from "../errors.ts";
import { ratesOf, type Schedule } from "../optimizers/schedule.ts";

/** Half a gigabyte of rates. Not as a power, which bundlers keep where nobody uses it. */
const MOST_EPOCHS = 67_108_864;

/** The rate of each epoch, or undefined where the schedule looks at the cost. */
export function blindRates(schedule: Schedule, baseRate: number, epochs: number): Float64Array | undefined {
  if (epochs > MOST_EPOCHS) {
    throw new ArgumentError(
      `trainInWorker: the rates of a schedule go along, one an epoch, and ${epochs} epochs are too many; give ${MOST_EPOCHS} or fewer at a time`,
    );
  }
  const after = (cost: number | undefined) => {
    const rateOf = ratesOf(schedule, baseRate);
    return Float64Array.from({ length: epochs }, (_, epoch) => rateOf(epoch, epoch === 0 ? undefined : cost));
  };
  if (ratesOf(schedule, baseRate).length > 1) return undefined;
  const rates = after(undefined);
  // What the last epoch may have cost: a schedule that looks at it gives other rates for one of these.
  const others = [1, 0, Number.MAX_VALUE].map(after);
  const isBlind = others.every((other) => rates.every((rate, i) => Object.is(rate, other[i])));
  return isBlind ? rates : undefined;
}
