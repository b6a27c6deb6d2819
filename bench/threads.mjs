// `node bench/threads.mjs` times large work on one thread and on several, which take turns in one process, and first
// compares every byte. Besides the ratio of the best times it gives the
// processor time that N threads take for the time that one takes: what is above 1 is the price of sharing.
import {
  computeCost,
  dot,
  LinearLayer,
  Matrix,
  RandomState,
  SigmoidLayer,
  setThreads,
} from "../dist/index.js";
import { inWords, MOST_THREADS, Refusal, readOptions, wholeNumber } from "./command-line.mjs";
import { thisEngine } from "./engines.mjs";
import { describeMachine } from "./report.mjs";
import { outliveReader } from "./stops.mjs";
import { threadsHead, threadsLine } from "./thread-turns.mjs";

const HELP = `node bench/threads.mjs [options]
  --threads N  how many are compared with one (2)
  --rounds N   turns of each (9)
  --only TEXT  of the work only what holds it in its name, as "dot 512" or "float32"`;
/** Milliseconds a turn. */
const TURN = 150;

const filled = (rows, cols, dtype, random) => {
  const matrix = Matrix.zeros(rows, cols, dtype);
  const { data } = matrix;
  for (let i = 0; i < data.length; i++) data[i] = random.random() - 0.5;
  return matrix;
};

function product(size, dtype) {
  const random = new RandomState(1);
  const [a, b] = [filled(size, size, dtype, random), filled(size, size, dtype, random)];
  const out = Matrix.zeros(size, size, dtype);
  return { step: () => dot(a, b, out), outputs: [out], reset: () => {} };
}

function training(sizes, batch, dtype) {
  const random = new RandomState(1);
  const X = filled(sizes[0], batch, dtype, random);
  const Y = filled(sizes[2], batch, dtype, random);
  const Z1 = new LinearLayer(X.shape, sizes[1], "xavier", { dtype, random, inputGrad: false });
  const A1 = new SigmoidLayer(Z1.Z.shape, { dtype });
  const Z2 = new LinearLayer(A1.A.shape, sizes[2], "xavier", { dtype, random });
  const A2 = new SigmoidLayer(Z2.Z.shape, { dtype });
  const parameters = [Z1, Z2].flatMap(({ params }) => [params.W, params.b]);
  const first = parameters.map(({ data }) => data.slice());
  return {
    step() {
      A2.forward(Z2.forward(A1.forward(Z1.forward(X))));
      A2.backward(computeCost(Y, A2.A).dYHat);
      Z1.backward(A1.backward(Z2.backward(A2.dZ).dAPrev));
      Z1.updateParams(0.1);
      Z2.updateParams(0.1);
    },
    outputs: parameters,
    reset: () => {
      for (const [i, { data }] of parameters.entries()) data.set(first[i]);
    },
  };
}

const bytes = ({ outputs }) =>
  Buffer.concat(outputs.map(({ data: d }) => Buffer.from(d.buffer, d.byteOffset, d.byteLength)));

function turn({ step }) {
  let best = Number.POSITIVE_INFINITY;
  let steps = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let now = start; now - start < TURN || steps < 3; steps++) {
    step();
    const end = performance.now();
    best = Math.min(best, end - now);
    now = end;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { best, mean: (performance.now() - start) / steps, cpu: (user + system) / 1000 / steps };
}

const work = ["float64", "float32"].flatMap((dtype) => [
  { name: `784-512-10, batch 512, ${dtype}`, make: () => training([784, 512, 10], 512, dtype) },
  ...[64, 96, 128, 192, 256, 512, 1024].map((size) => ({
    name: `dot ${size}, ${dtype}`,
    make: () => product(size, dtype),
  })),
]);
const { threads, rounds, wanted, engine } = inWords(() => {
  const given = readOptions(
    {
      threads: { type: "string", default: "2" },
      rounds: { type: "string", default: "9" },
      only: { type: "string", default: "" },
    },
    HELP,
  );
  const count = wholeNumber("threads", given.threads, { least: 2, most: MOST_THREADS });
  const named = work.filter(({ name }) => name.includes(given.only));
  if (named.length === 0) {
    throw new Refusal(`--only ${given.only}: none of ${work.map(({ name }) => name).join("; ")}`);
  }
  const turns = wholeNumber("rounds", given.rounds);
  return { threads: count, rounds: turns, wanted: named, engine: thisEngine() };
});

outliveReader();
console.log(describeMachine([engine]));
console.log(threadsHead(threads));
for (const { name, make } of wanted) {
  const task = make();
  const results = [];
  for (const count of [1, threads]) {
    await setThreads(count);
    task.reset();
    for (let i = 0; i < 5; i++) task.step();
    results.push(bytes(task));
  }
  if (!results[0].equals(results[1])) throw new Error(`${name}: the bits differ`);
  const turns = { 1: [], [threads]: [] };
  for (let round = 0; round < rounds; round++) {
    for (const count of [1, threads]) {
      await setThreads(count);
      for (let i = 0; i < 3; i++) task.step();
      turns[count].push(turn(task));
    }
  }
  console.log(threadsLine(name, turns, threads));
}
