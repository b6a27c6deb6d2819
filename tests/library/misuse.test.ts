import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ActivationLayer, LinearLayer, Matrix } from "../../src/index.ts";
import { disposeWorld, makeWorld, nextDraw, snapshot, type World } from "../support/misuse.ts";

// What the tests of misuse rest on: a snapshot must show whatever a refused call may have changed.

let world: World;
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => disposeWorld(world));

/** Every matrix of a world that is alive, by where it stands. */
function matricesOf(w: World): [string, Matrix][] {
  const parts = [
    ...Object.entries(w),
    ...Object.entries(w.fresh).map(([name, layer]) => [`fresh ${name}`, layer]),
  ];
  return (parts as [string, unknown][]).flatMap(([name, value]): [string, Matrix][] => {
    if (value instanceof Matrix) return [[name, value]];
    if (value instanceof ActivationLayer) return [[`${name}.A`, value.A], [`${name}.dZ`, value.dZ]]; // biome-ignore format: one line
    if (!(value instanceof LinearLayer)) return [];
    const { params, Z, dW, db } = value;
    const all: [string, Matrix][] = [["W", params.W], ["b", params.b], ["Z", Z], ["dW", dW], ["db", db]]; // biome-ignore format: one line
    if (value !== w.noInputGrad) all.push(["dAPrev", value.dAPrev]);
    return all.map(([key, matrix]) => [`${name}.${key}`, matrix]);
  });
}

describe("a snapshot of the world", () => {
  it("is the same while nothing changes, and of a world that is made anew", () => {
    const before = snapshot(world);
    expect(snapshot(world)).toEqual(before);
    disposeWorld(world);
    world = makeWorld();
    expect(snapshot(world)).toEqual(before);
  });

  it("shows the last element of every matrix that it has", () => {
    const matrices = matricesOf(world).filter(([, { disposed }]) => !disposed);
    expect(matrices.length).toBeGreaterThan(60);
    for (const [name, { data }] of matrices) {
      const before = snapshot(world);
      const last = data.length - 1;
      const value = data[last];
      data[last] = value + 1;
      expect(snapshot(world), name).not.toEqual(before);
      data[last] = value;
      expect(snapshot(world), name).toEqual(before);
    }
  });

  it("shows a matrix that was disposed of, one that is new, and another shape", () => {
    const before = snapshot(world);
    const leaked = Matrix.zeros(1, 1);
    expect(snapshot(world)).not.toEqual(before);
    leaked.dispose();
    expect(snapshot(world)).toEqual(before);
    const narrow = Matrix.zeros(2, 3);
    const wide = world.linear.Z.shape;
    world.linear.forward(narrow);
    expect(world.linear.Z.shape).not.toEqual(wide);
    narrow.dispose();
    expect(snapshot(world)).not.toEqual(before);
    const now = snapshot(world);
    world.fresh.tanh.dispose();
    expect(snapshot(world)).not.toEqual(now);
  });

  it("shows a layer that was disposed of and lives again", () => {
    const before = snapshot(world);
    const { ended } = world;
    const again = Object.assign(Object.create(Object.getPrototypeOf(world)), world, {
      ended: { ...ended, tanh: world.tanh },
    });
    expect(snapshot(again)).not.toEqual(before);
  });

  it("goes with the next draw, which shows whether one was drawn", () => {
    const first = nextDraw();
    makeWorld();
    expect(nextDraw()).toBe(first);
    expect(nextDraw()).not.toBe(first);
  });
});
