import fc from "fast-check";
import { expect, it } from "vitest";
import { computeCost, HuberCost, LinearLayer, Matrix, RandomState } from "../../src/index.ts";
import { layoutChanged } from "../../src/kernels/layout.ts";
import { Table } from "../../src/network/table.ts";
import { activations } from "../support/activations.ts";

// Layers and costs keep what they found of matrices, until they are told that one of those has changed its shape or gone. Here the same
// calls are made twice, in any order and with any operands: once by some that forget before each call, and once by some that keep.

const WIDEST = 5;
const EXAMPLES = new Table(new RandomState(1).randn(1, 2 * 4 * WIDEST).data.slice(), 2);

/** Layers, and matrices of two rows that go into them or come out of them. */
class Room {
  readonly linear = new LinearLayer([2, WIDEST], 2, "xavier", { random: new RandomState(3) });
  readonly activation;
  readonly given = Array.from({ length: 3 }, () => Matrix.zeros(2, WIDEST));
  dYHat = this.given[0];

  constructor(kind: string) {
    this.activation = activations[kind]([2, WIDEST]);
    // whose draws would go on from call to call
    if ("training" in this.activation) this.activation.training = false;
  }

  get operands() {
    const { linear, activation, given, dYHat } = this;
    return [...given, linear.Z, linear.dAPrev, activation.A, activation.dZ, dYHat];
  }

  get matrices() {
    const { dW, db, params } = this.linear;
    return [...this.operands, dW, db, params.W, params.b];
  }

  /** What can be called: on a matrix or two, for a number of examples. */
  readonly calls: ((a: Matrix, b: Matrix, width: number, place: number) => unknown)[] = [
    (_a, _b, width, place) => EXAMPLES.load(pick(this.given, place), place % 8, width),
    (a) => this.linear.forward(a),
    (a) => this.linear.backward(a),
    (a) => this.activation.forward(a),
    (a) => this.activation.backward(a),
    (a, b) => this.cost(computeCost(a, b)),
    (a, b) => this.cost(new HuberCost().computeCost(a, b)),
    () => this.linear.updateParams(0.5),
  ];

  cost({ cost, dYHat }: { cost: number; dYHat: Matrix }) {
    this.dYHat = dYHat;
    return cost;
  }

  dispose() {
    for (const each of [this.linear, this.activation, ...this.given]) each.dispose();
  }
}

/** One of a list, whatever its length. */
const any = fc.nat({ max: 999 });
const pick = <T>(list: readonly T[], place: number): T => list[place % list.length];

const call = fc.record({
  which: any,
  a: any,
  b: any,
  width: fc.integer({ min: WIDEST - 1, max: WIDEST }),
});
const calls = fc.array(call, { minLength: 30, maxLength: 40 });
/** Calls, a matrix that goes, and calls. */
const scene = fc.record({ before: calls, goes: any, after: calls });
type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

/** What comes of it: what is returned or thrown. */
function outcome(work: () => unknown) {
  try {
    return work();
  } catch (error) {
    return String(error);
  }
}

/** What the calls return or throw, and what the matrices hold after each. */
function outcomes(room: Room, calls: readonly Call[], before: () => void) {
  return calls.map(({ which, a, b, width }) => {
    before();
    const { operands } = room;
    const result = outcome(() => pick(room.calls, which)(pick(operands, a), pick(operands, b), width, a));
    return [
      typeof result === "object" ? "a matrix" : result,
      ...room.matrices.map((matrix) => outcome(() => matrix.toArray())),
    ];
  });
}

it.each(Object.keys(activations))("a linear layer, %s and costs notice what becomes of a matrix", (kind) => {
  fc.assert(
    fc.property(scene, ({ before, goes, after }) => {
      const [forgetting, keeping] = [layoutChanged, () => {}].map((forget) => {
        const room = new Room(kind);
        const first = outcomes(room, before, forget);
        pick(room.matrices, goes).dispose();
        const second = outcomes(room, after, forget);
        room.dispose();
        return [first, second];
      });
      expect(keeping).toEqual(forgetting);
    }),
    { numRuns: 50 },
  );
});
