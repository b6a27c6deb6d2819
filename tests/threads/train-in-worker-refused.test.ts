import { describe, expect, it } from "vitest";
import type { FitOptions, NetworkOptions } from "../../src/index.ts";
import * as library from "../../src/index.ts";
import { trainInWorker } from "../../src/worker.ts";
import { binary, binaryLayers, X } from "./errands.ts";

const { Adam, ArgumentError, Network, OrderError, warmUp } = library;

describe("what cannot leave this thread is refused, and nothing changes", () => {
  const metrics = { none: () => 0 };
  const cost = { computeCost: library.computeCost };
  class Own extends Adam {}
  class Free extends library.L2Penalty {
    override addTo(): number {
      return 0;
    }
  }
  class Light extends library.L1Penalty {}
  const byCost = library.reduceOnPlateau({ patience: 2 });
  const inPassing = {
    name: "own",
    start:
      (rate: number) =>
      (_: number, cost = 1) =>
        cost < 0.1 ? 0 : rate,
  };
  const onRise = {
    name: "own",
    start: (rate: number) => {
      let before = Infinity;
      return (_: number, cost: number | undefined) => {
        const rose = cost !== undefined && cost > before;
        before = cost ?? before;
        return rose ? rate / 2 : rate;
      };
    },
  };
  const cases: [string, NetworkOptions, FitOptions, RegExp][] = [
    ["metrics of one's own", { metrics }, {}, /metrics of your own are functions/],
    ["a cost of one's own", { cost }, {}, /this cost is your own/],
    ["an optimizer of one's own", { optimizer: new Own() }, {}, /this optimizer is your own/],
    [
      "a penalty of one's own",
      { penalty: { name: "none", strength: 0, addTo: () => 0 } },
      {},
      /a penalty is your own/,
    ],
    ["a penalty derived from the library's", { penalty: new Free(1) }, {}, /a penalty is your own/],
    ["another one", { penalty: new Light(1) }, {}, /a penalty is your own/],
    ["a schedule that looks at the cost", {}, { schedule: byCost }, /looks at the cost/],
    ["a schedule that looks at the cost in passing", {}, { schedule: inPassing }, /looks at the cost/],
    ["a schedule that looks whether the cost rises", {}, { schedule: onRise }, /looks at the cost/],
  ];

  it.each(cases)("%s", async (_, options, fit, said) => {
    const network = new Network(binaryLayers, { seed: 5, ...options });
    await expect(trainInWorker(network, X, binary, fit)).rejects.toThrow(ArgumentError);
    await expect(trainInWorker(network, X, binary, fit)).rejects.toThrow(said);
    await expect(trainInWorker(network, X, binary, fit)).rejects.toThrow(
      /^trainInWorker: .+ and cannot go to another thread; .+, or use fit$/,
    );
    expect(() => network.layers).toThrow(OrderError);
    await network.fit(X, binary, { epochs: 1 });
  });

  it.each([undefined, null, 3, "xor", {}, [], Network])("%o for a network", async (network) => {
    const running = trainInWorker(network as never, X, binary);
    await expect(running).rejects.toThrow(ArgumentError);
    await expect(running).rejects.toThrow(/trainInWorker takes a Network, its inputs and its labels, not /);
  });

  it("more rates of a schedule than there is room for", async () => {
    const network = new Network(binaryLayers, { seed: 5 });
    const running = trainInWorker(network, X, binary, { epochs: 1e10, schedule: warmUp({ epochs: 2 }) });
    await expect(running).rejects.toThrow(ArgumentError);
    await expect(running).rejects.toThrow("10000000000 epochs are too many; give 67108864 or fewer");
  });

  it.each([null, true, { aborted: false }])("%o for a signal", async (signal) => {
    const network = new Network(binaryLayers, { seed: 5 });
    const running = trainInWorker(network, X, binary, { signal: signal as never });
    await expect(running).rejects.toThrow(ArgumentError);
    await expect(running).rejects.toThrow(/signal must be an AbortSignal, not /);
    expect(() => network.layers).toThrow(OrderError);
  });

  it.each([
    ["data", [1], {}],
    ["options", binary, { epochs: 0 }],
    ["options by other names", binary, { epoch: 3 }],
    ["options that are none", binary, null],
    ["an onEpoch that is no function", binary, { onEpoch: 3 }],
  ])("%s that fit refuses, in the same words", async (_, Y, fit) => {
    const said = async (work: Promise<unknown>) => String(await work.catch((error) => error));
    const network = new Network(binaryLayers, { seed: 5 });
    const there = await said(trainInWorker(network, X, Y, fit as FitOptions));
    expect(there).toMatch(/^(Argument|Shape)Error: /);
    expect(there).toBe(await said(network.fit(X, Y, fit as FitOptions)));
  });
});
