import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { disposeWorld, makeWorld, nextDraw, snapshot } from "../support/misuse.ts";
import { misusesOfActivations } from "../support/misuses-of-activations.ts";
import { misusesOfCosts } from "../support/misuses-of-costs.ts";
import { misusesOfData } from "../support/misuses-of-data.ts";
import { misusesOfLayers } from "../support/misuses-of-layers.ts";
import { misusesOfOptimizers } from "../support/misuses-of-optimizers.ts";

const misuses = {
  ...misusesOfActivations,
  ...misusesOfCosts,
  ...misusesOfData,
  ...misusesOfLayers,
  ...misusesOfOptimizers,
};

/** What takes nothing that could be wrong, or is not for users, such as what one layer asks of its own class; setThreads, which refuses by a promise, has its
 *  misuses in tests/threads. */
const harmless =
  /^(getThreads|setThreads|History|sigmoid|tanh|relu|softmax)$|^History\.|\.(constructor|output|inputGradient|activate|derive|update|begin|shrink|memoryOf|reset|examples|dispose|nextUint32|random|gauss|rows|cols|shape|size|disposed|pointer|gradient|resizeColumns)$/;

/** Every function, class, method and accessor that the library exports, such as "dot" and "LinearLayer.forward". */
function doors(): string[] {
  return Object.entries(library).flatMap(([name, value]) => {
    if (typeof value !== "function" || value.prototype instanceof library.NothingButWasmError) return [];
    if (value === library.NothingButWasmError) return [];
    const statics = Object.getOwnPropertyNames(value).filter((key) => !/^(length|name|prototype)$/.test(key));
    const methods = Object.getOwnPropertyNames(value.prototype ?? {});
    return [name, ...[...statics, ...methods].map((key) => `${name}.${key}`)];
  });
}

describe("every way into the library", () => {
  it("has its misuses in the table, so that a new export cannot escape", () => {
    const expected = doors().filter((door) => !harmless.test(door));
    expect(Object.keys(misuses).sort()).toEqual(expected.sort());
    // the constructors of costs take nothing, but for Huber's
    for (const door of expected) {
      if (!/^\w+Cost$/.test(door) || /^(compute|Huber)/.test(door))
        expect(misuses[door], door).not.toHaveLength(0);
    }
  });

  it("is met by an error class of its own name and the common base", () => {
    const classes = Object.entries(library).filter(([name]) => /^[A-Z].*Error$/.test(name));
    expect(classes.map(([name]) => name)).toContain("OutOfMemoryError");
    for (const [name, Class] of classes) {
      const error = new (Class as typeof library.NothingButWasmError)("what was given");
      expect(error).toBeInstanceOf(library.NothingButWasmError);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).toBe(`${name}: what was given`);
    }
  });
});

describe.each(Object.entries(misuses).filter(([, list]) => list.length > 0))("%s refuses", (_, list) => {
  it.each(list.map((entry) => [entry.what, entry] as const))("%s", (_, { run, error, says }) => {
    const world = makeWorld();
    const draw = nextDraw();
    disposeWorld(world);

    const tried = makeWorld();
    const before = snapshot(tried);
    let thrown: unknown;
    try {
      run(tried);
    } catch (caught) {
      thrown = caught;
    }
    expect(thrown).toBeInstanceOf(error);
    expect((thrown as Error).name).toBe(error.name);
    for (const words of says) expect((thrown as Error).message).toContain(words);
    expect(snapshot(tried)).toEqual(before);
    expect(nextDraw()).toBe(draw);
    disposeWorld(tried);
  });
});

describe("order and lifetime", () => {
  it("forward asks for a new backward, and a changed number of examples for a new forward", () => {
    const { linear, sigmoid, X } = makeWorld();
    linear.forward(X);
    expect(() => linear.updateParams(1)).toThrow(library.OrderError);
    linear.backward(sigmoid.dZ);
    linear.updateParams(1);
    const other = library.Matrix.zeros(2, 4);
    linear.forward(other);
    other.dispose();
    expect(() => linear.backward(sigmoid.dZ)).toThrow(library.DisposedError);
  });

  it("a layer whose parameter was disposed says so", () => {
    const { linear, X } = makeWorld();
    linear.params.W.dispose();
    expect(() => linear.forward(X)).toThrow(library.DisposedError);
    expect(() => linear.updateParams(1)).toThrow(library.DisposedError);
  });

  it("dispose may be called again, and by Symbol.dispose", () => {
    const { linear, sigmoid, X } = makeWorld();
    for (const thing of [X, linear, sigmoid]) {
      thing.dispose();
      thing[Symbol.dispose]();
    }
    expect([X.disposed, linear.Z.disposed, linear.params.W.disposed, sigmoid.dZ.disposed]).toEqual(
      Array(4).fill(true),
    );
  });
});
