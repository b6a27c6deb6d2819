// Compiled without the types of any host, the library's own declarations checked as well: what they refuse, and what they infer.
import * as n from "nothing-but-wasm";
import * as explaining from "nothing-but-wasm/explain";
import kernels from "nothing-but-wasm/kernels.wasm";
import * as plot from "nothing-but-wasm/plot";
import * as working from "nothing-but-wasm/worker";
import saved from "./saved.json" with { type: "json" };

export const all = [explaining, plot, working];
n.init(kernels);
// @ts-expect-error: a module is awaited first
n.init(Promise.resolve(kernels));

// @ts-expect-error: a matrix is made by zeros, from or fromFlat
export const made = new n.Matrix();

const matrix = n.Matrix.zeros(1, 2);
export const copies = [new Float64Array(matrix.data), [...matrix.data], Array.from(matrix.data)];
matrix.data.set([1, 2]);
export const sum = matrix.data.reduce((a, b) => a + b) + matrix.data.reduce((a, b) => a + b, 0);
export const words = matrix.data.reduce((text, value) => `${text} ${value}`, "");
export const doubled: n.DTypeArray = matrix.data.map((value) => 2 * value);
export const either: Float64Array | Float32Array = matrix.data;
export const own: n.DTypeArray[] = [new Float64Array(2), new Float32Array(2)];
for (const value of matrix.data) value.toFixed();
export const list: ArrayLike<number> = matrix.data;

export const network = n.Network.fromJSON(saved);

const pipeline = new n.Pipeline([new n.RecordEncoder(), new n.StandardScaler()]);
export const rows = pipeline.fitTransform([{ age: "30" }, { age: "50" }]);
// @ts-expect-error: the first step takes records
pipeline.transform([[1, 2]]);

const random = new n.RandomState(1);
for (const written of [[1, 2], ["a"], new Int8Array(2), new Float32Array(2)]) random.shuffle(written);
random.shuffle(matrix.data);
// @ts-expect-error: the elements of a readonly list stay where they are
random.shuffle([1, 2] as readonly number[]);
// @ts-expect-error: and those of text
random.shuffle("text");
