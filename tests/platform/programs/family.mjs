// The family of networks whose trained parameters are the same bytes everywhere. It is plain JavaScript over the
// library that it is given, so that the same file runs in every host, and on the sources in the unit tests. The loop
// here is written by hand, as in the article, over shapes that take every way through the products; networks.mjs has
// everything else, trained by `Network`.
//
// `npm run fingerprints` writes the constants anew, from the TypeScript reference.
import { trainedNetworks } from "./networks.mjs";

/**
 * sizes: from the inputs to the outputs, a sigmoid after each linear layer; examples are dealt in batches of `batch`,
 * the last of which is short when it does not divide them.
 */
const plain = { iniType: "xavier", rate: 1 };
const networks = {
  "2-3-1, full batch": { ...plain, sizes: [2, 3, 1], examples: 4, batch: 4, epochs: 500 },
  "1-1, one example at a time": {
    ...plain,
    sizes: [1, 1],
    examples: 3,
    batch: 1,
    epochs: 20,
    iniType: "plain",
  },
  "5-7-3, shuffled, short last batch": { ...plain, sizes: [5, 7, 3], examples: 19, batch: 8, epochs: 40 },
  "17-33-9-2, four layers deep": { ...plain, sizes: [17, 33, 9, 2], examples: 50, batch: 16, epochs: 10 },
  "64-48-10, packed products": {
    ...plain,
    sizes: [64, 48, 10],
    examples: 330,
    batch: 150,
    epochs: 3,
    iniType: "he",
  },
  "300-40-10, more than one block deep": {
    ...plain,
    sizes: [300, 40, 10],
    examples: 140,
    batch: 140,
    epochs: 2,
  },
  "200-260-8, large enough for threads": {
    ...plain,
    sizes: [200, 260, 8],
    examples: 250,
    batch: 200,
    epochs: 1,
  },
  "9-13-4, saturated": { ...plain, sizes: [9, 13, 4], examples: 40, batch: 20, epochs: 5, rate: 1e4 },
  "3-5-2, overflowing to infinity and NaN": {
    ...plain,
    sizes: [3, 5, 2],
    examples: 12,
    batch: 5,
    epochs: 6,
    iniType: "plain",
    scale: 100,
    rate: { float64: 1e308, float32: 3e38 },
  },
};

/** XOR as in the article: seed 48, a hidden layer of 3, 5,000 epochs at learning rate 1. */
export function trainXor(nbw) {
  const X = nbw.Matrix.from([
    [0, 0, 1, 1],
    [0, 1, 0, 1],
  ]);
  const Y = nbw.Matrix.from([[0, 1, 1, 0]]);
  nbw.seed(48);
  const Z1 = new nbw.LinearLayer(X.shape, 3, "xavier");
  const A1 = new nbw.SigmoidLayer(Z1.Z.shape);
  const Z2 = new nbw.LinearLayer(A1.A.shape, 1, "xavier");
  const A2 = new nbw.SigmoidLayer(Z2.Z.shape);
  for (let epoch = 0; epoch < 5000; epoch++) {
    const { dYHat } = nbw.computeCost(Y, A2.forward(Z2.forward(A1.forward(Z1.forward(X)))));
    Z1.backward(A1.backward(Z2.backward(A2.backward(dYHat)).dAPrev));
    Z2.updateParams(1);
    Z1.updateParams(1);
  }
  return [Z1, Z2];
}

/** The fingerprint of every network of the family by its name, and under "all" that of all together. */
export function family(nbw) {
  const fingerprints = {};
  const all = [];
  const add = (name, layers) => {
    fingerprints[name] = nbw.fingerprint(layers);
    all.push(layers);
  };
  add("the article's XOR", trainXor(nbw));
  for (const [name, network] of Object.entries(networks)) {
    for (const dtype of ["float64", "float32"]) add(`${name}, ${dtype}`, train(nbw, network, dtype));
  }
  for (const [name, network] of trainedNetworks(nbw)) add(name, network);
  fingerprints.all = nbw.fingerprint(all);
  return fingerprints;
}

/** The trained linear layers of one network. */
function train(nbw, network, dtype) {
  const { sizes, examples, batch, epochs } = network;
  const random = new nbw.RandomState(sizes.length * 1000 + examples);
  const inputs = sizes[0];
  const outputs = sizes[sizes.length - 1];
  const { scale = 1 } = network;
  const x = Array.from(random.randn(inputs, examples).data, (value) => value * scale);
  const y = Array.from(random.randn(outputs, examples).data, (value) => (value > 0 ? 1 : 0));

  const linears = [];
  const layers = sizes.slice(1).flatMap((nOut, i) => {
    const linear = new nbw.LinearLayer([sizes[i], batch], nOut, network.iniType, { dtype, random });
    linears.push(linear);
    return [linear, new nbw.SigmoidLayer([nOut, batch], { dtype })];
  });
  const rate = network.rate[dtype] ?? network.rate;

  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.permutation(examples);
    for (let start = 0; start < examples; start += batch) {
      const chosen = order.subarray(start, start + batch);
      const X = columns(nbw, x, inputs, examples, chosen, dtype);
      const Y = columns(nbw, y, outputs, examples, chosen, dtype);
      let A = X;
      for (const layer of layers) A = layer.forward(A);
      let upstream = nbw.computeCost(Y, A).dYHat;
      for (const layer of layers.toReversed()) {
        layer.backward(upstream);
        upstream = layer.dAPrev ?? layer.dZ;
      }
      for (const linear of linears) linear.updateParams(rate);
      X.dispose();
      Y.dispose();
    }
  }
  return linears;
}

/** The chosen columns of a (rows × cols) table as a matrix. */
function columns(nbw, table, rows, cols, chosen, dtype) {
  const picked = [];
  for (let i = 0; i < rows; i++) for (const j of chosen) picked.push(table[i * cols + j]);
  return nbw.Matrix.fromFlat(picked, [rows, chosen.length], dtype);
}
