// Compiled with noUncheckedIndexedAccess and exactOptionalPropertyTypes: what never lacks is not said to be undefined.
import * as n from "nothing-but-wasm";
import { explain } from "nothing-but-wasm/explain";
import { plotConfusionMatrix, plotDecisionBoundary } from "nothing-but-wasm/plot";
import { trainInWorker } from "nothing-but-wasm/worker";

const [X, Y] = [[[0, 0], [0, 1]], ["no", "yes"]] as const; // biome-ignore format: one line
const network = new n.Network([n.linear(1), n.sigmoid()], { metrics: ["accuracy"] });

const why = {
  epochs: "all epochs",
  earlyStopping: "no better",
  abort: "asked to",
  notFinite: "not a number",
} satisfies Record<n.StopReason, string>;
export const reasons: string[] = [
  why[network.fitSync(X, Y).stoppedBy],
  why[(await network.fit(X, Y)).stoppedBy],
  why[(await trainInWorker(network, X, Y)).stoppedBy],
];
// @ts-expect-error: before the first run there is none
export const none = why[network.history.stoppedBy];
export const histories: n.History[] = [network.history, network.fitSync(X, Y)];

/** An optimizer of a user's own, which remembers one matrix of each parameter. */
export class Sluggish extends n.Optimizer {
  readonly name: string = "sluggish";

  constructor() {
    super(0.1);
  }

  protected update(parameter: n.Matrix, gradient: n.Matrix): void {
    const [mean] = this.memoryOf(parameter, 1);
    mean.data.set(gradient.data);
  }
}

/** And two. */
export class Slower extends Sluggish {
  protected override update(parameter: n.Matrix, gradient: n.Matrix): void {
    const [mean, square] = this.memoryOf(parameter, 2);
    for (const { data } of [mean, square]) data.set(gradient.data);
  }
}

const confusion = n.confusionMatrix(Y, network.classify(X));
export const pictures = [
  plotConfusionMatrix(confusion.counts, { classNames: confusion.classes }),
  plotConfusionMatrix(confusion.counts, { classNames: ["no", "yes"] as const }),
  plotDecisionBoundary(network, X, Y, { classNames: [0, 1] }),
];

const own: Record<string, n.Metric> = { bias: (truth, predicted) => truth.size - predicted.size };
export const measured = [
  { metrics: own },
  { metrics: ["f1", "recall"] as const },
  { metrics: { ...own } },
].map(({ metrics }) => network.evaluate(X, Y, metrics));
// TypeScript takes text for a list of its characters
// @ts-expect-error: labels are a list
export const noLabels = () => network.fitSync(X, "ny");
// @ts-expect-error: classes are a list
export const noClasses = () => n.accuracy("ny", "nn");
// @ts-expect-error: categories are a list
export const noCategories = () => new n.LabelEncoder().fit("ny");
// @ts-expect-error: what has a fingerprint is no text
export const noParameters = () => n.fingerprint("W");
const { data } = n.Matrix.zeros(1, 2);
export const folded: number[] = [
  data.reduceRight((sum, value) => sum + value),
  data.reduceRight((text, value) => text + value, "").length,
];
const layers: readonly n.Layer[] = [new n.LinearLayer([1, 1], 1)];
export const told = explain(layers, n.Matrix.zeros(1, 1), n.Matrix.zeros(1, 1), { cost: new n.HuberCost() });
