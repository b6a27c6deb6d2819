import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { exported, isClass, membersOf, staticsOf } from "../support/doors.ts";
import { goodArguments as articleArguments, objects as articleObjects } from "../support/good-arguments.ts";
import { goodArgumentsOfNetworks, objectsOfNetworks } from "../support/good-arguments-of-networks.ts";
import {
  goodArgumentsOfPreprocessing,
  objectsOfPreprocessing,
} from "../support/good-arguments-of-preprocessing.ts";
import { disposeWorld, makeWorld, type World } from "../support/misuse.ts";

const { LinearLayer, Matrix, NothingButWasmError, SigmoidLayer } = library;
const goodArguments = (w: World) => ({
  ...articleArguments(w),
  ...goodArgumentsOfNetworks(w),
  ...goodArgumentsOfPreprocessing(w),
});
const objects = { ...articleObjects, ...objectsOfNetworks, ...objectsOfPreprocessing };

// biome-ignore lint/suspicious/noExplicitAny: junk is passed on purpose
type Call = (world: World, args: any[]) => unknown;

/** Every exported function, constructor, static and method. */
function doors(): [name: string, call: Call][] {
  const calls: [string, Call][] = [];
  for (const [name, value] of exported) {
    if (!isClass(value)) {
      calls.push([name, (_, args) => (value as (...args: unknown[]) => unknown)(...args)]);
      continue;
    }
    const Class = value as unknown as new (...args: unknown[]) => object;
    calls.push([`new ${name}`, (_, args) => new Class(...args)]);
    for (const key of staticsOf(value)) {
      const method: unknown = Reflect.get(Class, key);
      if (typeof method === "function")
        calls.push([`${name}.${key}`, (_, args) => method.apply(Class, args)]);
    }
    for (const key of membersOf(value)) {
      calls.push([
        `${name}#${key}`,
        (world, args) => {
          const object = objects[name](world);
          const member: unknown = Reflect.get(object, key, object);
          try {
            return typeof member === "function" ? member.apply(object, args) : undefined;
          } finally {
            dispose(object);
          }
        },
      ]);
    }
  }
  return calls;
}

function dispose(value: unknown): void {
  if (
    value instanceof Matrix ||
    value instanceof LinearLayer ||
    value instanceof library.ActivationLayer ||
    value instanceof library.Network ||
    value instanceof library.Optimizer
  ) {
    value.dispose();
  }
}

/** What takes the place of a good argument. Sizes are small, or leave 4 GiB far behind: what lies between works, but
 *  takes the machine's memory. */
function junk(w: World): fc.Arbitrary<unknown> {
  const numbers = fc.constantFrom(-2, -1, 0, -0, 0.5, 1, 2, 3, 7, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 33, 2 ** 53, 1e308); // biome-ignore format: one line
  const options = fc.record(
    {
      dtype: fc.anything(),
      inputGrad: fc.anything(),
      random: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const anything = fc
    .anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    .filter((value) => typeof value !== "number");
  return fc.oneof(
    fc.constantFrom(
      null,
      undefined,
      Symbol("junk"),
      () => 1,
      new DataView(new ArrayBuffer(4)),
      Object.create(null),
    ),
    numbers,
    anything,
    options,
    fc.constantFrom(...Object.values(w), w.linear.Z, w.linear.dW, w.disposedLinear.Z),
    fc.constantFrom("float32", "float64", "plain", "xavier", "he", "int8"),
    fc.array(numbers, { maxLength: 3 }),
    fc.array(fc.array(fc.oneof(fc.double(), anything), { maxLength: 3 }), { maxLength: 3 }),
    fc.array(fc.constantFrom(...Object.values(w)), { maxLength: 3 }),
  );
}

const calls = doors();

describe("junk either works or is refused by an error of this library", () => {
  it("covers every way in that takes arguments, and every class", () => {
    const good = goodArguments(makeWorld());
    const names = calls.map(([name]) => name);
    const takesNone =
      /#(dispose|reset|toArray|toString|random|gauss|nextUint32|rows|cols|shape|size|disposed|data|pointer|dAPrev|params|output|inputGradient|learningRate|cost|validationCost|layers|linears|summary|toJSON|mean|scale|classes|threshold|categories|names)$|^new (SquaredError|AbsoluteError|Bce|StableBce|KerasLikeBce|SoftmaxCrossEntropy)Cost$|^new (History|StandardScaler|LabelEncoder)$|^(sigmoid|tanh|relu|softmax)$/;
    const where =
      "add it to tests/support/good-arguments-of-*.ts, or, if it takes no argument, to takesNone here";
    expect(Object.keys(good).sort(), where).toEqual(names.filter((name) => !takesNone.test(name)).sort());
    const classes = exported.filter(([, value]) => isClass(value)).map(([name]) => name);
    expect(Object.keys(objects).sort(), "add an object of the class to tests/support/misuse.ts").toEqual(
      classes.sort(),
    );
  });

  it.each(calls)("%s works with good arguments", (name, call) => {
    const world = makeWorld();
    expect(() => call(world, [...(goodArguments(world)[name] ?? [])])).not.toThrow();
  });

  it.each(calls)("%s", (name, call) => {
    const world = makeWorld();
    const good = goodArguments(world)[name] ?? [];
    // each place is spoilt by itself, then several together
    const spoilt = fc.array(fc.option(junk(world), { nil: world, freq: 1 }), { minLength: 0, maxLength: 5 });
    const one = fc.tuple(fc.nat({ max: Math.max(0, good.length - 1) }), junk(world));
    const args = fc.oneof(
      one.map(([place, value]) => good.with(good.length === 0 ? 0 : place, value)),
      spoilt.map((values) =>
        good.map((value, i) => (i >= values.length || values[i] === world ? value : values[i])),
      ),
    );
    fc.assert(
      fc.property(good.length === 0 ? fc.array(junk(world), { maxLength: 3 }) : args, (list) =>
        attempt(world, call, list),
      ),
      { seed: 48, numRuns: 500 },
    );
    expectIntact(world);
    disposeWorld(world);
  });

  // what is the same twice over, as a cost's labels and predictions, may pass for what was seen before
  it.each(calls)("%s, all arguments alike or some left out", (name, call) => {
    const world = makeWorld();
    const good = goodArguments(world)[name] ?? [];
    for (const value of [undefined, null, 0, "", {}, [], world.X, world.disposed]) {
      attempt(world, call, Array(good.length).fill(value));
    }
    for (const i of good.keys()) attempt(world, call, good.slice(0, i));
    expectIntact(world);
    disposeWorld(world);
  });
});

/** Throws unless the call works or is refused by an error of the library that says something. */
function attempt(world: World, call: Call, list: unknown[]): void {
  try {
    const result = call(world, [...list]);
    const known = new Set<unknown>([...Object.values(world), ...list, ...owned(world)]);
    for (const part of [result, ...partsOf(result)]) if (!known.has(part)) dispose(part);
  } catch (error) {
    if (!(error instanceof NothingButWasmError)) throw error;
    if (error.message.length < 10 || error.message.includes("[object")) throw new Error(error.message);
  }
}

/** What was good before a call still is. */
function expectIntact(world: World): void {
  expect(world.linear.forward(world.X).shape).toEqual([3, 4]);
}

function partsOf(result: unknown): unknown[] {
  const isPlain =
    typeof result === "object" && result !== null && Object.getPrototypeOf(result) === Object.prototype;
  return isPlain ? Object.values(result) : [];
}

/** The matrices of the world's layers, and the gradients that costs have given them. */
function owned(world: World): unknown[] {
  return Object.values(world).flatMap((value) => {
    if (value instanceof LinearLayer) return [value.Z, value.dW, value.db, value.params.W, value.params.b];
    return value instanceof SigmoidLayer ? [value.A, value.dZ] : [];
  });
}
