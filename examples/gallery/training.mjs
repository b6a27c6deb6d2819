// Training for the gallery: plain gradient descent on the article's layers, written once.
import { computeCost, LinearLayer, Matrix, SigmoidLayer, transpose } from "nothing-but-wasm";

/** Linear and sigmoid layers by turns, in order. */
export function network(sizes, iniType = "plain") {
  return sizes
    .slice(1)
    .flatMap((n, i) => [new LinearLayer([sizes[i], 1], n, iniType), new SigmoidLayer([n, 1])]);
}

function forward(layers, X) {
  return layers.reduce((A, layer) => layer.forward(A), X);
}

function iterate(layers, X, Y) {
  const { cost, dYHat } = computeCost(Y, forward(layers, X));
  let upstream = dYHat;
  for (const layer of layers.toReversed()) {
    const gradient = layer.backward(upstream);
    upstream = layer instanceof LinearLayer ? gradient.dAPrev : gradient;
  }
  return cost;
}

/** Trains on all examples at once and gives the cost of every epoch. */
export function train(layers, X, Y, { epochs, learningRate }) {
  const [examples, labels] = [Matrix.from(X), Matrix.from(Y)];
  return Array.from({ length: epochs }, () => {
    const cost = iterate(layers, examples, labels);
    for (const layer of layers) if (layer instanceof LinearLayer) layer.updateParams(learningRate);
    return cost;
  });
}

/** The network as the pictures ask it: many points, a row each, and a row of outputs for each. */
export function answers(layers) {
  return (points, n) =>
    transpose(forward(layers, transpose(Matrix.fromFlat(points, [n, points.length / n])))).data;
}

/** The cost and the first layer's gradient, where the weights stand. */
export function costAt(layers, X, Y) {
  const cost = iterate(layers, Matrix.from(X), Matrix.from(Y));
  return { cost, dW: [...layers[0].dW.data] };
}

export const descend = {
  /** The weights that training visits, a row each, from a start; the bias is held. */
  path(layers, X, Y, { start, epochs, learningRate }) {
    const [examples, labels] = [Matrix.from(X), Matrix.from(Y)];
    const { W, b } = layers[0].params;
    W.data.set(start);
    const bias = [...b.data];
    return Array.from({ length: epochs + 1 }, () => {
      const here = [...W.data];
      iterate(layers, examples, labels);
      layers[0].updateParams(learningRate);
      b.data.set(bias);
      return here;
    });
  },

  /** The cost of a sigmoid neuron at many pairs of weights: each pair is a neuron of one wide layer. */
  surface(X, [labels], bias) {
    const examples = Matrix.from(X);
    return (weights, n) => {
      const [Z, A] = network([2, n]);
      Z.params.W.data.set(weights);
      Z.params.b.data.fill(bias);
      const { data } = forward([Z, A], examples);
      const m = labels.length;
      return Float64Array.from({ length: n }, (_, i) =>
        labels.reduce((sum, y, j) => sum + (y - data[i * m + j]) ** 2 / (2 * m), 0),
      );
    };
  },
};
