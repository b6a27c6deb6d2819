import type { EpochReport } from "./history.ts";
import type { Training } from "./training.ts";

/** How long a run may hold the event loop, in milliseconds: less than a frame of a page that draws 60 a second. */
const SLICE = 12;

/** What some hosts have and others do not. */
interface Host {
  setImmediate?: (callback: () => void) => unknown;
}

/** Lets the host do what waits: draw, answer, call back. Not by `scheduler.yield`, after which Chrome goes on before
 *  messages and timers that wait: an abort that comes by one of them would never be heard. */
function rest(): Promise<void> {
  const host = globalThis as unknown as Host;
  return new Promise((resolve) => {
    if (typeof host.setImmediate === "function") {
      host.setImmediate(() => resolve());
    } else if (typeof MessageChannel === "function") {
      // setTimeout would wait at least 4 ms in a page
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(0);
    } else {
      setTimeout(resolve, 0);
    }
  });
}

/** Says when it is time to rest. A step may take a tenth of a microsecond, so the clock is not read after each. */
class Pace {
  #sliceStart = performance.now();
  #lastLook = this.#sliceStart;
  #stepsPerLook = 1;
  #steps = 0;

  isOver(): boolean {
    if (++this.#steps < this.#stepsPerLook) return false;
    this.#steps = 0;
    const now = performance.now();
    const sinceLook = now - this.#lastLook;
    this.#lastLook = now;
    if (sinceLook < SLICE / 16) this.#stepsPerLook *= 2;
    else if (sinceLook > SLICE / 4) this.#stepsPerLook = Math.max(1, Math.floor(this.#stepsPerLook / 4));
    return now - this.#sliceStart >= SLICE;
  }

  begin(): void {
    this.#sliceStart = performance.now();
    this.#lastLook = this.#sliceStart;
  }
}

/** Runs to the end without letting go of the event loop. */
export function driveSync(
  training: Training,
  onEpoch: ((report: EpochReport) => void) | undefined,
  signal: AbortSignal | undefined,
): void {
  try {
    if (signal?.aborted) training.stop("abort");
    while (!training.finished) {
      const report = training.step();
      if (report === undefined) continue;
      onEpoch?.(report);
      if (signal?.aborted) training.stop("abort");
    }
  } finally {
    training.finish();
  }
}

/** Runs to the end, resting every few milliseconds. */
export async function drive(
  training: Training,
  onEpoch: ((report: EpochReport) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const pace = new Pace();
  try {
    if (signal?.aborted) training.stop("abort");
    while (!training.finished) {
      const report = training.step();
      if (report !== undefined) onEpoch?.(report);
      if (pace.isOver()) {
        await rest();
        pace.begin();
        if (signal?.aborted) training.stop("abort");
      } else if (report !== undefined && signal?.aborted) {
        training.stop("abort");
      }
    }
  } finally {
    training.finish();
  }
}

/** The same, handing over each epoch; leaving the loop ends the run. */
export async function* driveEpochs(
  training: Training,
  onEpoch: ((report: EpochReport) => void) | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<EpochReport, void, void> {
  const pace = new Pace();
  try {
    if (signal?.aborted) training.stop("abort");
    while (!training.finished) {
      const report = training.step();
      if (report !== undefined) {
        onEpoch?.(report);
        yield report;
      }
      if (pace.isOver()) {
        await rest();
        pace.begin();
      }
      if (signal?.aborted) training.stop("abort");
    }
  } finally {
    training.finish();
  }
}
