// Runs in a page against the built library: starts workers in both ways, and says of each what came of it.

export async function check({ getThreads, HostError, linear, Network, setThreads, sigmoid, trainInWorker }) {
  const report = {};
  const starts = {
    async threads() {
      await setThreads(2);
      return getThreads();
    },
    async training() {
      const network = new Network([linear(2), sigmoid()], { seed: 5 });
      const Y = [
        [0, 1],
        [1, 0],
      ];
      return (await trainInWorker(network, [[1], [9]], Y, { epochs: 3 })).stoppedBy;
    },
  };
  for (const [name, start] of Object.entries(starts)) {
    try {
      report[name] = await start();
    } catch (error) {
      report[name] = `${error instanceof HostError ? "HostError" : error.name}: ${error.message}`;
    }
  }
  return report;
}
