import { afterEach, describe, expect, it, vi } from "vitest";
import { HostError } from "../../src/errors.ts";
import { checkSharing, processors, startWorker } from "../../src/wasm/threads/host-worker.ts";

// A page's workers, on a page that is made here: Node's are met by all other tests.

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Runs what the library does where there is no Node, with these globals. */
function onPage<T>(globals: Record<string, unknown>, use: () => T): T {
  for (const [name, value] of Object.entries({ process: undefined, ...globals })) vi.stubGlobal(name, value);
  try {
    return use();
  } finally {
    vi.unstubAllGlobals();
  }
}

class PageWorker {
  static made: PageWorker[] = [];
  onmessage: (event: { data: unknown }) => void = () => {};
  onerror: (event: { message: string; preventDefault(): void }) => void = () => {};
  readonly posted: unknown[][] = [];
  terminated = 0;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    PageWorker.made.push(this);
  }
  postMessage(...posted: unknown[]) {
    this.posted.push(posted);
  }
  terminate() {
    this.terminated++;
  }
}

function startOnPage() {
  const heard: unknown[] = [];
  const message = (data: unknown) => heard.push(data);
  const end = (reason: unknown) => heard.push(String(reason));
  const revoked = vi.spyOn(URL, "revokeObjectURL");
  const worker = onPage({ Worker: PageWorker }, () => startWorker("source", { message, end }));
  const made = PageWorker.made.at(-1) as PageWorker;
  return { worker, made, heard, isRevoked: () => revoked.mock.calls.some(([url]) => url === made.url) };
}

describe("a page's worker", () => {
  it("is posted to and heard, what is handed over too, and its source goes when it has begun", async () => {
    const { worker, made, heard, isRevoked } = startOnPage();
    const buffer = new ArrayBuffer(8);
    worker.post({ one: 1 });
    worker.post({ two: 2 }, [buffer]);
    expect(made.posted).toEqual([
      [{ one: 1 }, []],
      [{ two: 2 }, [buffer]],
    ]);
    expect(isRevoked()).toBe(false);
    made.onmessage({ data: "up" });
    expect([heard, isRevoked()]).toEqual([["up"], true]);
    worker.unref();
    await worker.terminate();
    expect([made.terminated, heard]).toEqual([1, ["up", "Error: the worker was terminated"]]);
  });

  it.each([
    ["no such word", "Error: no such word"],
    ["", "Error: it could not be loaded; the page's policy must allow worker-src blob:"],
  ])("that fails with %j has ended, and the page's console hears nothing", (message, said) => {
    const { made, heard, isRevoked } = startOnPage();
    const preventDefault = vi.fn();
    made.onerror({ message, preventDefault });
    expect([heard, made.terminated, isRevoked()]).toEqual([[said], 1, true]);
    expect(preventDefault).toHaveBeenCalledOnce();
  });
});

describe("a host that has no threads to give", () => {
  const events = { message: () => {}, end: () => {} };

  it("is told of by a HostError, with its own words", () => {
    const barred = class {
      constructor() {
        throw new TypeError("not in this page");
      }
    };
    const start = (Worker: unknown) => () => onPage({ Worker }, () => startWorker("", events));
    expect(start(undefined)).toThrow(
      new HostError("this host has no workers (neither Worker nor node:worker_threads)"),
    );
    expect(start(barred)).toThrow(new HostError("this host does not let a worker start: not in this page"));
  });

  it("shares memory unless the page says that it is not isolated, or there is none to share", () => {
    const check = (globals: Record<string, unknown>) => () => onPage(globals, checkSharing);
    expect(check({ crossOriginIsolated: false })).toThrow(HostError);
    expect(check({ crossOriginIsolated: false })).toThrow(
      /not cross-origin isolated, .*Opener-Policy: same-origin/,
    );
    expect(check({ crossOriginIsolated: true })).not.toThrow();
    expect(check({ crossOriginIsolated: undefined })).not.toThrow();
    expect(check({ SharedArrayBuffer: undefined })).toThrow(
      new HostError("this host has no SharedArrayBuffer. Everything goes on on one thread"),
    );
    expect(check({ Atomics: undefined })).toThrow(/no SharedArrayBuffer/);
  });

  it("has as many processors as it tells of, and any number if it does not", () => {
    expect(onPage({ navigator: { hardwareConcurrency: 3 } }, processors)).toBe(3);
    expect(onPage({ navigator: undefined }, processors)).toBe(Number.POSITIVE_INFINITY);
    expect(processors()).toBeGreaterThan(0);
  });
});
