// Three learning rates on the OR gate: one far too low crawls, one is right, one far too high diverges.
//
// The neuron here is linear without its sigmoid, so that the cost is a bowl and divergence can be seen: with a
// sigmoid, a step that is too long ends on its flat shoulder and stays there.
import { computeCost, LinearLayer, Matrix } from "nothing-but-wasm";
import { plotLearningCurve } from "nothing-but-wasm/plot";
import { save } from "./pictures.mjs";

const X = Matrix.from([
  [0, 0, 1, 1],
  [0, 1, 0, 1],
]);
const Y = Matrix.from([[0, 1, 1, 1]]);
const numberOfEpochs = 40;

const runs = [0.005, 0.5, 1.35].map((learningRate) => {
  const Z1 = new LinearLayer(X.shape, 1);
  Z1.params.W.data.set([0.1, 0.6]);
  const costs = [];
  for (let epoch = 0; epoch < numberOfEpochs; epoch++) {
    const { cost, dYHat } = computeCost(Y, Z1.forward(X));
    costs.push(cost);
    Z1.backward(dYHat);
    Z1.updateParams(learningRate);
  }
  console.log(
    `Learning rate ${learningRate}: cost ${costs[0].toPrecision(4)} in the first epoch, ${costs.at(-1).toPrecision(4)} in the ${numberOfEpochs}th`,
  );
  return { label: `learning rate ${learningRate}`, costs };
});

save("learning-rates.svg", plotLearningCurve(runs, { title: "Too low, right, too high", scale: "log" }));
