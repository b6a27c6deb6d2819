// `node FLAGS every-kernel.mjs BUILD`: every kernel of a build against the reference, bit by bit, in the engine that runs this; prints
// the names of those that agreed. It runs on the sources, whose types Node 24 leaves out by itself.
import { kernelCases, kernelNames, shapesOf } from "../../kernels/cases.ts";
import { ordinary, withSpecials } from "../../kernels/numbers.ts";
import { dtypes, startBlocked, startBuild, startReference } from "../../kernels/runtimes.ts";
import { expectSameBits, perform } from "../../kernels/stage.ts";

/** By how many dimensions there are: sizes on either side of a vector, of a pair of them, of a tile's rows, of a block of sums. */
const SIZES = [[], [1, 4, 8, 31, 64, 129, 500], [1, 3, 8, 17, 40, 150], [1, 3, 4, 8, 16, 37]];

const build = process.argv[2];
const direct = startBuild(build);
const blocked = [true, false].map((packsAll) => startBlocked(build, packsAll));
const reference = startReference();
let seed = 0;
for (const kernel of kernelNames) {
  const { dims } = kernelCases[kernel];
  // products, which may go in blocks
  const runtimes = dims.length === 3 ? [direct, ...blocked] : [direct];
  const shapes = shapesOf(dims.length, SIZES[dims.length]);
  for (const dtype of dtypes) {
    for (const shape of shapes) {
      seed++;
      for (const draw of [() => ordinary(seed), () => withSpecials(seed, 40)]) {
        const call = { kernel, dtype, dims: shape, draw };
        const wanted = perform(reference, call);
        for (const runtime of runtimes) expectSameBits(call, perform(runtime, call), wanted);
      }
    }
  }
}
console.log(JSON.stringify(kernelNames));
