import type { Inputs, Labels } from "../data/example-reader.ts";
import { describe, describeOther } from "../describe.ts";
import { ArgumentError, errorClasses, HostError, NothingButWasmError, ThreadError } from "../errors.ts";
import { runtime } from "../kernels/runtime.ts";
import { errandSource } from "../wasm/generated/errand.ts";
import { type HostWorker, saidBy, startFailure, startWorker } from "../wasm/threads/host-worker.ts";
import { isPromise } from "./drive.ts";
import { buffersOf, type Departure, departureOf, type Outcome } from "./errand.ts";
import type { AbortSignalLike, FitOptions } from "./fit-options.ts";
import type { EndedHistory, EpochReport } from "./history.ts";
import { Network } from "./network.ts";
import type { Warning } from "./warnings.ts";

/** What the worker says. */
interface Message {
  readonly reports?: readonly EpochReport[];
  readonly warning?: Warning;
  readonly outcome?: Outcome;
  readonly failure?: { readonly name: string; readonly message: string };
}

/**
 * `network.fit` on a worker thread: the same weights to the last bit, while this thread does other things, once it has read and
 * preprocessed the examples. It needs no shared memory and so no special headers, and no file but this library's.
 *
 * The network may predict meanwhile, with the weights it had; the trained ones come back at the end, also of a run that
 * was aborted. `onEpoch` and `onWarning` are called on this thread, and what `onEpoch` promises is waited for before the
 * next call; the worker goes on meanwhile, and of epochs that it has trained by an abort only the history tells.
 *
 * @param options those of `fit`
 * @returns the network's history
 * @throws what `fit` throws for data or options that do not fit; nothing changes then
 * @throws ArgumentError for what cannot go to another thread: a schedule that looks at the cost, and metrics, a cost, a penalty or
 *   an optimizer of your own
 * @throws HostError when the host starts no workers, ThreadError when the worker ends before its work; all is as it was before
 *   then
 * @example
 * const network = new Network([linear(1), sigmoid()]);
 * const costs = [];
 * await trainInWorker(network, [[1], [9]], [0, 1], { epochs: 500, onEpoch: ({ cost }) => costs.push(cost) });
 * costs.length;   // 500
 */
export async function trainInWorker(
  network: Network,
  X: Inputs,
  Y: Labels,
  options: FitOptions = {},
): Promise<EndedHistory> {
  checkArguments(network, options);
  const { wasm } = runtime();
  if (wasm === undefined) {
    throw new HostError(
      'the kernels in plain TypeScript train on this thread: call network.fit; where WebAssembly is allowed, import from "nothing-but-wasm"',
    );
  }
  const departed = network.give(X, Y, options, departureOf);
  try {
    const { outcome, thrown } = await sendOut(departed, wasm.module, options.signal);
    if (outcome === undefined) departed.undo();
    // it may have ended by itself before it heard of what the caller's functions threw
    else departed.arrive(thrown === undefined ? outcome : { ...outcome, stoppedBy: "abort" });
    if (thrown !== undefined) throw thrown.error;
    return network.history as EndedHistory;
  } finally {
    network.end();
  }
}

/** What `fit` need not check: it is called on a network, and looks at its signal instead of listening. */
function checkArguments(network: unknown, options: FitOptions | null): void {
  if (!(network instanceof Network)) {
    throw new ArgumentError(
      `trainInWorker takes a Network, its inputs and its labels, not ${describeOther("Network", network)}`,
    );
  }
  const signal: Partial<AbortSignalLike> | null | undefined = options?.signal;
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw new ArgumentError(`trainInWorker: signal must be an AbortSignal, not ${describe(signal)}`);
  }
}

/** How a run in a worker ended: without an outcome it never began, or is lost. */
interface Return {
  readonly outcome?: Outcome | undefined;
  readonly thrown?: { readonly error: unknown } | undefined;
}

/** Has a worker do the run. What the caller's functions throw ends it as it ends `fit`. */
async function sendOut(
  { errand, hear }: Departure,
  module: WebAssembly.Module,
  signal: AbortSignalLike | undefined,
): Promise<Return> {
  let worker: HostWorker | undefined;
  let thrown: Return["thrown"];
  const abort = () => worker?.post({});
  // One call after the other, as in `fit`, though a promise may keep one waiting while the worker goes on.
  let called: Promise<unknown> = Promise.resolve();
  let isOver = false;
  const guarded = (call: () => unknown) => {
    called = called
      .then(() => (isOver ? undefined : call()))
      .catch((error) => {
        thrown = { error };
        isOver = true;
        abort();
      });
  };
  /** A promise is waited for only where there is one: thousands of epochs a second may come. Once aborted, nobody is told of those
   *  that the worker was ahead by. */
  const hearEach = async (reports: readonly EpochReport[]) => {
    for (const report of reports) {
      if (isOver) return;
      const told = hear.epoch(report, !signal?.aborted);
      if (isPromise(told)) await told;
    }
  };
  try {
    const returned = await new Promise<Return>((resolve) => {
      let hasBegun = false;
      worker = startWorker(errandSource, {
        message(data) {
          hasBegun = true;
          const { reports, warning, outcome, failure } = data as Message;
          if (reports !== undefined) guarded(() => hearEach(reports));
          if (warning !== undefined) guarded(() => hear.warning(warning));
          if (failure !== undefined) resolve({ outcome, thrown: { error: errorOf(failure) } });
          else if (outcome !== undefined) resolve({ outcome });
        },
        end(cause) {
          const said = "the worker ended before its training did, and the weights are those from before";
          const error = hasBegun
            ? new ThreadError(`${said}: ${saidBy(cause)}`, { cause })
            : startFailure(cause);
          resolve({ thrown: { error } });
        },
      });
      worker.post({ module, errand, aborted: signal?.aborted ?? false }, buffersOf(errand));
      signal?.addEventListener("abort", abort);
    });
    // nobody hears more of a run that is lost
    if (returned.outcome === undefined) return returned;
    await called;
    return thrown === undefined ? returned : { ...returned, thrown };
  } catch (error) {
    return { thrown: { error } };
  } finally {
    isOver = true;
    signal?.removeEventListener("abort", abort);
    void worker?.terminate();
  }
}

/** The worker's error, of the class that it had there. */
function errorOf({ name, message }: { name: string; message: string }): Error {
  return Object.hasOwn(errorClasses, name)
    ? new errorClasses[name as keyof typeof errorClasses](message)
    : new NothingButWasmError(`the worker threw ${name}: ${message}`);
}
