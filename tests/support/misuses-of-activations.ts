import * as library from "../../src/index.ts";
import { type Misuse, misuse } from "./misuse.ts";
import { wrongShapes } from "./misuses-of-layers.ts";

const { ArgumentError, DTypeError, DisposedError, OrderError, ShapeError } = library;
// biome-ignore lint/suspicious/noExplicitAny: a misuse passes what the types forbid
const { ActivationLayer, DropoutLayer, LeakyReluLayer, ReluLayer, SigmoidLayer, SoftmaxLayer, TanhLayer } = library as any; // biome-ignore format: one line

/** What every activation layer refuses; `make` passes a shape and options on. */
function activation(make: (shape: unknown, options?: unknown) => unknown): Misuse[] {
  return [
    ...wrongShapes((shape) => make(shape)),
    misuse("an unknown dtype", () => make([2, 4], { dtype: "double" }), DTypeError, '"double"'),
    misuse("options null", () => make([2, 4], null), ArgumentError, "options", "null"),
    misuse("the dtype for options", () => make([2, 4], "float32"), ArgumentError, "options"),
    misuse(
      "an unknown option",
      () => make([2, 4], { dytpe: "float32" }),
      ArgumentError,
      '"dytpe"',
      '"dtype"',
    ),
  ];
}

const plain = (Class: new (shape: unknown, options?: unknown) => unknown) =>
  activation((...args) => new Class(...args));

const noNumbers: readonly unknown[] = [null, "0.5", Number.NaN, -0.1, 1.5, Number.POSITIVE_INFINITY];

/** The misuses of activation layers. */
export const misusesOfActivations: Record<string, Misuse[]> = {
  ActivationLayer: plain(ActivationLayer),
  "ActivationLayer.forward": [
    misuse("rows", (w) => w.sigmoid.forward(w.X), ShapeError, "2 rows", "made for 3"),
    misuse("dtype", (w) => w.sigmoid.forward(w.linear32.Z), DTypeError, "float32", "float64 is needed"),
    misuse("no matrix", (w) => w.sigmoid.forward(null), ArgumentError, "Z must be a Matrix", "null"),
    misuse("a disposed matrix", (w) => w.sigmoid.forward(w.disposedLinear.Z), DisposedError, "disposed"),
    misuse("a disposed layer", (w) => w.disposedSigmoid.forward(w.linear.Z), DisposedError, "SigmoidLayer"),
  ],
  "ActivationLayer.backward": [
    misuse("before forward", (w) => w.freshSigmoid.backward(w.sigmoid.A), OrderError, "forward first"),
    misuse("shape", (w) => w.sigmoid.backward(w.X), ShapeError, "2×4", "A is 3×4"),
    misuse("dtype", (w) => w.sigmoid.backward(w.linear32.Z), DTypeError, "float32"),
    misuse("no matrix", (w) => w.sigmoid.backward("dA"), ArgumentError, "must be a Matrix", '"dA"'),
    misuse("a disposed matrix", (w) => w.sigmoid.backward(w.disposed), DisposedError, "disposed"),
    misuse("a disposed layer", (w) => w.disposedSigmoid.backward(w.linear.Z), DisposedError, "SigmoidLayer"),
  ],
  SigmoidLayer: plain(SigmoidLayer),
  ReluLayer: plain(ReluLayer),
  TanhLayer: plain(TanhLayer),
  SoftmaxLayer: plain(SoftmaxLayer),
  LeakyReluLayer: [
    ...plain(LeakyReluLayer),
    ...noNumbers.map((slope) =>
      misuse(`a slope ${slope}`, () => new LeakyReluLayer([2, 4], { slope }), ArgumentError, "from 0 to 1"),
    ),
  ],
  DropoutLayer: [
    ...activation((shape, options) => new DropoutLayer(shape, 0.5, options)),
    ...[...noNumbers, 1].map((rate) =>
      misuse(`a rate ${rate}`, () => new DropoutLayer([2, 4], rate), ArgumentError, "from 0 up to", "not "),
    ),
    misuse(
      "a random of another kind",
      () => new DropoutLayer([2, 4], 0.5, { random: Math.random }),
      ArgumentError,
      "RandomState",
      "function",
    ),
  ],
};
