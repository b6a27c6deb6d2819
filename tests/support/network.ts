import {
  type CostAndGradient,
  computeCost,
  type DType,
  type IniType,
  LinearLayer,
  Matrix,
  type RandomState,
  SigmoidLayer,
} from "../../src/index.ts";

/** Linear and sigmoid layers by turns, for the tests that train. */
export class TestNetwork {
  readonly Zs: LinearLayer[] = [];
  readonly As: SigmoidLayer[] = [];

  constructor(
    sizes: readonly number[],
    m: number,
    iniType: IniType,
    options: { dtype?: DType; random?: RandomState } = {},
  ) {
    for (let l = 1; l < sizes.length; l++) {
      this.Zs.push(new LinearLayer([sizes[l - 1], m], sizes[l], iniType, options));
      this.As.push(new SigmoidLayer([sizes[l], m], { dtype: options.dtype }));
    }
  }

  forward(X: Matrix): Matrix {
    let A = X;
    for (let l = 0; l < this.Zs.length; l++) A = this.As[l].forward(this.Zs[l].forward(A));
    return A;
  }

  /** Forward, cost and backward. */
  iterate(X: Matrix, Y: Matrix): CostAndGradient {
    const result = computeCost(Y, this.forward(X));
    let upstream = result.dYHat;
    for (let l = this.Zs.length - 1; l >= 0; l--) {
      upstream = this.Zs[l].backward(this.As[l].backward(upstream)).dAPrev;
    }
    return result;
  }

  update(learningRate: number): void {
    for (const Z of this.Zs) Z.updateParams(learningRate);
  }

  /** The costs of `epochs` full-batch epochs and of what they end with. */
  train(X: Matrix, Y: Matrix, epochs: number, learningRate = 1): number[] {
    const costs: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      costs.push(this.iterate(X, Y).cost);
      this.update(learningRate);
    }
    return [...costs, this.iterate(X, Y).cost];
  }

  dispose(): void {
    for (const layer of [...this.Zs, ...this.As]) layer.dispose();
  }
}

/** One sigmoid neuron with its weights set by hand and no bias, as the article begins. */
export function neuron(X: Matrix, weights: readonly number[]): TestNetwork {
  const network = new TestNetwork([weights.length, 1], X.cols, "plain");
  network.Zs[0].params.W.data.set(weights);
  return network;
}

/** The four inputs of a gate, and two gates. */
export const gate = () => Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1]]); // biome-ignore format: one line
export const xor = () => Matrix.from([[0, 1, 1, 0]]);
export const or = () => Matrix.from([[0, 1, 1, 1]]);
/** The gate's inputs and their product, the feature cross. */
export const featureCross = () => Matrix.from([[0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 1]]); // biome-ignore format: one line

/** write_goldens.py's problem: inputs in [−1, 1) and labels 0 or 1, the same bits as NumPy's. */
export function problem(
  sizes: readonly number[],
  m: number,
  dtype: DType,
  random: RandomState,
): { X: Matrix; Y: Matrix } {
  const draw = (rows: number, element: () => number) =>
    Matrix.fromFlat(Float64Array.from({ length: rows * m }, element), [rows, m], dtype);
  const X = draw(sizes[0], () => random.random() * 2 - 1);
  const Y = draw(sizes[sizes.length - 1], () => (random.random() > 0.5 ? 1 : 0));
  return { X, Y };
}

/** The columns of `X` whose numbers are in `order`. */
export function columns(X: Matrix, order: ArrayLike<number>): Matrix {
  const rows = X.toArray();
  return Matrix.from(
    rows.map((row) => Array.from(order, (j) => row[j])),
    X.dtype,
  );
}
