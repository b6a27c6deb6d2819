import { describe } from "./describe.ts";
import { ArgumentError, HostError, type ThreadError } from "./errors.ts";
import { runtime } from "./kernels/runtime.ts";
import type { Session, SessionOptions } from "./kernels/threads/session.ts";
import { checkOptions } from "./options.ts";

/** The most threads that `setThreads` starts. */
const MOST_THREADS = 64;

/** Options of `setThreads`. */
export interface ThreadOptions {
  /**
   * Told of every worker thread that is lost. When given, an operation that loses one in its middle is begun anew on
   * the threads that are left, with the same result; without it, the operation throws the `ThreadError`.
   */
  onFault?: ((error: ThreadError) => void) | undefined;
}

let session: Session | undefined;
/** The change that is under way, which the next one waits for. */
let changing: Promise<void> | undefined;

/**
 * Runs large products on `n` threads, this one and n − 1 workers; small ones stay on this one, which is faster. The
 * numbers are the same to the last bit with any number of threads. `setThreads(1)` ends the workers and goes back.
 *
 * Every matrix lives on. Its memory moves to one that is shared with the workers, so read `matrix.data` anew, as after
 * every growth. The workers do not keep the process alive.
 *
 * @param n a whole number from 1 to 64; the number of processor cores serves best
 * @throws ArgumentError for any other n or another option; nothing changes then
 * @throws HostError when the host shares no memory between threads (a page needs the headers
 *   Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp) or starts no workers
 * @throws OutOfMemoryError when there is no room to move the memory. After these two everything goes on on one thread
 * @example
 * await setThreads(2);
 * dot(Matrix.zeros(512, 512), Matrix.zeros(512, 512));   // the same bits, sooner
 */
export function setThreads(n: number, options: ThreadOptions = {}): Promise<void> {
  const change = Promise.resolve(changing).then(() => {
    checkThreads(n);
    checkOptions(options, ["onFault"], "setThreads");
    const { onFault } = options;
    if (onFault !== undefined && typeof onFault !== "function") {
      throw new ArgumentError(`setThreads: onFault must be a function, not ${describe(onFault)}`);
    }
    return changeTo(n, onFault);
  });
  changing = change.catch(() => {});
  return change;
}

/**
 * How many threads large products run on now: what `setThreads` was given, less the workers that were lost since.
 * @example
 * getThreads() >= 1;   // true
 */
export function getThreads(): number {
  return session === undefined ? 1 : session.helpers + 1;
}

async function changeTo(n: number, onFault: SessionOptions["onFault"]): Promise<void> {
  if (n === 1) return end();
  const current = runtime();
  if (current.wasm === undefined) {
    throw new HostError(
      'the kernels in plain TypeScript run on one thread, on which everything goes on; where WebAssembly is allowed, import from "nothing-but-wasm"',
    );
  }
  await end();
  // Loaded when it is asked for: a process that begins pays for every character, and most run on one thread.
  const { Session, threadSource } = await import("./kernels/threads/threads.ts").catch((cause: unknown) => {
    // a service worker, for one, may not import when it runs
    throw new HostError(
      // a sentence of some hosts brings its full stop
      `this host does not let the part of the library that runs threads be loaded: ${(cause as Error).message.replace(/\.$/, "")}. Everything goes on on one thread`,
      { cause },
    );
  });
  session = await Session.start(current, current.wasm, n, { onFault, source: threadSource });
}

async function end(): Promise<void> {
  const ending = session;
  session = undefined;
  await ending?.stop();
  ending?.leave();
}

function checkThreads(n: unknown): void {
  if (typeof n !== "number" || !Number.isInteger(n) || n < 1 || n > MOST_THREADS) {
    throw new ArgumentError(
      `setThreads takes a whole number of threads from 1 to ${MOST_THREADS}, not ${describe(n)}`,
    );
  }
}
