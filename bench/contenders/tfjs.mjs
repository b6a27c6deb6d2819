// TensorFlow.js on one thread: `node tfjs.mjs wasm` or `node tfjs.mjs cpu`. It keeps every number in float32.
import { createRequire } from "node:module";
import path from "node:path";
import { checksum, elementCheck, labels, numbers, serve, trainingCheck } from "./protocol.mjs";

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs");
// Without this it advertises its native addon on every start.
tf.env().set("IS_TEST", true);
// Without its checks, as it is to be deployed.
tf.enableProdMode();
const backend = process.argv[2];
if (backend === "wasm") {
  const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPaths(`${path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
}
if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend}`);
await tf.ready();

const filled = (rows, cols, seed) => tf.tensor2d(Float32Array.from(numbers(rows * cols, seed)), [rows, cols]);

const float32Only = (make) => (workload) => (workload.dtype === "float32" ? make(workload) : "float32 only");

function train({ sizes, batch }) {
  const X = filled(sizes[0], batch, 1);
  const Y = tf.tensor2d(Float32Array.from(labels(sizes.at(-1) * batch)), [sizes.at(-1), batch]);
  const layers = sizes.slice(1).map((n, i) => {
    const k = sizes[i];
    const scale = 1 / Math.sqrt(k);
    const W = tf.tensor2d(
      Float32Array.from(numbers(n * k, 11 + i), (v) => v * scale),
      [n, k],
    );
    return [tf.variable(W), tf.variable(tf.zeros([n, 1]))];
  });
  const optimizer = tf.train.sgd(0.1);
  const cost = () => {
    let A = X;
    for (const [W, b] of layers) A = tf.sigmoid(tf.add(tf.matMul(W, A), b));
    return tf.div(tf.sum(tf.squaredDifference(Y, A)), 2 * batch);
  };
  const step = () => tf.tidy(() => optimizer.minimize(cost, true, layers.flat()).dataSync()[0]);
  const run = (iterations) => {
    for (let i = 0; i < iterations; i++) optimizer.minimize(cost, false, layers.flat());
  };
  const weights = () => layers[0][0].dataSync();
  const biases = () => layers.flatMap(([, b]) => [...b.dataSync()]);
  return { check: trainingCheck(step, run, weights, biases), run, dtype: layers[0][0].dtype };
}

function product({ m, n, k, form }) {
  const [transposeA, transposeB] = [form === "TN", form === "NT"];
  const a = transposeA ? filled(k, m, 1) : filled(m, k, 1);
  const b = transposeB ? filled(n, k, 2) : filled(k, n, 2);
  return repeated(() => tf.matMul(a, b, transposeA, transposeB), checksum);
}

function sigmoid({ n }) {
  const Z = tf.tensor2d(
    Float32Array.from(numbers(n, 1), (v) => v * 16),
    [1, n],
  );
  return repeated(() => tf.sigmoid(Z), elementCheck);
}

/** Work that gives a new tensor every time; the last is kept, and what is timed is what is checked. */
function repeated(work, checkOf) {
  let result;
  const run = (iterations) => {
    for (let i = 0; i < iterations; i++) {
      result?.dispose();
      result = work();
    }
  };
  run(1);
  return { check: checkOf(result.dataSync()), run, dtype: result.dtype };
}

serve(
  { train: float32Only(train), product: float32Only(product), sigmoid: float32Only(sigmoid) },
  tf.version.tfjs,
);
