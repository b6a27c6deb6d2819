import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { checkSize } from "../matrix-checks.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { ratesOf, type Schedule } from "./schedule.ts";

/** x^n for a whole n from 0 up, by squaring: the host's pow differs by engine. */
function power(x: number, n: number): number {
  let result = 1;
  let square = x;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** cos(π·t) for t from 0 to 1, by its series about the nearer zero or end: the host's cos differs by engine. */
function cosineOfPi(t: number): number {
  if (t > 0.5) return -cosineOfPi(1 - t);
  const square = Math.PI * t * (Math.PI * t);
  let sum = 0;
  for (let k = 12; k >= 1; k--) sum = (1 + sum) * (-square / ((2 * k - 1) * (2 * k)));
  return 1 + sum;
}

function checkFactor(factor: unknown, role: string): number {
  return checkNumber(factor, role, "above 0 and up to 1", (value) => value > 0 && value <= 1);
}

/** Options of `stepDecay`. */
export interface StepDecayOptions {
  /** How many epochs lie between two steps. */
  every: number;
  /** What each step multiplies the rate by, above 0 and up to 1; 0.1 unless given. */
  factor?: number | undefined;
}

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions {
  /** What each epoch multiplies the rate by, above 0 and up to 1. */
  factor: number;
}

/** Options of `cosineDecay`. */
export interface CosineDecayOptions {
  /** How many epochs the way down takes. */
  epochs: number;
  /** The rate at its end and from then on; 0 unless given. */
  lowest?: number | undefined;
}

/** Options of `warmUp`. */
export interface WarmUpOptions {
  /** How many epochs the way up takes. */
  epochs: number;
  /** What follows, from its start; the rate stays as it is unless given. */
  after?: Schedule | undefined;
}

/** Options of `reduceOnPlateau`. */
export interface ReduceOnPlateauOptions {
  /** For how many epochs in a row the cost may fail to fall; 10 unless given. */
  patience?: number | undefined;
  /** What a reduction multiplies the rate by, above 0 and up to 1; 0.1 unless given. */
  factor?: number | undefined;
  /** The share of its lowest that the cost must fall by to count, from 0 up to but not 1; 0.0001 unless given. */
  threshold?: number | undefined;
  /** The rate that no reduction goes below; 0 unless given. */
  lowest?: number | undefined;
}

/**
 * rate · factor^⌊epoch / every⌋: a step down every so many epochs.
 * @throws ShapeError unless `every` is a positive whole number, ArgumentError for an unknown option, or unless the
 *   factor is above 0 and up to 1
 * @example
 * stepDecay({ every: 10, factor: 0.5 }).start(1)(25);   // 0.25
 */
export function stepDecay(options: StepDecayOptions): Schedule {
  checkOptions(options, ["every", "factor"], "stepDecay");
  const { every, factor = 0.1 } = options;
  checkSize(every, "the epochs between two steps");
  checkFactor(factor, "the factor of a step");
  return {
    name: "stepDecay",
    start: (base) => (epoch) => base * power(factor, Math.floor(epoch / every)),
  };
}

/**
 * rate · factor^epoch: exponential annealing.
 * @throws ArgumentError for an unknown option, or unless the factor is above 0 and up to 1
 * @example
 * exponentialDecay({ factor: 0.5 }).start(1)(3);   // 0.125
 */
export function exponentialDecay(options: ExponentialDecayOptions): Schedule {
  checkOptions(options, ["factor"], "exponentialDecay");
  const { factor } = options;
  checkFactor(factor, "the factor of exponential decay");
  return { name: "exponentialDecay", start: (base) => (epoch) => base * power(factor, epoch) };
}

/**
 * From the rate down to `lowest` along half a cosine in so many epochs, and `lowest` from then on; a rate that is not above it stays.
 * @throws ShapeError unless `epochs` is a positive whole number, ArgumentError for an unknown option, or unless `lowest`
 *   is a number from 0 up
 * @example
 * cosineDecay({ epochs: 100, lowest: 0.1 }).start(1)(100);   // 0.1
 */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  checkOptions(options, ["epochs", "lowest"], "cosineDecay");
  const { epochs, lowest = 0 } = options;
  checkSize(epochs, "the epochs of cosine decay");
  checkNumber(lowest, "the lowest rate of cosine decay", "from 0 up", (value) => value >= 0);
  return {
    name: "cosineDecay",
    start(base) {
      const end = Math.min(lowest, base);
      return (epoch) => end + ((base - end) * (1 + cosineOfPi(Math.min(epoch / epochs, 1)))) / 2;
    },
  };
}

/**
 * Up in equal steps for so many epochs, rate/epochs in the first, and then as the schedule `after` says, from its start.
 * @throws ShapeError unless `epochs` is a positive whole number, ArgumentError for an unknown option, or unless `after`
 *   is a schedule
 * @example
 * warmUp({ epochs: 4, after: cosineDecay({ epochs: 100 }) }).start(1)(0);   // 0.25
 */
export function warmUp(options: WarmUpOptions): Schedule {
  checkOptions(options, ["epochs", "after"], "warmUp");
  const { epochs, after } = options;
  checkSize(epochs, "the epochs of warming up");
  if (after !== undefined && typeof after?.start !== "function") {
    throw new ArgumentError(
      `the option after must be a schedule such as cosineDecay({ epochs: 100 }), not ${describe(after)}`,
    );
  }
  return {
    name: "warmUp",
    start(base) {
      const rate = after === undefined ? () => base : ratesOf(after, base);
      const at = (epoch: number, cost: number | undefined) =>
        epoch < epochs ? (base * (epoch + 1)) / epochs : rate(epoch - epochs, cost);
      // one parameter says that the cost is not looked at: such a schedule can be followed in a worker
      return rate.length > 1 ? at : (epoch) => at(epoch, undefined);
    },
  };
}

/**
 * Down by `factor` whenever the cost has not fallen by more than the share `threshold` of its lowest, whose size counts if it is below
 * 0, for more than `patience` epochs, but not below `lowest`; a rate that is not above it stays.
 * @throws ArgumentError for an unknown option or a value out of its range
 * @example
 * const network = new Network([linear(1)]);
 * network.fitSync([[1], [2]], [1, 2], { epochs: 5, schedule: reduceOnPlateau({ patience: 3 }) });
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): Schedule {
  checkOptions(options, ["patience", "factor", "threshold", "lowest"], "reduceOnPlateau");
  const { patience = 10, factor = 0.1, threshold = 1e-4, lowest = 0 } = options;
  checkNumber(patience, "the patience", "from 0 up", (value) => value >= 0);
  checkFactor(factor, "the factor of a reduction");
  checkNumber(threshold, "the threshold", "from 0 up to but not 1", (value) => value >= 0 && value < 1);
  checkNumber(lowest, "the lowest rate", "from 0 up", (value) => value >= 0);
  return {
    name: "reduceOnPlateau",
    start(base) {
      let rate = base;
      let best = Infinity;
      let waited = 0;
      return (_, cost) => {
        if (cost === undefined) return rate;
        if (cost < best * (best < 0 ? 1 + threshold : 1 - threshold)) {
          best = cost;
          waited = 0;
        } else if (++waited > patience) {
          rate = Math.min(rate, Math.max(rate * factor, lowest));
          waited = 0;
        }
        return rate;
      };
    },
  };
}
