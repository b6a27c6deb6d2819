/** What the training doctor can find. */
export type WarningKind =
  | "inputsNotScaled"
  | "labelsOutOfRange"
  | "labelsNotScaled"
  | "equalWeights"
  | "deadUnits"
  | "saturatedUnits"
  | "costNotFinite"
  | "learningRateTooHigh"
  | "learningRateTooLow";

/** A finding of the training doctor. */
export interface Warning {
  /** What was found. */
  readonly kind: WarningKind;
  /** What was seen and what may help, in a sentence or two. */
  readonly message: string;
  /** The layer it concerns, counted from 1 as the list of layers has it. */
  readonly layer?: number;
  /** The share of the layer's units, or of the inputs or labels, that it concerns, from 0 to 1. */
  readonly share?: number;
  /** The epoch in which it was seen. */
  readonly epoch?: number;
}

/** Takes warnings as they come. */
export type OnWarning = (warning: Warning) => void;
