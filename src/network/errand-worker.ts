// What the worker of `trainInWorker` runs: this library without its Wasm bytes, which come as a compiled module.
// Bundled to one script, which .tools/build.mjs writes into the library as text.

import { bringWideRule } from "../kernels/blocking-rule.ts";
import { init } from "../kernels/runtime.ts";
import { wideRule } from "../kernels/wide-rule.ts";
import { serveOwner } from "../wasm/threads/host-worker.ts";
import {
  buffersOf,
  type Errand,
  matrixOf,
  networkOptionsOf,
  type Outcome,
  restoreState,
  stateOf,
} from "./errand.ts";
import type { EpochReport } from "./history.ts";
import { Network } from "./network.ts";
import type { Warning } from "./warnings.ts";

/** Reports go together at most so often, in milliseconds: a small network does a million epochs a second. */
const PAUSE = 30;

/** The first message; a later one, empty, aborts. */
interface Start {
  readonly module: WebAssembly.Module;
  readonly errand: Errand;
  readonly aborted: boolean;
}

const abortion = new AbortController();

// the module may be the turbo build's
bringWideRule(wideRule);

const say = serveOwner((message) => {
  const { module, errand, aborted = true } = message as Partial<Start>;
  if (aborted) abortion.abort();
  if (module !== undefined && errand !== undefined) void run(module, errand);
});

// a worker that ends before it has said anything was never let run
say({});

async function run(module: WebAssembly.Module, errand: Errand): Promise<void> {
  let reports: EpochReport[] = [];
  let last = performance.now();
  const tell = () => {
    say({ reports });
    reports = [];
    last = performance.now();
  };
  let network: Network | undefined;
  try {
    init(module);
    const { dtype, layers, held, weights, fit, rates } = errand;
    network = new Network(layers, networkOptionsOf(errand));
    const { graph, plan } = network.parts;
    // its epochs are counted on from those of earlier runs, of which nothing but the number is here
    network.history.epochs.length = errand.first;
    restoreState(graph, plan, errand.state);
    const table = (data: Errand["X"]) => matrixOf(data, dtype);
    await network.fit(table(errand.X), table(errand.Y), {
      ...fit,
      validation: held && { X: table(held.X), Y: table(held.Y) },
      exampleWeights: weights,
      schedule: rates && { name: "rates", start: () => (epoch) => rates[epoch] },
      onEpoch: (report) => {
        reports.push(report);
        if (performance.now() - last >= PAUSE) tell();
      },
      onWarning: (warning: Warning) => say({ warning }),
      signal: abortion.signal,
    });
    tell();
    const outcome = outcomeOf(network);
    say({ outcome }, buffersOf(outcome));
  } catch (error) {
    const { name, message } = error as Error;
    tell();
    const outcome = network && outcomeOf(network);
    say({ failure: { name, message }, outcome }, buffersOf(outcome));
  }
}

/** What the run came to; undefined of one that was refused, which never began. */
function outcomeOf({ history, parts }: Network): Outcome | undefined {
  const { stoppedBy, bestEpoch } = history;
  return stoppedBy && { state: stateOf(parts.graph, parts.plan), stoppedBy, bestEpoch };
}
