// Runs on every host against the built library: trains and multiplies on 1, 2 and 3 threads and compares all bytes.

export async function check({
  dot,
  getThreads,
  HostError,
  LinearLayer,
  Matrix,
  RandomState,
  setThreads,
  SigmoidLayer,
}) {
  function trained(dtype) {
    const random = new RandomState(7);
    const X = Matrix.fromFlat(
      Array.from({ length: 90 * 260 }, () => random.random()),
      [90, 260],
      dtype,
    );
    const Z1 = new LinearLayer(X.shape, 260, "xavier", { dtype, random });
    const A1 = new SigmoidLayer(Z1.Z.shape, { dtype });
    for (let step = 0; step < 10; step++) {
      Z1.backward(A1.backward(A1.forward(Z1.forward(X))));
      Z1.updateParams(0.001);
    }
    const big = dot(X, A1.A, undefined, { transposeB: true });
    return [Z1.params.W, Z1.params.b, Z1.dAPrev, big].map(({ data }) => Array.from(data).join()).join(";");
  }
  const all = () => `${trained("float64")}|${trained("float32")}`;
  const report = { bits: [], threads: [], error: undefined, ms: 0 };
  const alone = all();
  try {
    for (const threads of [2, 3, 1, 2]) {
      await setThreads(threads);
      report.threads.push(getThreads());
      const started = performance.now();
      report.bits.push(all() === alone);
      report.ms = Math.max(report.ms, performance.now() - started);
    }
    // Growth while shared, with a product in the new part.
    const before = Matrix.zeros(1, 2 ** 21);
    report.bits.push(all() === alone && before.data.every((value) => value === 0));
  } catch (error) {
    report.error = { host: error instanceof HostError, said: error.message };
    report.threads.push(getThreads());
    report.bits.push(all() === alone);
  }
  return report;
}
