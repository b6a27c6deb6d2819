import { HostError } from "../../errors.ts";
import { trust } from "./trusted-types.ts";

/** A worker of the host, alike in Node, Deno, Bun and browsers. */
export interface HostWorker {
  post(message: unknown, transfer?: Transferable[]): void;
  /** Lets the process end while the worker is alive; browsers need no leave. */
  unref(): void;
  /** Ends the worker; resolves when it is gone, or, in a browser, has been told to go. */
  terminate(): Promise<unknown>;
}

/** What its owner hears from a worker. */
export interface WorkerEvents {
  message(data: unknown): void;
  /** It has ended, by itself or with an error, and will say no more. */
  end(reason: unknown): void;
}

/** The part of node:worker_threads that is used here. */
interface NodeWorker {
  on(event: string, listener: (value: unknown) => void): void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  unref(): void;
  terminate(): Promise<unknown>;
}
interface NodeThreads {
  Worker: new (source: string, options: object) => NodeWorker;
  parentPort: {
    on(event: "message", listener: (data: unknown) => void): void;
    postMessage(data: unknown, transfer?: Transferable[]): void;
  };
}

/** Node's module, which Deno and Bun have too; asked for by name, so that no bundler looks for it in a browser. */
function nodeModule<T>(name: string): T | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => T | undefined } };
  return process?.getBuiltinModule?.(name);
}

/**
 * Starts a worker from its source text: no file has to be hosted.
 * @param source a script that uses no import
 * @throws HostError when the host has no workers or forbids this one
 */
export function startWorker(source: string, events: WorkerEvents): HostWorker {
  checkWorkers();
  const node = nodeModule<NodeThreads>("node:worker_threads");
  try {
    if (node === undefined) return startWebWorker(source, events);
    try {
      return startNodeWorker(node, source, events);
    } catch (cause) {
      // A window of Electron has Node's module, which starts none there, and the page's own workers.
      if (!hasWebWorkers()) throw cause;
      return startWebWorker(source, events);
    }
  } catch (cause) {
    throw new HostError(`this host does not let a worker start: ${saidBy(cause)}`, { cause });
  }
}

const hasWebWorkers = () => typeof Worker === "function";

/** @throws HostError when the host has no workers at all */
export function checkWorkers(): void {
  if (nodeModule("node:worker_threads") === undefined && !hasWebWorkers()) {
    throw new HostError("this host has no workers (neither Worker nor node:worker_threads)");
  }
}

function startNodeWorker(node: NodeThreads, source: string, events: WorkerEvents): HostWorker {
  // What the program was started with, such as a loader to import first, is not the worker's business.
  const worker = new node.Worker(source, { eval: true, execArgv: [], name: "nothing-but-wasm" });
  let error: unknown;
  worker.on("message", (data) => events.message(data));
  worker.on("error", (cause) => {
    error = cause;
  });
  worker.on("exit", (code) => events.end(error ?? new Error(`the worker exited with code ${code}`)));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    unref: () => worker.unref(),
    terminate: () => worker.terminate(),
  };
}

function startWebWorker(source: string, events: WorkerEvents): HostWorker {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = workerOf(url);
  worker.onmessage = ({ data }) => {
    URL.revokeObjectURL(url);
    events.message(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    URL.revokeObjectURL(url);
    worker.terminate();
    // A policy that forbids the source says so here, without a message.
    events.end(
      new Error(event.message || "it could not be loaded; the page's policy must allow worker-src blob:"),
    );
  };
  return {
    post: (message, transfer) => worker.postMessage(message, transfer ?? []),
    unref: () => {},
    terminate: async () => {
      worker.terminate();
      events.end(new Error("the worker was terminated"));
    },
  };
}

function workerOf(url: string): Worker {
  const { trusted, refusal } = trust(url);
  try {
    return new Worker(trusted as string, { name: "nothing-but-wasm" });
  } catch (cause) {
    URL.revokeObjectURL(url);
    throw refusal === undefined ? cause : new Error(`${saidBy(cause)} ${refusal}`, { cause });
  }
}

/** How many threads this machine runs at once, as far as the host tells. */
export function processors(): number {
  const os = nodeModule<{ availableParallelism(): number }>("node:os");
  return os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? Number.POSITIVE_INFINITY;
}

/**
 * @throws HostError when memory cannot be shared between threads here
 */
export function checkSharing(): void {
  const { crossOriginIsolated } = globalThis as { crossOriginIsolated?: boolean };
  const page = nodeModule("node:worker_threads") === undefined && crossOriginIsolated === false;
  if (page) {
    throw new HostError(
      'this page is not cross-origin isolated, so the browser lets its threads share no memory; serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, over https or from localhost, and in a frame with allow="cross-origin-isolated"; shared workers and file: pages cannot be. Everything goes on on one thread',
    );
  }
  if (typeof SharedArrayBuffer !== "function" || typeof Atomics !== "object") {
    throw new HostError("this host has no SharedArrayBuffer. Everything goes on on one thread");
  }
}

/** The worker's side: hears its owner and answers. */
export function serveOwner(
  listener: (data: unknown) => void,
): (message: unknown, transfer?: Transferable[]) => void {
  const port = nodeModule<NodeThreads>("node:worker_threads")?.parentPort;
  if (port) {
    port.on("message", listener);
    return (message, transfer) => port.postMessage(message, transfer);
  }
  const scope = globalThis as unknown as Pick<Worker, "onmessage" | "postMessage">;
  scope.onmessage = ({ data }) => listener(data);
  return (message, transfer) => scope.postMessage(message, transfer ?? []);
}

/** Why a worker that was started never ran. */
export function startFailure(cause: unknown): HostError {
  return new HostError(`a worker could not be started: ${saidBy(cause)}`, { cause });
}

/** What an error says, or whatever was thrown. */
export function saidBy(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
