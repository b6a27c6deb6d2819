import type { Kernels } from "./kernels/kernels.ts";
import { Knowing, NOTHING } from "./kernels/layout.ts";
import { unprepared } from "./kernels/records.ts";
import type { Matrix } from "./matrix.ts";

/**
 * @internal What the latest cost of a matrix of predictions has found of it and its labels, kept by the predictions: finding it
 * anew takes an epoch of XOR 2 % of its time.
 */
export class Compared extends Knowing {
  /** The labels, as long as the rest holds. */
  labels = NOTHING;
  /** What takes the cost's gradient with respect to the predictions. */
  gradient!: Matrix;
  kernels!: Kernels;
  /** The labels again, once the squared error has prepared its kernel for them: what runs it, and what it takes. */
  prepared = NOTHING;
  run: (record: number, scale: number) => number = unprepared;
  record = 0;
  scale = 0;
  share = 0;
  /** Room for the record. */
  room: Matrix | undefined = undefined;

  keep(predictions: Matrix, labels: Matrix, gradient: Matrix, kernels: Kernels): void {
    this.rely(predictions, labels, gradient);
    this.labels = labels;
    this.gradient = gradient;
    this.kernels = kernels;
    this.prepared = NOTHING;
  }

  protected forget(): void {
    this.labels = NOTHING;
    this.prepared = NOTHING;
  }
}
