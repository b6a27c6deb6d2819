import type { Inputs, Labels } from "../data/example-reader.ts";
import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { checkSize } from "../matrix-checks.ts";
import type { Schedule } from "../optimizers/schedule.ts";
import { checkFlag, checkNumber, checkOptions } from "../options.ts";
import type { EpochReport } from "./history.ts";
import { checkFitOptions } from "./option-names.ts";
import type { OnWarning } from "./warnings.ts";

/** Examples that are held out, to see how the network does on what it was not trained on. */
export interface Validation {
  /** The inputs, as `fit` takes them. */
  X: Inputs;
  /** The labels, as `fit` takes them. */
  Y: Labels;
}

/** When to stop before the last epoch. */
export interface EarlyStopping {
  /** How many epochs in a row the validation cost may fail to fall: the next that does ends the run. 10 unless given. */
  patience?: number | undefined;
  /** How far it must fall to count; 0 unless given. */
  minDelta?: number | undefined;
}

/** An `AbortSignal`, by what training needs of it: not every project's types know the host's own. */
export interface AbortSignalLike {
  /** Whether the run is to end. */
  readonly aborted: boolean;
  /** Has `listener` called when it aborts. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Undoes `addEventListener`. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Options of `Network.fit`, `fitSync` and `epochs`. */
export interface FitOptions {
  /** How often to go through all examples; 100 unless given. */
  epochs?: number | undefined;
  /** Examples in a batch: one gradient and one step each. 32 unless given, or "all". The last batch may be shorter. */
  batchSize?: number | "all" | undefined;
  /** Whether each epoch takes the examples in a new order, NumPy's permutation from the network's generator; true
   *  unless given, or all examples are one batch. */
  shuffle?: boolean | undefined;
  /**
   * Held-out examples, or the share of the given ones to hold out at random. Preprocessing and balanced class weights
   * learn from the others only. Where a class is rare, a share may hold none of it: give the test part of `trainTestSplit` with
   * `stratify`.
   */
  validation?: Validation | number | undefined;
  /** Stops when the validation cost no longer falls, and restores the weights of the best epoch. A number is the patience. */
  earlyStopping?: EarlyStopping | number | undefined;
  /** How the learning rate changes from epoch to epoch. */
  schedule?: Schedule | undefined;
  /** What each example counts in the cost, from 0 up, and not all of them 0; 1 unless given. */
  exampleWeights?: ArrayLike<number> | undefined;
  /**
   * What the examples of each class count: by label ({ cat: 2, dog: 1 }) or, where labels are numbers or one-hot, by
   * class number ({ 1: 5 }), and 1 for those that are not named; or a list, in the order of the classes; or "balanced":
   * as much for each class in sum.
   */
  classWeights?: Readonly<Record<string, number>> | ArrayLike<number> | "balanced" | undefined;
  /** Called after each epoch. Training waits for a promise that it gives, and ends with what that is rejected with; `fitSync`, which
   *  cannot wait, throws an ArgumentError for one. */
  onEpoch?: ((report: EpochReport) => unknown) | undefined;
  /** Called with each finding of the training doctor; all are kept in `history.warnings` too. */
  onWarning?: OnWarning | undefined;
  /** Ends the run after the batch in hand; the history's `stoppedBy` is "abort" then. */
  signal?: AbortSignalLike | undefined;
}

/** Options that were checked and filled in. */
export interface FitPlan {
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean | undefined;
  readonly earlyStopping: Required<EarlyStopping> | undefined;
  readonly options: FitOptions;
}

/** @throws ArgumentError or ShapeError for an unknown option or a value out of its range */
export function planOf(options: FitOptions): FitPlan {
  checkFitOptions(options);
  const { epochs = 100, batchSize = 32, shuffle, earlyStopping, validation } = options;
  checkSize(epochs, "epochs");
  if (batchSize !== "all") checkSize(batchSize, 'batchSize, unless it is "all",');
  if (shuffle !== undefined) checkFlag(shuffle, "shuffle");
  if (earlyStopping !== undefined && validation === undefined) {
    throw new ArgumentError(
      "earlyStopping watches the validation cost; give validation too, such as validation: 0.2",
    );
  }
  if (typeof validation === "number") {
    checkNumber(validation, "validation as a share", "between 0 and 1", (share) => share > 0 && share < 1);
  } else if (validation !== undefined) {
    if (typeof validation !== "object") {
      throw new ArgumentError(
        `validation must be a share such as 0.2, or { X, Y }, not ${describe(validation)}`,
      );
    }
    checkOptions(validation, ["X", "Y"], "validation");
  }
  const { schedule, signal } = options;
  if (schedule !== undefined && typeof schedule?.start !== "function") {
    throw new ArgumentError(`schedule must be made by stepDecay(…) and its like, not ${describe(schedule)}`);
  }
  if (signal !== undefined && typeof signal?.aborted !== "boolean") {
    const hint =
      typeof (signal as { signal?: unknown } | null)?.signal === "object" ? "; give controller.signal" : "";
    throw new ArgumentError(`signal must be an AbortSignal, not ${describe(signal)}${hint}`);
  }
  for (const name of ["onEpoch", "onWarning"] as const) {
    if (options[name] !== undefined && typeof options[name] !== "function") {
      throw new ArgumentError(`${name} must be a function`);
    }
  }
  return {
    epochs,
    batchSize: batchSize === "all" ? Number.MAX_SAFE_INTEGER : batchSize,
    shuffle,
    earlyStopping: earlyStopping === undefined ? undefined : stoppingOf(earlyStopping),
    options,
  };
}

function stoppingOf(earlyStopping: EarlyStopping | number): Required<EarlyStopping> {
  const given = typeof earlyStopping === "number" ? { patience: earlyStopping } : earlyStopping;
  checkOptions(given, ["patience", "minDelta"], "earlyStopping");
  const { patience = 10, minDelta = 0 } = given;
  checkNumber(patience, "the patience of early stopping", "from 0 up", (value) => value >= 0);
  checkNumber(minDelta, "the minDelta of early stopping", "from 0 up", (value) => value >= 0);
  return { patience, minDelta };
}
