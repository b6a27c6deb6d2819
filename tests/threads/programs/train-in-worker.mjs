// Runs on every host against the built library: trains twins on the digits, one by fit and one in a worker, and aborts a
// third. It also says how long this thread was kept from its events at most while a worker trained, in milliseconds, beyond what
// it was in as long a time when nobody did: of one run or, while that is too long, of up to eight.

export async function check({ linear, Network, relu, softmax, trainInWorker, trainTestSplit }) {
  const table = await digits();
  const [features, labels] = [table.map((row) => row.slice(0, 64)), table.map((row) => row[64])];
  const { train, test } = trainTestSplit(features, labels, { testShare: 0.2, stratify: true, seed: 48 });
  const [X, Y] = [train.rows, train.labels];
  const layers = [linear(32), relu(), linear(10), softmax()];
  const make = () =>
    new Network(layers, { seed: 5, optimizer: "adam", learningRate: 0.01, preprocess: "minMax" });
  const bytes = ({ linears }) => linears.flatMap(({ params }) => [...params.W.data, ...params.b.data]).join();

  const [here, there, aborted] = [make(), make(), make()];
  await here.fit(X, Y, { epochs: 8 });
  let reports = 0;
  await trainInWorker(there, X, Y, { epochs: 8, onEpoch: () => reports++ });
  const whileTraining = [];
  // so many epochs that they would keep this thread for several times those milliseconds
  do whileTraining.push(await addedPause(() => trainInWorker(make(), X, Y, { epochs: 256 })));
  while (Math.min(...whileTraining) >= 50 && whileTraining.length < 8);
  const controller = new AbortController();
  const onEpoch = ({ epoch }) => epoch === 3 && controller.abort();
  const history = await trainInWorker(aborted, X, Y, { epochs: 1e6, onEpoch, signal: controller.signal });
  return {
    same: bytes(here) === bytes(there),
    costs: here.history.cost.join() === there.history.cost.join(),
    reports,
    stoppedBy: history.stoppedBy,
    aborted: history.epochs.length > 3 && history.epochs.length < 1e6,
    accuracy: there.evaluate(test.rows, test.labels, ["accuracy"]).metrics.accuracy,
    whileTraining,
  };
}

/** 1,797 rows: 64 pixels and the digit. A page fetches them, the others read the file. */
async function digits() {
  const address = new URL("../../../examples/data/digits.csv.gz", import.meta.url);
  const packed =
    typeof document === "undefined"
      ? new Blob([(await import("node:fs")).readFileSync(address)])
      : await (await fetch(address)).blob();
  const text = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).text();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(",").map(Number));
}

/** The longest pause beyond that of as long a time in which nothing is done: other processes keep a thread waiting too. */
async function addedPause(work) {
  const start = performance.now();
  const during = await longestPause(work);
  const time = performance.now() - start;
  return during - (await longestPause(() => new Promise((resolve) => setTimeout(resolve, time))));
}

async function longestPause(work) {
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
  await work();
  running = false;
  // and the one that ends with the work
  return Math.max(longest, performance.now() - last);
}
