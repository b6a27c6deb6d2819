// From the import to the first trained epoch.
import { computeCost, LinearLayer, Matrix, SigmoidLayer, seed } from "nothing-but-wasm";

seed(48);
const X = Matrix.from([
  [0, 0, 1, 1],
  [0, 1, 0, 1],
]);
const Y = Matrix.from([[0, 1, 1, 0]]);
const Z1 = new LinearLayer(X.shape, 3, "xavier");
const A1 = new SigmoidLayer(Z1.Z.shape);
const Z2 = new LinearLayer(A1.A.shape, 1, "xavier");
const A2 = new SigmoidLayer(Z2.Z.shape);
A2.forward(Z2.forward(A1.forward(Z1.forward(X))));
const { cost, dYHat } = computeCost(Y, A2.A);
Z1.backward(A1.backward(Z2.backward(A2.backward(dYHat)).dAPrev));
Z1.updateParams(1);
Z2.updateParams(1);

export { cost, Z1, Z2 };
