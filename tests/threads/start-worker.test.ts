import { afterEach, describe, expect, it, vi } from "vitest";
import { HostError, linear, Network, sigmoid } from "../../src/index.ts";
import { startWorker } from "../../src/wasm/threads/host-worker.ts";
import { trainInWorker } from "../../src/worker.ts";
import { bytesOf } from "./problems.ts";

vi.mock("../../src/wasm/generated/errand.ts", () => ({ errandSource: 'throw new Error("not let run")' }));

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const events = { message: () => {}, end: () => {} };
const said: unknown[] = [];

class PageWorker {
  onmessage = () => {};
  onerror = () => {};
  postMessage(message: unknown) {
    said.push(message);
  }
}

/** Node's module as the window of Electron has it. */
function barNodesWorkers(): void {
  class Barred {
    constructor() {
      throw new Error("The V8 platform used by this instance of Node does not support creating Workers");
    }
  }
  vi.spyOn(process, "getBuiltinModule").mockReturnValue({ Worker: Barred } as never);
}

describe("a worker", () => {
  it("is the page's where Node's module is there and starts none", () => {
    barNodesWorkers();
    vi.stubGlobal("Worker", PageWorker);
    startWorker("", events).post("hello");
    expect(said).toEqual(["hello"]);
  });

  it("is none where Node's module starts none and there is no other, and the error says why", () => {
    barNodesWorkers();
    vi.stubGlobal("Worker", undefined);
    expect(() => startWorker("", events)).toThrow(HostError);
    expect(() => startWorker("", events)).toThrow(
      /^this host does not let a worker start: .* not support creating Workers$/,
    );
  });

  it("that ends before it has said anything was never let run: a HostError, and nothing changes", async () => {
    const network = new Network([linear(2), sigmoid()], { seed: 5, inputs: 1 });
    const [{ params }] = network.linears;
    const before = bytesOf(params.W);
    const Y = [
      [0, 1],
      [1, 0],
    ];
    const running = trainInWorker(network, [[1], [9]], Y, { epochs: 3 });
    await expect(running).rejects.toThrow(new HostError("a worker could not be started: not let run"));
    expect(bytesOf(params.W)).toEqual(before);
    network.fitSync([[1], [9]], Y, { epochs: 1 });
  });
});
