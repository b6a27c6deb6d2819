// This library through its public API: `node ours.mjs ENTRY THREADS` runs the kernels of the entry index,
// turbo or reference, on so many threads (1).
import { productChecksum } from "./product-checksum.mjs";
import {
  checksum,
  elementCheck,
  exampleRows,
  labels,
  nameOf,
  numbers,
  serve,
  trainingCheck,
} from "./protocol.mjs";

const [, , entry, threads = "1"] = process.argv;
const { LinearLayer, Matrix, Network, SigmoidLayer, computeCost, dot, linear, setThreads, sigmoid } =
  await import(`../../dist/${entry}.js`);
if (threads !== "1") await setThreads(Number(threads));

const filled = (rows, cols, dtype, seed) => Matrix.fromFlat(numbers(rows * cols, seed), [rows, cols], dtype);

const biasesOf = (layers) => layers.flatMap(({ params }) => [...params.b.data]);

function train({ sizes, batch, dtype }) {
  const X = filled(sizes[0], batch, dtype, 1);
  const Y = Matrix.fromFlat(labels(sizes.at(-1) * batch), [sizes.at(-1), batch], dtype);
  const Zs = [];
  const As = [];
  for (let i = 1; i < sizes.length; i++) {
    const Z = new LinearLayer([sizes[i - 1], batch], sizes[i], "plain", { dtype, inputGrad: i > 1 });
    const scale = 1 / Math.sqrt(sizes[i - 1]);
    Z.params.W.data.set(numbers(sizes[i] * sizes[i - 1], 10 + i).map((v) => v * scale));
    Zs.push(Z);
    As.push(new SigmoidLayer(Z.Z.shape, { dtype }));
  }
  // Two layers are written out as a user would; deeper nets take the loop.
  const [Z1, Z2] = Zs;
  const [A1, A2] = As;
  const twoLayers = () => {
    Z1.forward(X);
    A1.forward(Z1.Z);
    Z2.forward(A1.A);
    A2.forward(Z2.Z);
    const { cost, dYHat } = computeCost(Y, A2.A);
    A2.backward(dYHat);
    Z2.backward(A2.dZ);
    A1.backward(Z2.dAPrev);
    Z1.backward(A1.dZ);
    Z2.updateParams(0.1);
    Z1.updateParams(0.1);
    return cost;
  };
  const anyLayers = () => {
    let A = X;
    for (let i = 0; i < Zs.length; i++) A = As[i].forward(Zs[i].forward(A));
    const { cost, dYHat } = computeCost(Y, A);
    let gradient = dYHat;
    for (let i = Zs.length - 1; i >= 0; i--) {
      const gradients = Zs[i].backward(As[i].backward(gradient));
      if (i > 0) gradient = gradients.dAPrev;
    }
    for (const Z of Zs) Z.updateParams(0.1);
    return cost;
  };
  const step = Zs.length === 2 ? twoLayers : anyLayers;
  const run = (iterations) => {
    for (let i = 0; i < iterations; i++) step();
  };
  // Read anew: a memory that grows leaves the arrays that were read before behind.
  const weights = () => Zs[0].params.W.data;
  return { check: trainingCheck(step, run, weights, () => biasesOf(Zs)), run, dtype: nameOf(weights()) };
}

/** Its first weights are NumPy's. */
function networkOf({ sizes, dtype }) {
  const layers = sizes.slice(1).flatMap((width) => [linear(width, "xavier"), sigmoid()]);
  const how = { cost: "squaredError", learningRate: 0.1, inputs: sizes[0], seed: 48, dtype };
  return new Network(layers, how);
}

function fit({ sizes, examples, batch, dtype }) {
  const X = filled(sizes[0], examples, dtype, 1);
  const Y = Matrix.fromFlat(labels(sizes.at(-1) * examples), [sizes.at(-1), examples], dtype);
  const network = networkOf({ sizes, dtype });
  const run = (epochs) => network.fitSync(X, Y, { epochs, batchSize: batch });
  const step = () => run(1).epochs.at(-1).cost;
  const weights = () => network.linears[0].params.W.data;
  const check = trainingCheck(step, run, weights, () => biasesOf(network.linears));
  return { check, run, dtype: nameOf(weights()) };
}

function predict({ sizes, examples, dtype }) {
  const rows = exampleRows(examples, sizes[0]);
  const network = networkOf({ sizes, dtype });
  // Kept, so that what is timed is what is checked.
  let outputs;
  const run = (iterations) => {
    for (let i = 0; i < iterations; i++) outputs = network.predict(rows);
  };
  run(1);
  return { check: elementCheck(outputs.flat()), run, dtype: nameOf(network.linears[0].params.W.data) };
}

function product(workload) {
  const { m, n, k, form, dtype, untimed } = workload;
  if (untimed?.includes(entry)) return { check: productChecksum(workload), dtype };
  const [transposeA, transposeB] = [form === "TN", form === "NT"];
  const a = transposeA ? filled(k, m, dtype, 1) : filled(m, k, dtype, 1);
  const b = transposeB ? filled(n, k, dtype, 2) : filled(k, n, dtype, 2);
  const out = Matrix.zeros(m, n, dtype);
  const options = { transposeA, transposeB };
  const run = (iterations) => {
    for (let i = 0; i < iterations; i++) dot(a, b, out, options);
  };
  run(1);
  return { check: checksum(out.data), run, dtype: nameOf(out.data) };
}

function activation({ n, dtype }) {
  const Z = filled(1, n, dtype, 1);
  for (let i = 0; i < n; i++) Z.data[i] *= 16;
  const layer = new SigmoidLayer([1, n], { dtype });
  const run = (iterations) => {
    for (let i = 0; i < iterations; i++) layer.forward(Z);
  };
  run(1);
  return { check: elementCheck(layer.A.data), run, dtype: nameOf(layer.A.data) };
}

serve({ train, fit, predict, product, sigmoid: activation });
