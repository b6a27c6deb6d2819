// Which functions a process runs from the import to its first trained epoch.
import { Session } from "node:inspector/promises";
import { pathToFileURL } from "node:url";

/** Runs it on the entry at `file`, and gives the names of what V8 counted calls of. */
export async function namesInFirstEpoch(file) {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true });
  await trainOneEpoch(await import(pathToFileURL(file)));
  const { result } = await session.post("Profiler.takePreciseCoverage");
  session.disconnect();
  const called = result.flatMap(({ functions }) => functions).filter(({ ranges }) => ranges[0].count > 0);
  return new Set(called.map(({ functionName }) => functionName));
}

function trainOneEpoch({ computeCost, LinearLayer, Matrix, SigmoidLayer, seed }) {
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
  Z1.backward(A1.backward(Z2.backward(A2.backward(computeCost(Y, A2.A).dYHat)).dAPrev));
  Z1.updateParams(1);
  Z2.updateParams(1);
}
