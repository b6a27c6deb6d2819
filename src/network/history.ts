import type { Warning } from "./warnings.ts";

/** What one epoch of training came to. */
export interface EpochReport {
  /** Counted from 0 over all runs of the network. */
  readonly epoch: number;
  /** The mean cost of the epoch's batches, each before its update, with penalties. */
  readonly cost: number;
  /** The cost of the validation examples after the epoch, without penalties. */
  readonly validationCost?: number;
  /** The rate of its steps. */
  readonly learningRate: number;
  /** The network's metrics after the epoch, of the validation examples or, without them, of the training examples; NaN where an
   *  output is not finite. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** Why a run of training ended; by "notFinite" when a cost, or a weight after the last update, is NaN or an infinity. */
export type StopReason = "epochs" | "earlyStopping" | "abort" | "notFinite";

/**
 * What training came to, over all runs of a network. Who trains without end empties the lists now and then
 * (`history.epochs.length = 0`), which keep all; epochs are counted from 0 anew then.
 * @example
 * new Network([linear(1)]).fitSync([[1], [2]], [1, 2], { epochs: 5 }).cost.length;   // 5
 */
export class History {
  /** A report of each epoch, in order. */
  readonly epochs: EpochReport[] = [];
  /** What the training doctor found, in order. */
  readonly warnings: Warning[] = [];
  /** Why the latest run ended; undefined before and during it. */
  stoppedBy: StopReason | undefined;
  /** The epoch whose weights the network has, when the latest run had early stopping. */
  bestEpoch: number | undefined;

  /** The cost of each epoch. */
  get cost(): number[] {
    return this.epochs.map(({ cost }) => cost);
  }

  /** The validation cost of each epoch, NaN where there was none. */
  get validationCost(): number[] {
    return this.epochs.map(({ validationCost }) => validationCost ?? Number.NaN);
  }
}

/** A history whose latest run has ended, as `fit` gives it: it says why. */
export interface EndedHistory extends History {
  stoppedBy: StopReason;
}
