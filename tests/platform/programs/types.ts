// Compiled, not run: what a user's TypeScript sees of the package, its own declarations checked as well.
import {
  fingerprint,
  LinearLayer,
  linear,
  Matrix,
  Network,
  NothingButWasmError,
  type Shape,
} from "nothing-but-wasm";
import { explain, toText } from "nothing-but-wasm/explain";
import kernels from "nothing-but-wasm/kernels.wasm";
import * as layers from "nothing-but-wasm/layers";
import * as plot from "nothing-but-wasm/plot";
import * as reference from "nothing-but-wasm/reference";
import { init } from "nothing-but-wasm/slim";

init(kernels);
const shape: Shape = [2, 3];
const layer = new LinearLayer(shape, 2);
export const print: string = fingerprint([layer, Matrix.zeros(1, 1)]);
// @ts-expect-error: a fingerprint is text
export const wrong: number = fingerprint(layer);
// @ts-expect-error: an internal of the library is not declared
export const hidden = layer.Z.pointer;
export const same: typeof Matrix = reference.Matrix;
export const alike: LinearLayer = new layers.LinearLayer(shape, 2);
export const size: layers.Shape = alike.Z.shape;
export const more = [plot, NothingButWasmError];
export const told: string = toText(explain([layer], Matrix.zeros(2, 3), Matrix.zeros(2, 3)));
export const told2 = explain(new Network([linear(1)]), Matrix.zeros(2, 3), Matrix.zeros(1, 3)).steps;
