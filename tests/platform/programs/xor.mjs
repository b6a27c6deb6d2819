// XOR as a page or script writes it, by named imports: what a bundler keeps of the library for it.
import { computeCost, fingerprint, LinearLayer, Matrix, SigmoidLayer, seed } from "nothing-but-wasm";

export function trainXor() {
  const X = Matrix.from([
    [0, 0, 1, 1],
    [0, 1, 0, 1],
  ]);
  const Y = Matrix.from([[0, 1, 1, 0]]);
  seed(48);
  const Z1 = new LinearLayer(X.shape, 3, "xavier");
  const A1 = new SigmoidLayer(Z1.Z.shape);
  const Z2 = new LinearLayer(A1.A.shape, 1, "xavier");
  const A2 = new SigmoidLayer(Z2.Z.shape);
  for (let epoch = 0; epoch < 5000; epoch++) {
    const { dYHat } = computeCost(Y, A2.forward(Z2.forward(A1.forward(Z1.forward(X)))));
    Z1.backward(A1.backward(Z2.backward(A2.backward(dYHat)).dAPrev));
    Z2.updateParams(1);
    Z1.updateParams(1);
  }
  return fingerprint([Z1, Z2]);
}
