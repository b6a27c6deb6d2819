// Compiled with `declaration`: what a call gives, and what it takes, can be exported by who has not named its type.
import * as n from "nothing-but-wasm";
import { describeGraph, explain } from "nothing-but-wasm/explain";
import { plotConfusionMatrix, type plotDecisionBoundary } from "nothing-but-wasm/plot";
import { trainInWorker } from "nothing-but-wasm/worker";

const X = n.Matrix.zeros(1, 1);
export const network = new n.Network([n.linear(1)]);
export const history = trainInWorker(network, X, X);
export const train = (other: n.Network) => trainInWorker(other, X, X);
export const saved = network.toJSON();
export const { optimizer, penalties, cost } = saved;
export const explanation = explain(network, X, X);
export const [step] = explanation.steps;
export const graph = describeGraph(network, X, X);
export const [layer] = graph.layers;
export const confusion = n.confusionMatrix(["cat", "dog"], ["cat", "cat"]);
export const scores = n.perClass(["cat", "dog"], ["cat", "cat"]);
export const ofMatrices = n.confusionMatrix(X, X);
export const picture = plotConfusionMatrix(confusion.counts, { classNames: confusion.classes });
export const planeOptions = (options: Parameters<typeof plotDecisionBoundary>[3]) => options;
export const classes: readonly ("cat" | "dog")[] = confusion.classes;
export const first: "cat" | "dog" | undefined = scores[0]?.class;
export const either = (labels: n.Classes) => n.confusionMatrix(labels, labels);
// @ts-expect-error: the classes of a matrix are numbers, and of any labels they may be
export const words: readonly string[] = either(X).classes;

export const options = {
  gradientDescent: {} as n.GradientDescentOptions,
  huber: {} as n.HuberCostOptions & n.HuberOptions,
  initialize: {} as n.InitializeOptions,
  schedules: [
    n.stepDecay({ every: 1 } satisfies n.StepDecayOptions),
    n.exponentialDecay({ factor: 0.5 } satisfies n.ExponentialDecayOptions),
    n.cosineDecay({ epochs: 1 } satisfies n.CosineDecayOptions),
    n.warmUp({ epochs: 1 } satisfies n.WarmUpOptions),
    n.reduceOnPlateau({} satisfies n.ReduceOnPlateauOptions),
  ],
};
