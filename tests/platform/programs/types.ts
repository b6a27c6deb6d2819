// Compiled, not run: what a user's TypeScript sees of the package, its own declarations checked as well.
import { fingerprint, LinearLayer, Matrix, NothingButWasmError, type Shape } from "nothing-but-wasm";
import kernels from "nothing-but-wasm/kernels.wasm";
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
export const more = [plot, NothingButWasmError];
