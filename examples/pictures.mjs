// Draws the article's three pictures of a trained network and prints where they are.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Matrix, transpose } from "nothing-but-wasm";
import { plotDecisionBoundary, plotDecisionBoundaryShaded, plotLearningCurve } from "nothing-but-wasm/plot";

/** Writes a picture to out/, below the folder that the program was started in, and prints its path. */
export function save(file, svg) {
  mkdirSync("out", { recursive: true });
  const target = path.join("out", file);
  writeFileSync(target, svg);
  console.log(`Wrote ${target}`);
}

/** The learning curve, the decision boundary and the shaded decision boundary of a network of two features. */
export function drawPictures({ name, X, Y, Zs, As, costs, learningRate, featureCrosses }) {
  // The pictures ask for the probabilities of many points, a row each; the network takes them as columns.
  const probabilities = (points, count) => {
    let A = transpose(Matrix.fromFlat(points, [count, points.length / count]));
    for (let i = 0; i < Zs.length; i++) A = As[i].forward(Zs[i].forward(A));
    return A.data;
  };
  const examples = X.toArray();
  const labels = Y.toArray();
  save(`${name}-learning-curve.svg`, plotLearningCurve(costs, { learningRate, epochsPerCost: 100 }));
  save(`${name}-boundary.svg`, plotDecisionBoundary(probabilities, examples, labels, { featureCrosses }));
  save(
    `${name}-boundary-shaded.svg`,
    plotDecisionBoundaryShaded(probabilities, examples, labels, { featureCrosses }),
  );
}
