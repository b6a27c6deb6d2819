import { describe, expect, it } from "vitest";
import {
  Adam,
  ArgumentError,
  DTypeError,
  linear,
  Network,
  NothingButWasmError,
  ShapeError,
} from "../../src/index.ts";

const near = [[1, 2], [3, 1], [5, 9]]; // biome-ignore format: one line

describe("options of a network that are refused", () => {
  it.each([
    [{ dtype: "float16" }, DTypeError, "float16"],
    [{ inputs: 0 }, ShapeError, "the number of inputs must be"],
    [{ clipNorm: 0 }, ArgumentError, "clipNorm must be a number above 0"],
    [{ penalty: [null] }, ArgumentError, "penalty must be made by l2(…) or l1(…), not null"],
  ])("%o", (options, kind, said) => {
    expect(() => new Network([linear(1)], options as never)).toThrow(kind);
    expect(() => new Network([linear(1)], options as never)).toThrow(said);
  });

  it("leave an optimizer free that was given with them", () => {
    const optimizer = new Adam();
    const make = (inputs: number) => new Network([linear(1)], { optimizer, inputs });
    expect(() => make(2 ** 31)).toThrow(ShapeError);
    expect(make(2).optimizer).toBe(optimizer);
  });
});

describe("options of a run that are refused", () => {
  const halves = { validation: 0.5 };
  it.each([
    [{ epochs: 0 }, "epochs must be"],
    [{ batchSize: 1.5 }, 'batchSize, unless it is "all", must be'],
    [{ shuffle: 1 }, "shuffle must be"],
    [{ validation: 0 }, "validation as a share must be a number between 0 and 1"],
    [{ validation: 1 }, "validation as a share must be a number between 0 and 1"],
    [{ validation: "half" }, "validation must be a share such as 0.2, or { X, Y }, not"],
    [{ validation: { X: near, Y: [1, 2, 3], y: [] } }, "y"],
    [{ earlyStopping: 3 }, "earlyStopping watches the validation cost; give validation too"],
    [{ ...halves, earlyStopping: -1 }, "the patience of early stopping must be a number from 0 up"],
    [
      { ...halves, earlyStopping: { minDelta: -1 } },
      "the minDelta of early stopping must be a number from 0 up",
    ],
    [{ ...halves, earlyStopping: { patence: 1 } }, "patence"],
    [{ schedule: null }, "schedule must be made by stepDecay(…) and its like, not null"],
    [{ signal: null }, "signal must be an AbortSignal, not null"],
    [{ signal: new AbortController() }, "; give controller.signal"],
    [{ onEpoch: 3 }, "onEpoch must be a function"],
    [{ onWarning: 3 }, "onWarning must be a function"],
  ])("%o", (options, said) => {
    const network = new Network([linear(1)], { seed: 1 });
    const fit = () => network.fitSync(near, [1, 2, 3], options as never);
    expect(fit).toThrow(NothingButWasmError);
    expect(fit).toThrow(said);
  });

  it("but no patience and no delta are some, and all examples are one batch, however many", () => {
    const network = new Network([linear(1)], { seed: 1 });
    const none = { patience: 0, minDelta: 0 };
    expect(network.fitSync(near, [1, 2, 3], { epochs: 1, ...halves, earlyStopping: none }).stoppedBy).toBe(
      "epochs",
    );
    const many = Array.from({ length: 5000 }, (_, i) => [i / 5000]);
    const [all, said] = (["all", 5000] as const).map((batchSize) => {
      const trained = new Network([linear(1)], { seed: 1 });
      trained.fitSync(many, many.flat(), { epochs: 1, batchSize, shuffle: false });
      return JSON.stringify(trained);
    });
    expect(all).toBe(said);
  });
});
