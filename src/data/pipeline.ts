import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { FeatureCrosses } from "./feature-crosses.ts";
import { LabelEncoder } from "./label-encoder.ts";
import { MinMaxScaler } from "./min-max-scaler.ts";
import { OneHotEncoder } from "./one-hot-encoder.ts";
import {
  checkObject,
  checkSaved,
  learned,
  type Preprocessor,
  type SavedPreprocessor,
} from "./preprocessor.ts";
import { RecordEncoder } from "./record-encoder.ts";
import { StandardScaler } from "./standard-scaler.ts";

/** A step of a pipeline, whatever it takes and gives. */
export type AnyPreprocessor = Preprocessor<unknown, unknown>;

/**
 * Preprocessors one after another, each learning from what the one before gives.
 *
 * @example
 * const pipeline = new Pipeline([new FeatureCrosses([[0, 1]]), new MinMaxScaler()]);
 * pipeline.fitTransform([[0, 1], [1, 2]]);   // [[0, 0, 0], [1, 1, 1]]
 */
export class Pipeline<In = ArrayLike<number>> implements Preprocessor<In, number[]> {
  /** The preprocessors, in order. */
  readonly steps: readonly AnyPreprocessor[];
  #learned = false;

  /** @throws ArgumentError unless `steps` is a list of at least one preprocessor */
  constructor(
    steps: readonly [Preprocessor<In, unknown>, ...AnyPreprocessor[]] | readonly AnyPreprocessor[],
  ) {
    if (!Array.isArray(steps) || steps.length === 0) {
      throw new ArgumentError(`Pipeline takes a list of at least one preprocessor, not ${describe(steps)}`);
    }
    [...steps].forEach((step, i) => {
      if (!isPreprocessor(step)) {
        throw new ArgumentError(
          `Pipeline: step ${i} must be a preprocessor such as new StandardScaler(), not ${describe(step)}`,
        );
      }
    });
    this.steps = [...steps];
  }

  /**
   * Lets each step learn in turn.
   * @throws what a step throws; the pipeline then has learned nothing, since some of its steps may have
   */
  fit(rows: ArrayLike<In>): this {
    this.fitTransform(rows);
    return this;
  }

  /** @throws OrderError before `fit`; what a step throws */
  transform(rows: ArrayLike<In>): number[][] {
    learned(this.#learned || undefined, "Pipeline.transform");
    let result: ArrayLike<unknown> = rows;
    for (const step of this.steps) result = step.transform(result);
    return result as number[][];
  }

  fitTransform(rows: ArrayLike<In>): number[][] {
    this.#learned = false;
    let result: ArrayLike<unknown> = rows;
    for (const step of this.steps) result = step.fitTransform(result);
    this.#learned = true;
    return result as number[][];
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "Pipeline";
  }

  /** @internal What it and its steps have learned; to be put back. */
  get standing(): PipelineStanding {
    return { learned: this.#learned, steps: this.steps.map(standingOf) };
  }

  /** @internal */
  set standing({ learned, steps }: PipelineStanding) {
    this.#learned = learned;
    for (const [i, step] of this.steps.entries()) putBack(step, steps[i]);
  }

  toJSON(): SavedPreprocessor {
    learned(this.#learned || undefined, "Pipeline.toJSON");
    return { kind: "Pipeline", steps: this.steps.map(savedAs) };
  }

  /** @throws ArgumentError for anything but what `toJSON` gave */
  static fromJSON<In = ArrayLike<number>>(saved: unknown): Pipeline<In> {
    const { steps } = checkSaved(saved, "Pipeline");
    if (!Array.isArray(steps)) {
      throw new ArgumentError(`Pipeline.fromJSON: steps must be a list, not ${describe(steps)}`);
    }
    const pipeline = new Pipeline<In>([...steps].map(preprocessorFromJSON));
    pipeline.#learned = true;
    return pipeline;
  }
}

interface PipelineStanding {
  readonly learned: boolean;
  readonly steps: readonly unknown[];
}

const kinds: Readonly<Record<string, { fromJSON(saved: unknown): AnyPreprocessor }>> = {
  StandardScaler,
  MinMaxScaler,
  OneHotEncoder,
  LabelEncoder,
  FeatureCrosses,
  RecordEncoder,
  Pipeline,
};

/**
 * The preprocessor that `toJSON` of any of the library's preprocessors was called on, as it was.
 *
 * @throws ArgumentError for anything but what such a `toJSON` gave
 * @example
 * const text = JSON.stringify(new LabelEncoder<string>().fit(["no", "yes"]));
 * preprocessorFromJSON(JSON.parse(text)).transform(["yes"]);   // [1]
 */
export function preprocessorFromJSON(saved: unknown): AnyPreprocessor {
  checkObject(saved, "preprocessorFromJSON");
  const { kind } = saved;
  if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) {
    throw new ArgumentError(
      `preprocessorFromJSON: the saved kind must be one of ${Object.keys(kinds).join(", ")}, not ${describe(kind)}`,
    );
  }
  return kinds[kind].fromJSON(saved);
}

/**
 * @internal What a step is saved as: what its `toJSON` gives, or "custom" where that would come back as another. A class that is derived
 * from one of the library's, with its `toJSON` and a `transform` of its own, came back as that one.
 * @throws OrderError before `fit`
 */
export function savedAs(step: { transform: unknown; toJSON?(): SavedPreprocessor }): SavedPreprocessor {
  const saved = step.toJSON?.();
  const ours = kindOf(step)?.prototype;
  const isParents = ours !== undefined && step.toJSON === ours.toJSON && step.transform !== ours.transform;
  return saved === undefined || isParents ? { kind: "custom" } : saved;
}

/** @internal Whether what `toJSON` gave is, or holds, one of a preprocessor that is not the library's: of a kind that it does not know. */
export function isSavedForeign(saved: SavedPreprocessor): boolean {
  const { kind, steps } = saved ?? {};
  if (kind === "Pipeline" && Array.isArray(steps)) return steps.some(isSavedForeign);
  return typeof kind === "string" && !Object.hasOwn(kinds, kind);
}

/**
 * @internal A copy of a preprocessor, as it was learned; the step itself where it is not the library's own.
 * @throws OrderError before `fit`
 */
export function copyOf<Step extends object>(step: Step): Step {
  if (isOurs(step)) return preprocessorFromJSON(step.toJSON()) as unknown as Step;
  // which throws for one that is derived from the library's and has learned nothing
  if (hasStanding(step)) (step as unknown as AnyPreprocessor).toJSON();
  return step;
}

/** @internal What a preprocessor has learned; undefined of one that is not the library's own. */
export function standingOf(step: object): unknown {
  return hasStanding(step) ? step.standing : undefined;
}

/** @internal Has a preprocessor be as it was when `standingOf` looked; one that is not the library's own is let be. */
export function putBack(step: object, standing: unknown): void {
  if (hasStanding(step)) step.standing = standing;
}

function hasStanding(step: object): step is { standing: unknown } {
  return kindOf(step) !== undefined;
}

/** The class of the library's that a step is of, or derived from. */
function kindOf(step: object) {
  return Object.values(kinds as object).find((kind) => step instanceof kind);
}

function isOurs(step: unknown): step is AnyPreprocessor {
  if (step instanceof Pipeline && !step.steps.every(isOurs)) return false;
  return (Object.values(kinds) as unknown[]).includes((step as object).constructor);
}

function isPreprocessor(value: unknown): value is AnyPreprocessor {
  return ["fit", "transform", "fitTransform", "toJSON"].every(
    (method) => typeof (value as Record<string, unknown> | null | undefined)?.[method] === "function",
  );
}
