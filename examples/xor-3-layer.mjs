// XOR with two hidden layers of 5 and 3 neurons:
// (input) → [linear → sigmoid] → [linear → sigmoid] → [linear → sigmoid] → (output)
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
seed(48);

const Z1 = new LinearLayer(X.shape, 5, "xavier");
const A1 = new SigmoidLayer(Z1.Z.shape);
const Z2 = new LinearLayer(A1.A.shape, 3, "xavier");
const A2 = new SigmoidLayer(Z2.Z.shape);
const Z3 = new LinearLayer(A2.A.shape, 1, "xavier");
const A3 = new SigmoidLayer(Z3.Z.shape);

const costs = [];
for (let epoch = 0; epoch < numberOfEpochs; epoch++) {
  // forward
  Z1.forward(X);
  A1.forward(Z1.Z);
  Z2.forward(A1.A);
  A2.forward(Z2.Z);
  Z3.forward(A2.A);
  A3.forward(Z3.Z);

  // cost
  const { cost, dYHat } = computeCost(Y, A3.A);
  if (epoch % 100 === 0) {
    console.log(`Cost at epoch#${epoch}: ${cost}`);
    costs.push(cost);
  }

  // backward
  A3.backward(dYHat);
  Z3.backward(A3.dZ);
  A2.backward(Z3.dAPrev);
  Z2.backward(A2.dZ);
  A1.backward(Z2.dAPrev);
  Z1.backward(A1.dZ);

  // update
  Z3.updateParams(learningRate);
  Z2.updateParams(learningRate);
  Z1.updateParams(learningRate);
}

const { predictions, accuracy } = predict(X, Y, [Z1, Z2, Z3], [A1, A2, A3]);
console.log(`The predicted outputs:\n ${predictions}`);
console.log(`The accuracy of the model is: ${accuracy}%`);

drawPictures({ name: "xor-3-layer", X, Y, Zs: [Z1, Z2, Z3], As: [A1, A2, A3], costs, learningRate });
