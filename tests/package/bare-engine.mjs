// What runs in an engine with nothing but ECMAScript, as in any host: everything but workers. It is plain JavaScript over the
// library that it is given; what it gives is compared as JSON text.
import { trainXor } from "../platform/programs/xor.mjs";

/** What it gives is the same everywhere. */
export async function check({ fingerprint, HostError, linear, Matrix, Network, setThreads, sigmoid, tanh }) {
  const X = Array.from({ length: 200 }, (_, i) => [Math.fround(i / 200), (i * 7) % 3, 1 - i / 400]);
  const Y = X.map(([a, b]) => (a > 0.5 && b > 0 ? 1 : 0));
  const make = () =>
    new Network([linear(6), tanh(), linear(1), sigmoid()], {
      seed: 5,
      optimizer: "adam",
      preprocess: "standard",
    });
  const [there, here] = [make(), make()];
  there.fitSync(X, Y, { epochs: 300, batchSize: 20 });
  let told = 0;
  await here.fit(X, Y, { epochs: 300, batchSize: 20, onEpoch: () => void told++ });
  const loaded = Network.fromJSON(JSON.parse(JSON.stringify(here)));
  const unseeded = () => new Network([linear(4), sigmoid()], { inputs: 3 }).predict(X.slice(0, 2));
  const twice = [unseeded(), unseeded()].map((outputs) => JSON.stringify(outputs));
  const large = Matrix.zeros(600, 600);
  const more = Matrix.zeros(900, 900);
  const refusal = await setThreads(2).catch((error) => error);
  await setThreads(1);
  return {
    layers: trainXor(),
    networks: [there, here, loaded].map((network) => fingerprint(network.linears)),
    told,
    predictions: loaded.predict(X.slice(0, 3)),
    unseeded: twice[0].length > 20 && twice[0] !== twice[1],
    grown: [...large.data, ...more.data].every((number) => number === 0),
    refused: refusal instanceof HostError,
  };
}
