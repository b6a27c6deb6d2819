import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { exported, isClass, membersOf, staticsOf } from "../support/doors.ts";
import { misuses } from "../support/every-misuse.ts";
import { disposeWorld, makeWorld, nextDraw, snapshot } from "../support/misuse.ts";

/** What takes nothing that could be wrong, or is not for users. */
const harmless =
  /\.(constructor|dispose|nextUint32|random|gauss|rows|cols|shape|size|disposed|pointer|reset|cost|validationCost)$|^(sigmoid|tanh|relu|softmax)$/;

/** Every function, class, method and accessor that the library exports, such as "dot" and "LinearLayer.forward". */
function doors(): string[] {
  return exported.flatMap(([name, value]) =>
    isClass(value)
      ? [name, ...[...staticsOf(value), ...membersOf(value)].map((key) => `${name}.${key}`)]
      : [name],
  );
}

/** Classes whose constructors take nothing, and members that nothing can make fail. */
const unspoilable =
  /^(History|StandardScaler|LabelEncoder)$|Cost$|\.(output|params|inputGradient|summary|classes|threshold)$/;

describe("every way into the library", () => {
  it("has its misuses in the table, so that a new export cannot escape", () => {
    const expected = doors().filter((door) => !harmless.test(door));
    const where = "add it to tests/support/misuses-of-*.ts, or, if nothing misuses it, to harmless here";
    expect(Object.keys(misuses).sort(), where).toEqual(expected.sort());
    for (const door of expected) {
      if (!unspoilable.test(door)) expect(misuses[door], door).not.toHaveLength(0);
    }
  });

  it("is a function or a class: other exports are frozen, and hold names or functions that are exports too", () => {
    const constants = Object.entries(library).filter(([, value]) => typeof value !== "function");
    expect(constants.map(([name]) => name)).toContain("costNames");
    const exported = new Set<unknown>(Object.values(library));
    for (const [name, constant] of constants) {
      expect(Object.isFrozen(constant), name).toBe(true);
      const held = Object.values(constant);
      expect(held.length, name).toBeGreaterThan(0);
      expect(new Set(held).size, name).toBe(held.length);
      for (const value of held) {
        expect(typeof value === "string" || (typeof value === "function" && exported.has(value)), name).toBe(
          true,
        );
      }
    }
  });

  it("is met by an error class of its own name and the common base", () => {
    const classes = Object.entries(library).filter(
      ([name, value]) => name.endsWith("Error") && /^class\b/.test(String(value)),
    );
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

  it.each([
    ["dW", 2, 2],
    ["db", 2, 1],
    ["dAPrev", 3, 2],
  ] as const)("a layer refuses its own %s, of Z's shape, for the gradient that it is handed", (name, nIn, m) => {
    const layer = new library.LinearLayer([nIn, m], 3);
    layer.forward(library.Matrix.zeros(nIn, m));
    layer[name].data.fill(7);
    expect(() => layer.backward(layer[name])).toThrow(
      new library.ArgumentError(
        "LinearLayer.backward: upstreamGrad may not be one of the layer's own gradients",
      ),
    );
    expect([...layer[name].data]).toEqual(Array(3 * m).fill(7));
  });

  it("a layer whose parameter was disposed says so", () => {
    const { linear, X } = makeWorld();
    linear.params.W.dispose();
    expect(() => linear.forward(X)).toThrow(library.DisposedError);
    expect(() => linear.updateParams(1)).toThrow(library.DisposedError);
  });

  it("a refused step is no step: the next one is as the first", () => {
    const steps = [false, true].map((refused) => {
      const world = makeWorld();
      const adam = new library.Adam();
      if (refused) {
        expect(() => adam.step([world.linear, world.disposedLinear])).toThrow(library.DisposedError);
      }
      adam.step([world.linear]);
      return Array.from(world.linear.params.W.data);
    });
    expect(steps[1]).toEqual(steps[0]);
  });

  it("a schedule keeps the options that it has checked", () => {
    const options = { factor: 0.5 };
    const rateOf = library.exponentialDecay(options).start(1);
    options.factor = Number.NaN;
    expect(rateOf(2, undefined)).toBe(0.25);
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
