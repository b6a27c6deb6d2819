import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";

/**
 * How the learning rate changes from epoch to epoch. `start` is called once a run with the rate that the optimizer has
 * then; what it returns gives the rate of each epoch, counted from 0, before the epoch begins. `cost` is that of the
 * epoch before: the validation cost if there is validation.
 */
export interface Schedule {
  /** What it is called where it is told of. */
  readonly name: string;
  /** Begins a run at the optimizer's rate; gives the rate of each epoch by its number and the last cost. */
  start(baseRate: number): (epoch: number, cost?: number) => number;
}

/** @internal The rate of an epoch, counted from 0, after one of such a cost. */
export type RateOf = ReturnType<Schedule["start"]>;

/** @internal Begins a schedule. @throws ArgumentError when what it starts is no function */
export function ratesOf(schedule: Schedule, baseRate: number): RateOf {
  const rateOf: unknown = schedule.start(baseRate);
  if (typeof rateOf === "function") return rateOf as RateOf;
  throw new ArgumentError(
    `the start of a schedule must give a function of the epoch, (epoch) => …, not ${describe(rateOf)}`,
  );
}
