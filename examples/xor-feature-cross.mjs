// XOR with a single neuron, given the product x₁x₂ as a third feature: (input) → [linear → sigmoid] → (output)
import { computeCost, LinearLayer, Matrix, predict, SigmoidLayer, seed } from "nothing-but-wasm";
import { drawPictures } from "./pictures.mjs";

// The XOR gate with the feature cross as its third row: a column is an example.
const x1 = [0, 0, 1, 1];
const x2 = [0, 1, 0, 1];
const X = Matrix.from([x1, x2, x1.map((x, i) => x * x2[i])]);
const Y = Matrix.from([[0, 1, 1, 0]]);

const learningRate = 1;
const numberOfEpochs = 5000;
seed(48);

const Z1 = new LinearLayer(X.shape, 1, "plain");
const A1 = new SigmoidLayer(Z1.Z.shape);

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

drawPictures({
  name: "xor-feature-cross",
  X,
  Y,
  Zs: [Z1],
  As: [A1],
  costs,
  learningRate,
  featureCrosses: [[0, 1]],
});
