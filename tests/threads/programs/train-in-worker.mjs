// Runs on every host against the built library: trains twins, one by fit and one in a worker, and aborts a third. It
// also says how long this thread was kept from its events at most while a worker trained, in milliseconds: of one run
// or, while that is too long, of up to eight.

export async function check({ linear, Network, RandomState, relu, softmax, trainInWorker }) {
  // As many examples, pixels and classes as the digits of scikit-learn.
  const random = new RandomState(3);
  const X = Array.from({ length: 1797 }, () => Array.from({ length: 64 }, () => random.random()));
  const Y = X.map((row) => Math.floor(row[5] * 5) + Math.floor(row[9] * 5));
  const make = () => new Network([linear(32), relu(), linear(10), softmax()], { seed: 5, optimizer: "adam" });
  const bytes = ({ linears }) => linears.flatMap(({ params }) => [...params.W.data, ...params.b.data]).join();

  const [here, there, aborted] = [make(), make(), make()];
  await here.fit(X, Y, { epochs: 8 });
  let reports = 0;
  const whileTraining = [
    await longestPause(() => trainInWorker(there, X, Y, { epochs: 8, onEpoch: () => reports++ })),
  ];
  while (Math.min(...whileTraining) >= 50 && whileTraining.length < 8) {
    whileTraining.push(
      await longestPause(() => trainInWorker(make(), X, Y, { epochs: 8, onEpoch: () => {} })),
    );
  }
  const controller = new AbortController();
  const onEpoch = ({ epoch }) => epoch === 3 && controller.abort();
  const history = await trainInWorker(aborted, X, Y, { epochs: 1e6, onEpoch, signal: controller.signal });
  return {
    same: bytes(here) === bytes(there),
    costs: here.history.cost.join() === there.history.cost.join(),
    reports,
    stoppedBy: history.stoppedBy,
    aborted: history.epochs.length > 3 && history.epochs.length < 1e6,
    whileTraining,
  };
}

async function longestPause(train) {
  let running = true;
  let longest = 0;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setTimeout(tick, 0);
  };
  tick();
  await train();
  running = false;
  return longest;
}
