// XOR with one hidden layer of 3 neurons: (input) → [linear → sigmoid] → [linear → sigmoid] → (output)
import { computeCost, LinearLayer, Matrix, predict, SigmoidLayer, seed } from "nothing-but-wasm";
import { drawPictures } from "./pictures.mjs";

// The XOR gate: a column is an example.
const X = Matrix.from([
  [0, 0, 1, 1],
  [0, 1, 0, 1],
]);
const Y = Matrix.from([[0, 1, 1, 0]]);

const learningRate = 1;
const numberOfEpochs = 5000;
seed(48); // NumPy's seed 48: the article's first weights, and so its costs

// Layer 1, the hidden layer, takes the training data.
const Z1 = new LinearLayer(X.shape, 3, "xavier");
const A1 = new SigmoidLayer(Z1.Z.shape);
// Layer 2, the output layer, takes the hidden layer's activations.
const Z2 = new LinearLayer(A1.A.shape, 1, "xavier");
const A2 = new SigmoidLayer(Z2.Z.shape);

const costs = [];
for (let epoch = 0; epoch < numberOfEpochs; epoch++) {
  // forward
  Z1.forward(X);
  A1.forward(Z1.Z);
  Z2.forward(A1.A);
  A2.forward(Z2.Z);

  // cost
  const { cost, dYHat } = computeCost(Y, A2.A);
  if (epoch % 100 === 0) {
    console.log(`Cost at epoch#${epoch}: ${cost}`);
    costs.push(cost);
  }

  // backward
  A2.backward(dYHat);
  Z2.backward(A2.dZ);
  A1.backward(Z2.dAPrev);
  Z1.backward(A1.dZ);

  // update
  Z2.updateParams(learningRate);
  Z1.updateParams(learningRate);
}

const { predictions, accuracy } = predict(X, Y, [Z1, Z2], [A1, A2]);
console.log(`The predicted outputs:\n ${predictions}`);
console.log(`The accuracy of the model is: ${accuracy}%`);

drawPictures({ name: "xor", X, Y, Zs: [Z1, Z2], As: [A1, A2], costs, learningRate });
