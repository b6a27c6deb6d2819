import { ArgumentError } from "../errors.ts";
import type { AbortSignalLike, FitOptions } from "./fit-options.ts";
import type { EpochReport } from "./history.ts";
import type { Training } from "./training.ts";

/** How long a run may hold the event loop, in milliseconds: less than a frame of a page that draws 60 a second. */
const SLICE = 12;

/** What hosts have for this, each not all of it. */
interface Host {
  readonly Deno?: unknown;
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel?: typeof MessageChannel;
  readonly setTimeout?: (callback: () => void, milliseconds: number) => unknown;
  readonly performance?: { now?(): number };
}

/** Lets the host do what waits: draw, answer, call back. What it takes is the host's own, as it was when the library was loaded:
 *  clocks that a test puts in its place may stand still. */
const rest = /* @__PURE__ */ restOf(globalThis as Host);

/** Not by `scheduler.yield`, after which Chrome goes on before messages and timers that wait: an abort that comes by one of them
 *  would never be heard. */
function restOf(host: Host): () => Promise<void> {
  // Each is asked for only where it serves, since hosts make theirs when they are first asked: Deno its setImmediate or setTimeout
  // in 15 ms, Node its MessageChannel in 2.
  const { setImmediate } = host.Deno === undefined ? host : {};
  if (setImmediate !== undefined) return () => new Promise((resolve) => setImmediate(resolve));
  const { MessageChannel } = host;
  if (MessageChannel === undefined) {
    // A bare engine has none of the three: only promises go on while a run rests there.
    const { setTimeout = (resolve: () => void) => resolve() } = host;
    return () => new Promise((resolve) => setTimeout(resolve, 0));
  }
  // and not setTimeout, which would wait at least 4 ms in a page
  return () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        // both, though one closes the other: Deno keeps 5 kB for each that was not
        port1.close();
        port2.close();
        resolve();
      };
      port2.postMessage(0);
    });
}

/** The rest that was begun last. */
let resting = /* @__PURE__ */ Promise.resolve();

/** Rests after all that rest already, each for a turn of its own: those that one turn of Node's wakes would go on one after the
 *  other, and fifty runs hold the event loop for fifty slices. */
function restInTurn(): Promise<void> {
  // a host whose rest failed once fails that run alone
  resting = resting.then(rest, rest);
  return resting;
}

/** The time in milliseconds; NaN, after which nothing is over, where a sandbox has no clock or one that throws. */
function now(): number {
  try {
    const { performance } = globalThis as Host;
    return performance?.now?.() ?? Date.now();
  } catch {
    return Number.NaN;
  }
}

/** When a run last let go of the event loop. One for all: runs that are shorter than a slice, one awaited after another, would
 *  never let go of it otherwise. */
let sliceStart = 0;

/** Says when it is time to rest. A step may take a tenth of a microsecond, so the clock is not read after each. */
class Pace {
  #lastLook = now();
  #stepsPerLook = 1;
  #steps = 0;

  isOver(): boolean {
    if (++this.#steps < this.#stepsPerLook) return false;
    this.#steps = 0;
    const time = now();
    const sinceLook = time - this.#lastLook;
    this.#lastLook = time;
    if (sinceLook < SLICE / 16) this.#stepsPerLook *= 2;
    else if (sinceLook > SLICE / 4) this.#stepsPerLook = Math.max(1, Math.floor(this.#stepsPerLook / 4));
    // either way: a clock that a test put there, or took away again, may be behind
    return Math.abs(time - sliceStart) >= SLICE;
  }

  async rest(): Promise<void> {
    await restInTurn();
    sliceStart = this.#lastLook = now();
  }
}

/** What the user's function is told; a promise that it gives is waited for. */
type OnEpoch = FitOptions["onEpoch"];

/** Whether what `onEpoch` gave is to be waited for. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | undefined)?.then === "function";
}

/** Runs to the end without letting go of the event loop. */
export function driveSync(training: Training, onEpoch: OnEpoch, signal: AbortSignalLike | undefined): void {
  try {
    if (signal?.aborted) training.stop("abort");
    while (!training.finished) {
      const report = training.step();
      if (report !== undefined && onEpoch !== undefined && isPromise(onEpoch(report))) {
        throw new ArgumentError("fitSync: onEpoch gave a promise, for which only fit can wait");
      }
      if (signal?.aborted) training.stop("abort");
    }
  } finally {
    training.finish();
  }
}

/** Runs to the end, resting every few milliseconds. */
export async function drive(
  training: Training,
  onEpoch: OnEpoch,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  const pace = new Pace();
  try {
    if (signal?.aborted) training.stop("abort");
    while (!training.finished) {
      const report = training.step();
      if (report !== undefined && onEpoch !== undefined) {
        const told = onEpoch(report);
        // not always: an epoch may take less than what waits for nothing
        if (isPromise(told)) await told;
      }
      if (pace.isOver()) await pace.rest();
      if (signal?.aborted) training.stop("abort");
    }
  } finally {
    training.finish();
  }
}

/** The same, handing over each epoch; leaving the loop ends the run. */
export async function* driveEpochs(
  training: Training,
  onEpoch: OnEpoch,
  signal: AbortSignalLike | undefined,
): AsyncGenerator<EpochReport, void, void> {
  const pace = new Pace();
  try {
    if (signal?.aborted) training.stop("abort");
    while (!training.finished) {
      const report = training.step();
      if (pace.isOver()) await pace.rest();
      if (report !== undefined) {
        await onEpoch?.(report);
        yield report;
      }
      if (signal?.aborted) training.stop("abort");
    }
  } finally {
    training.finish();
  }
}
