// Products of every shape, on one engine. `scan.mjs FILE DTYPE FORM` prints the fingerprint of all that this file of dist/
// computes; with a number of rounds behind it times them, and prints as JSON those that take longer than one that contains them,
// those that take longer for being one step deeper, and those that take longer than one that is a column wider.
import { numbers } from "../contenders/protocol.mjs";
import { containing, deepened, isCliff, MOST_DEEP, shapes, widened } from "./shapes.mjs";

const [file, dtype, form, rounds] = process.argv.slice(2);
const { dot, fingerprint, Matrix } = await import(`../../dist/${file}`);

/** Nanoseconds of a turn. */
const TURN = 5e4;
/** Turns of two products that may be a cliff. */
const TURNS = 40;
const options = { NN: undefined, NT: { transposeB: true }, TN: { transposeA: true } }[form];
const elements = numbers(MOST_DEEP);

function filled(rows, cols) {
  const matrix = Matrix.zeros(rows, cols, dtype);
  matrix.data.set(elements.subarray(0, matrix.size));
  return matrix;
}

/** One product, ready to run, whose matrices are given back at last. */
class Product {
  #a;
  #b;
  #c;
  #calls;

  constructor([m, n, k]) {
    this.#a = form === "TN" ? filled(k, m) : filled(m, k);
    this.#b = form === "NT" ? filled(n, k) : filled(k, n);
    this.#c = Matrix.zeros(m, n, dtype);
    this.#calls = Math.max(1, Math.round(TURN / (50 + (m * n * k) / 6)));
  }

  result() {
    return dot(this.#a, this.#b, this.#c, options);
  }

  /** Nanoseconds, of one turn. */
  time() {
    const start = performance.now();
    for (let i = 0; i < this.#calls; i++) this.result();
    return ((performance.now() - start) * 1e6) / this.#calls;
  }

  dispose() {
    for (const matrix of [this.#a, this.#b, this.#c]) matrix.dispose();
  }
}

/** All products, one after the other, each until the next. */
function* results() {
  for (const shape of [...shapes, ...deepened.flat(), ...widened.flat()]) {
    const product = new Product(shape);
    yield product.result();
    product.dispose();
  }
}

/** The fastest turns of two products that take turns. */
function compare(...pair) {
  const [one, other] = pair.map((shape) => new Product(shape));
  const times = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [i, product] of [one, other].entries()) times[i] = Math.min(times[i], product.time());
  }
  for (const product of [one, other]) product.dispose();
  return times;
}

/** Those of some pairs whose first product, by turns with the other, takes as much longer as at a cliff, the steepest first. */
function edgesOf(pairs) {
  const steepness = ({ times: [slower, faster] }) => slower / faster;
  return pairs
    .map(([slower, faster]) => ({ slower, faster, times: compare(slower, faster) }))
    .filter(({ times }) => isCliff(...times))
    .sort((one, other) => steepness(other) - steepness(one));
}

if (rounds === undefined) console.log(fingerprint(results()));
else {
  const fastest = new Map();
  for (let round = 0; round <= rounds; round++) {
    for (const shape of shapes) {
      const product = new Product(shape);
      const turn = Math.min(product.time(), product.time());
      product.dispose();
      // the first round is the engine's, which compiles what it sees
      if (round > 0) fastest.set(`${shape}`, Math.min(turn, fastest.get(`${shape}`) ?? turn));
    }
  }
  const suspects = shapes.flatMap((shape) =>
    containing(shape)
      .filter((larger) => isCliff(fastest.get(`${shape}`), fastest.get(`${larger}`)))
      .map((larger) => [shape, larger]),
  );
  const cliffs = edgesOf(suspects);
  const jumps = edgesOf(deepened.map(([shape, deeper]) => [deeper, shape]));
  const widths = edgesOf(widened);
  console.log(JSON.stringify({ cliffs, jumps, widths }));
}
