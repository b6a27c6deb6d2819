import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeGraph } from "../../src/explain/describe-graph.ts";
import {
  Adam,
  ArgumentError,
  computeCost,
  type DropoutLayer,
  dropout,
  gradientCheck,
  linear,
  type Matrix,
  Network,
  OrderError,
  RandomState,
  reduceOnPlateau,
  relu,
  ShapeError,
  sigmoid,
  softmax,
  stepDecay,
  tanh,
} from "../../src/index.ts";
import { slowEpochs } from "../support/slow-epochs.ts";
import { weightsOf } from "../support/weights-of.ts";

const random = new RandomState(5);
/** 50 points; the label says whether their sum is positive. */
const points = Array.from({ length: 50 }, () => [random.gauss(), random.gauss()]);
const signs = points.map(([a, b]) => (a + b > 0 ? 1 : 0));

describe("a run", () => {
  it("after the history was emptied changes no weight, and counts from 0", async () => {
    const [network, same] = [1, 1].map((seed) => new Network([linear(1)], { seed, optimizer: "adam" }));
    for (let run = 0; run < 3; run++) {
      network.history.epochs.length = 0;
      network.history.warnings.length = 0;
      await network.fit([[1], [2]], [1, 2], { epochs: 4 });
      same.fitSync([[1], [2]], [1, 2], { epochs: 4 });
    }
    expect(network.history.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
    expect(network.history.cost).toEqual(same.history.cost.slice(8));
    expect(weightsOf(network)).toEqual(weightsOf(same));
  });

  it("that empties the history amid itself goes on by its schedule", () => {
    for (const schedule of [stepDecay({ every: 2, factor: 0.5 }), reduceOnPlateau({ patience: 1 })]) {
      const [network, same] = [1, 1].map((seed) => new Network([linear(1)], { seed }));
      const onEpoch = () => {
        network.history.epochs.length = 0;
      };
      network.fitSync([[1], [2]], [1, 2], { epochs: 9, schedule, onEpoch });
      same.fitSync([[1], [2]], [1, 2], { epochs: 9, schedule });
      expect(weightsOf(network)).toEqual(weightsOf(same));
    }
  });

  it("has no cost predict by the network whose cost it is", () => {
    for (const count of [1, 32]) {
      const cost = {
        computeCost(Y: Matrix, YHat: Matrix) {
          network.predict(points.slice(0, count));
          // of outputs of another size it finds so itself
          return computeCost(Y, YHat);
        },
      };
      const network = new Network([linear(1)], { seed: 1, inputs: 2, cost });
      let refused: unknown;
      try {
        network.fitSync(points, signs);
      } catch (error) {
        refused = error;
      }
      expect(refused).toEqual(
        new OrderError(
          "a cost cannot predict by the network whose cost it is: that overwrites the outputs, and what backward needs; call predict in onEpoch, or in a metric",
        ),
      );
      expect((refused as Error).cause instanceof ShapeError).toBe(count === 1);
      // and what was refused leaves the way free
      expect(network.predict([[0, 0]])).toEqual([[0]]);
    }
  });

  it("lets a metric predict, and the next one see the outputs as they were", () => {
    const seen: number[][] = [];
    const metrics = {
      look: (): number => network.predict([[5, 5]])[0][0],
      after(_: Matrix, YHat: Matrix) {
        seen.push([...YHat.data]);
        return 0;
      },
    };
    const network: Network = new Network([linear(1)], { seed: 1, inputs: 2, metrics });
    const outputs: number[][] = [];
    const onEpoch = () => outputs.push(network.predict(points).flat());
    const { epochs } = network.fitSync(points, signs, { epochs: 3, onEpoch });
    expect(seen).toEqual(outputs);
    expect(epochs[2].metrics?.look).toBe(network.predict([[5, 5]])[0][0]);
  });

  it("is of 100 epochs unless told", () => {
    expect(new Network([linear(1)], { seed: 1 }).fitSync([[1], [2]], [1, 2]).cost).toHaveLength(100);
  });

  it("takes all examples in a new order each epoch if asked to", () => {
    const seen: number[][] = [];
    const cost = {
      computeCost(Y: Matrix, YHat: Matrix) {
        seen.push([...Y.data]);
        return computeCost(Y, YHat);
      },
    };
    const network = new Network([linear(1)], { cost, seed: 3 });
    const labels = points.map((_, i) => i);
    network.fitSync(points, labels, { epochs: 2, batchSize: "all", shuffle: true });
    const generator = new RandomState(3);
    generator.randn(1, 2); // the weights
    expect(seen).toEqual([[...generator.permutation(50)], [...generator.permutation(50)]]);
  });

  it("follows a schedule and gives the optimizer its rate back", () => {
    const optimizer = new Adam({ learningRate: 0.4 });
    const network = new Network([linear(1)], { optimizer, seed: 1 });
    network.fitSync(points, signs, { epochs: 4, schedule: stepDecay({ every: 2, factor: 0.5 }) });
    expect(network.history.epochs.map(({ learningRate }) => learningRate)).toEqual([0.4, 0.4, 0.2, 0.2]);
    expect(optimizer.learningRate).toBe(0.4);
  });

  it("that is aborted while it rests has not one epoch more", async () => {
    const controller = new AbortController();
    const network = new Network([linear(1)], { seed: 1 });
    let epochs = 0;
    setTimeout(() => {
      epochs = network.history.epochs.length;
      controller.abort();
    }, 1);
    const options = { epochs: 1e8, batchSize: 50, signal: controller.signal };
    const history = await network.fit(points, signs, options);
    expect([history.stoppedBy, history.epochs.length]).toEqual(["abort", epochs]);
  });

  it("in one go ends after the batch in hand, too", () => {
    const controller = new AbortController();
    let batches = 0;
    const cost = {
      computeCost(Y: Matrix, YHat: Matrix) {
        if (++batches === 2) controller.abort();
        return computeCost(Y, YHat);
      },
    };
    const network = new Network([linear(1)], { cost, seed: 1 });
    const options = { epochs: 2, batchSize: 1, signal: controller.signal };
    expect(network.fitSync(points, signs, options).stoppedBy).toBe("abort");
    expect(batches).toBe(2);
  });

  it("that is refused leaves what the history says of the latest one", () => {
    const network = new Network([linear(1)], { metrics: ["rSquared"], seed: 1 });
    const validation = { X: [[1], [2]], Y: [1, 2] };
    network.fitSync([[1], [2], [3]], [1, 2, 3], { epochs: 3, validation, earlyStopping: 5 });
    const { stoppedBy, bestEpoch } = network.history;
    const tooFew = { X: [[1]], Y: [1] };
    expect(() => network.fitSync([[1], [2]], [1, 2], { validation: tooFew })).toThrow("at least 2 examples");
    expect(network.history).toMatchObject({ stoppedBy, bestEpoch });
    expect(stoppedBy).toBe("epochs");
  });

  it("of a network that has nothing to train is refused, and a cost that does not fit before that", () => {
    expect(() => new Network([sigmoid()]).fitSync([[1]], [1])).toThrow(
      new ArgumentError("fit: no layer of this network is linear(…), so there is nothing to train"),
    );
    expect(() => new Network([linear(1)], { cost: "kerasLikeBce" })).toThrow(
      new ArgumentError("the cost kerasLikeBce needs sigmoid() as the network's last layer, not linear"),
    );
  });

  it("of a softmax over one output, which is always 1, is refused before anything is trained", () => {
    for (const cost of ["softmaxCrossEntropy", "squaredError"] as const) {
      expect(() => new Network([linear(3), relu(), linear(1), softmax()], { cost })).toThrow(
        new ArgumentError(
          "softmax() of one output is always 1; for two classes end with linear(1), sigmoid(), for k classes with linear(k), softmax()",
        ),
      );
    }
    new Network([linear(1), relu(), linear(2), softmax()]);
    new Network([linear(1), softmax(), linear(1)]);
  });

  it("refuses an optimizer that serves another network, whose steps it would count with its own", () => {
    const optimizer = new Adam();
    const first = new Network([linear(1)], { optimizer });
    expect(() => new Network([linear(1)], { optimizer })).toThrow(
      new ArgumentError(
        "this optimizer, adam, serves another network already; give each one of its own, or dispose of the other network",
      ),
    );
    first.dispose();
    expect(new Network([linear(1)], { optimizer }).optimizer).toBe(optimizer);
    first.dispose();
    expect(() => new Network([linear(1)], { optimizer })).toThrow("adam, serves another network already");
  });

  it("lets the event loop turn, and stops at a signal with what it learned", async () => {
    const controller = new AbortController();
    const network = new Network([linear(1), sigmoid()], { seed: 1 });
    setTimeout(() => controller.abort(), 20);
    const history = await network.fit(points, signs, { epochs: 1e9, signal: controller.signal });
    expect(history.stoppedBy).toBe("abort");
    expect(history.epochs.length).toBeGreaterThan(0);
    const same = new Network([linear(1), sigmoid()], { seed: 1 });
    same.fitSync(points, signs, { epochs: history.epochs.length });
    // the batch in hand is finished, so at most one epoch more has begun
    expect(Math.abs(network.evaluate(points, signs).cost - same.evaluate(points, signs).cost)).toBeLessThan(
      0.05,
    );
  });

  it("stops at a signal in the middle of a long epoch", async () => {
    const controller = new AbortController();
    const network = new Network([linear(20), tanh(), linear(1), sigmoid()], { seed: 1 });
    const many = Array.from({ length: 100_000 }, (_, i) => [Math.sin(i), Math.cos(i)]);
    const Y = many.map(([a]) => (a > 0 ? 1 : 0));
    const options = { epochs: 2, batchSize: 1, signal: controller.signal } as const;
    setTimeout(() => controller.abort(), 0);
    const { stoppedBy, epochs } = await network.fit(many, Y, options);
    expect([stoppedBy, epochs.length]).toEqual(["abort", 0]);
  });

  it("gives timers, promises and predictions their turn again and again, where fitSync gives none", async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns++;
      network.predict(points);
    }, 1);
    const network = new Network([linear(30), tanh(), linear(1), sigmoid()], { seed: 1, inputs: 2 });
    const controller = new AbortController();
    const { signal } = controller;
    network.fitSync(points, signs, { epochs: 300 });
    expect(turns).toBe(0);
    const run = network.fit(points, signs, {
      epochs: 1e9,
      signal,
      onEpoch: () => turns >= 5 && controller.abort(),
    });
    expect((await run).stoppedBy).toBe("abort");
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  describe("by a clock that goes 5 ms each time it is read", () => {
    beforeEach(() => {
      let time = performance.now();
      vi.spyOn(performance, "now").mockImplementation(() => (time += 5));
    });
    afterEach(() => {
      vi.useRealTimers();
      vi.restoreAllMocks();
    });

    it.each([
      ["fit", (network: Network) => network.fit([[1]], [1], { epochs: 1 })],
      ["epochs", (network: Network) => network.epochs([[1]], [1], { epochs: 1 }).next()],
    ])("%s turns between runs that are shorter than a slice", async (_, train) => {
      let turned = false;
      setImmediate(() => {
        turned = true;
      });
      for (let run = 0; run < 4; run++) await train(new Network([linear(1)], { seed: 1 }));
      expect(turned).toBe(true);
    });

    it("goes on while a test's timers stand still", async () => {
      vi.useFakeTimers({ toFake: ["setImmediate", "setTimeout"] });
      const network = new Network([linear(1)], { seed: 1 });
      expect((await network.fit([[1]], [1], { epochs: 20 })).stoppedBy).toBe("epochs");
    });
  });

  it("waits for what onEpoch promises, and ends with what that is rejected with", async () => {
    const network = new Network([linear(1)], { seed: 1 });
    const { done, onEpoch } = slowEpochs(2, new Error("no disk"));
    const all = ["begins 0", "ends 0", "begins 1", "ends 1", "begins 2", "ends 2"];
    await expect(network.fit(points, signs, { epochs: 5, onEpoch })).rejects.toThrow("no disk");
    expect(done).toEqual(all);
    done.length = 0;
    const other = new Network([linear(1)], { seed: 1 });
    await expect(other.epochs(points, signs, { epochs: 1, onEpoch }).next()).resolves.toBeDefined();
    expect(done).toEqual(all.slice(0, 2));
    expect(() => new Network([linear(1)]).fitSync(points, signs, { onEpoch: async () => {} })).toThrow(
      new ArgumentError("fitSync: onEpoch gave a promise, for which only fit can wait"),
    );
  });

  it("turns between chunks of a large validation set too", async () => {
    const many = Array.from({ length: 40_000 }, (_, i) => [Math.sin(i), Math.cos(i)]);
    const Y = many.map(([a]) => (a > 0 ? 1 : 0));
    const network = new Network([linear(400), tanh(), linear(1), sigmoid()], { seed: 1 });
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    // one batch, then 79 chunks
    await network.fit(many.slice(0, 8), Y.slice(0, 8), { epochs: 1, validation: { X: many, Y } });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(network.evaluate(many, Y).cost).toBe(network.history.validationCost[0]);
  });

  it("does not begin with an aborted signal, and onEpoch may abort", async () => {
    const network = new Network([linear(1)], { seed: 1 });
    expect((await network.fit(points, signs, { signal: AbortSignal.abort() })).epochs).toEqual([]);
    const controller = new AbortController();
    const { signal } = controller;
    const onEpoch = () => controller.abort();
    expect((await network.fit(points, signs, { signal, onEpoch })).epochs.length).toBe(1);
    expect(network.fitSync(points, signs, { signal: AbortSignal.abort() }).stoppedBy).toBe("abort");
  });

  it("refuses a second one beside it, and predictions in between leave dropout as it was", async () => {
    const train = async (between: (network: Network) => void) => {
      const network = new Network([linear(4), dropout(0.5), linear(1)], { seed: 9 });
      for await (const { epoch } of network.epochs(points, signs, { epochs: 5 })) {
        expect(() => network.fitSync(points, signs)).toThrow(/in training; await the run under way/);
        if (epoch < 4) between(network);
      }
      return weightsOf(network);
    };
    const left = new Network([linear(1)]);
    const steps = left.epochs(points, signs);
    await steps.next();
    await expect(left.fit(points, signs)).rejects.toThrow(/call return\(\) on what epochs\(\) gave/);
    await steps.return();
    expect((await left.fit(points, signs, { epochs: 1 })).epochs.length).toBe(2);
    const quiet = await train(() => {});
    for (const look of [
      (network: Network) => network.predict(points),
      (network: Network) => network.evaluate(points, signs),
      (network: Network) => network.diagnose(points, signs),
      (network: Network) => describeGraph(network, points, signs),
    ]) {
      expect(await train(look)).toEqual(quiet);
    }
    const dropped: boolean[] = [];
    await train((network) => {
      gradientCheck(network, points, signs);
      dropped.push((network.layers[1] as DropoutLayer).training);
    });
    expect(dropped).toEqual([true, true, true, true]);
  });

  it("refuses one that a warning before its first step begins, and is free again after a failure", () => {
    const network = new Network([linear(1)], { seed: 1, learningRate: 1e-9 });
    const refused: unknown[] = [];
    const onWarning = () => {
      try {
        network.fitSync(points, signs, { epochs: 1 });
      } catch (error) {
        refused.push(error);
      }
    };
    const large = points.map((row) => row.map((value) => 1000 * value));
    network.fitSync(large, signs, { epochs: 1, onWarning });
    expect(refused).toEqual([expect.any(OrderError)]);
    expect(network.history.epochs.length).toBe(1);
    const failing = () => {
      throw new Error("mine");
    };
    expect(() => network.fitSync(large, signs, { epochs: 1, onWarning: failing })).toThrow("mine");
    expect(network.fitSync(points, signs, { epochs: 1 }).epochs.length).toBe(2);
  });
});

describe("evaluate", () => {
  it("measures all examples at once, though they go through the network in parts", () => {
    const X = Array.from({ length: 1200 }, (_, i) => [i]);
    const Y = X.map(([i]) => 2 * i + 1);
    const network = new Network([linear(1)], { inputs: 1 });
    const [{ params }] = network.linears;
    params.W.data.set([2]);
    params.b.data.set([0]);
    const sumOf = ({ data }: Matrix) => Array.from(data).reduce((a, b) => a + b);
    const metrics = { labels: sumOf, outputs: (_: Matrix, outputs: Matrix) => sumOf(outputs) };
    expect(network.evaluate(X, Y, metrics)).toEqual({
      cost: 0.5,
      metrics: { labels: 1200 * 1200, outputs: 1200 * 1199 },
    });
  });

  it("takes a network of an activation alone, whose cost is not joined with it", () => {
    const network = new Network([sigmoid()], { inputs: 1 });
    expect(network.evaluate([[0], [0]], [0, 1]).cost).toBe(Math.LN2);
    expect(() => new Network([sigmoid()], { inputs: 1, cost: "kerasLikeBce" })).toThrow(
      new ArgumentError(
        "the cost kerasLikeBce needs sigmoid() as the network's last layer, with another before it",
      ),
    );
  });
});
