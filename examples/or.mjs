// The OR gate with a single neuron, from the weights that the article works through by hand:
// (input) → [linear → sigmoid] → (output)
import { computeCost, LinearLayer, Matrix, predict, SigmoidLayer } from "nothing-but-wasm";
import { drawPictures } from "./pictures.mjs";

// The OR gate: a column is an example.
const X = Matrix.from([
  [0, 0, 1, 1],
  [0, 1, 0, 1],
]);
const Y = Matrix.from([[0, 1, 1, 1]]);

const learningRate = 1;
const numberOfEpochs = 5000;

const Z1 = new LinearLayer(X.shape, 1);
const A1 = new SigmoidLayer(Z1.Z.shape);
Z1.params.W.data.set([0.1, 0.6]);

const costs = [];
for (let epoch = 0; epoch < numberOfEpochs; epoch++) {
  // forward
  Z1.forward(X);
  A1.forward(Z1.Z);

  // cost
  const { cost, dYHat } = computeCost(Y, A1.A);
  if (epoch % 100 === 0) {
    console.log(`Cost at epoch#${epoch}: ${cost}`);
    costs.push(cost);
  }

  // backward
  A1.backward(dYHat);
  Z1.backward(A1.dZ);

  // update
  Z1.updateParams(learningRate);
}

const { predictions, accuracy } = predict(X, Y, [Z1], [A1]);
console.log(`The predicted outputs:\n ${predictions}`);
console.log(`The accuracy of the model is: ${accuracy}%`);

drawPictures({ name: "or", X, Y, Zs: [Z1], As: [A1], costs, learningRate });
