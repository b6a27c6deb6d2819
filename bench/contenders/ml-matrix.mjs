// ml-matrix: rows of float64, the network written with its products and element-wise methods.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { checksum, elementCheck, labels, numbers, serve, trainingCheck } from "./protocol.mjs";

const { Matrix } = createRequire(import.meta.url)("ml-matrix");

const shaped = (rows, cols, flat) => Matrix.from1DArray(rows, cols, flat);
const filled = (rows, cols, seed) => shaped(rows, cols, numbers(rows * cols, seed));
const sigmoidOf = (Z) => Z.neg().exp().add(1).pow(-1);
const float64Only = (make) => (workload) => (workload.dtype === "float64" ? make(workload) : "float64 only");

function train({ sizes, batch }) {
  const X = filled(sizes[0], batch, 1);
  const Y = shaped(sizes.at(-1), batch, labels(sizes.at(-1) * batch));
  const Ws = sizes.slice(1).map((n, i) => filled(n, sizes[i], 11 + i).mul(1 / Math.sqrt(sizes[i])));
  const bs = sizes.slice(1).map((n) => Matrix.zeros(n, 1));
  const step = () => {
    const As = [X];
    for (const [i, W] of Ws.entries()) As.push(sigmoidOf(W.mmul(As[i]).addColumnVector(bs[i])));
    const difference = Matrix.sub(Y, As.at(-1));
    const cost = Matrix.pow(difference, 2).sum() / (2 * batch);
    let upstream = difference.mul(-1 / batch);
    const gradients = [];
    for (let i = Ws.length - 1; i >= 0; i--) {
      const A = As[i + 1];
      const dZ = upstream.mul(A).mul(Matrix.mul(A, -1).add(1));
      gradients.push([i, dZ.mmul(As[i].transpose()), Matrix.columnVector(dZ.sum("row"))]);
      if (i > 0) upstream = Ws[i].transpose().mmul(dZ);
    }
    for (const [i, dW, db] of gradients) {
      Ws[i].sub(dW.mul(0.1));
      bs[i].sub(db.mul(0.1));
    }
    return cost;
  };
  const run = (iterations) => {
    for (let i = 0; i < iterations; i++) step();
  };
  const [weights, biases] = [() => Ws[0].to1DArray(), () => bs.flatMap((b) => b.to1DArray())];
  return { check: trainingCheck(step, run, weights, biases), run, dtype: "float64" };
}

function product({ m, n, k, form }) {
  const a = form === "TN" ? filled(k, m, 1) : filled(m, k, 1);
  const b = form === "NT" ? filled(n, k, 2) : filled(k, n, 2);
  const multiplied = () => (form === "TN" ? a.transpose() : a).mmul(form === "NT" ? b.transpose() : b);
  return repeated(multiplied, checksum);
}

function sigmoid({ n }) {
  const Z = filled(1, n, 1).mul(16);
  return repeated(() => sigmoidOf(Z.clone()), elementCheck);
}

/** Work that gives a new matrix every time; the last is kept, and what is timed is what is checked. */
function repeated(work, checkOf) {
  let result;
  const run = (iterations) => {
    for (let i = 0; i < iterations; i++) result = work();
  };
  run(1);
  return { check: checkOf(result.to1DArray()), run, dtype: "float64" };
}

// Its exports leave package.json out.
const manifest = new URL("../node_modules/ml-matrix/package.json", import.meta.url);
serve(
  { train: float64Only(train), product: float64Only(product), sigmoid: float64Only(sigmoid) },
  JSON.parse(readFileSync(manifest, "utf8")).version,
);
