import { vi } from "vitest";

/** What stands before the workers' source from now on; "" for none. Set before `setThreads`. */
export const prelude = { text: "" };

/** What `vi.mock` puts in the place of src/wasm/generated/thread.ts. */
export async function withPrelude(original: () => Promise<unknown>): Promise<object> {
  const { threadSource } = (await original()) as { threadSource: string };
  return {
    get threadSource() {
      return prelude.text + threadSource;
    },
  };
}

/**
 * A prelude that runs `fault` before each call of a kernel. `random()` gives numbers from [0, 1), other ones in each
 * worker; `spin(ms)` passes the time; `die()` ends the thread at once; `exports` and `name` are what is called.
 */
export function faultBeforeEachCall(fault: string): string {
  return `
    const random = Math.random;
    const spin = (ms) => { for (const end = performance.now() + ms; performance.now() < end; ); };
    const die = () => process.exit(7);
    const Plain = WebAssembly.Instance;
    WebAssembly.Instance = function (module, imports) {
      const { exports } = new Plain(module, imports);
      const wrap = ([name, kernel]) => [
        name,
        typeof kernel === "function" ? (...operands) => { ${fault}; return kernel(...operands); } : kernel,
      ];
      return { exports: Object.fromEntries(Object.entries(exports).map(wrap)) };
    };
  `;
}

/** True for ten seconds: a worker need not wake in time for the first calls, nor, beside busy neighbours, for the first hundreds. */
export function patience(): () => boolean {
  const end = performance.now() + 10_000;
  return () => performance.now() < end;
}

/** Calls until a worker was lost with a task. */
export function errorOf(call: () => void): unknown {
  const isPatient = patience();
  while (isPatient()) {
    try {
      call();
    } catch (error) {
      return error;
    }
  }
  throw new Error("no call threw");
}

interface NodeWorker {
  /** −1 when it has ended. */
  readonly threadId: number;
  terminate(): Promise<number>;
  postMessage(message: unknown): void;
  once(event: "message", listener: (message: unknown) => void): void;
}

/** Collects the workers that are started from now on, so that a test can end them. */
export function collectWorkers(): NodeWorker[] {
  const workers: NodeWorker[] = [];
  const real = process.getBuiltinModule;
  vi.spyOn(process, "getBuiltinModule").mockImplementation(((name: string) => {
    const module = real(name as "node:worker_threads");
    if (name !== "node:worker_threads") return module;
    class Collected extends module.Worker {
      constructor(...started: ConstructorParameters<typeof module.Worker>) {
        super(...started);
        workers.push(this);
      }
    }
    return { ...module, Worker: Collected };
  }) as typeof process.getBuiltinModule);
  return workers;
}
