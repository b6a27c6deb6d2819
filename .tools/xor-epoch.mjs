// From the import to the first trained epoch. `xor-epoch.mjs URL` takes the library at that URL, relative to this file; `show`
// after it prints the cost.
const [url, show] = process.argv.slice(2);
const { computeCost, LinearLayer, Matrix, SigmoidLayer, seed } = await import(url);

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
if (show) console.log(`${cost} ${[...Z1.params.W.data, ...Z2.params.W.data].join(" ")}`);
