// Not a contender but the yardstick: the register-only kernels of ../limit.mjs, whose bytes stand in the file named on the
// command line. One iteration is one call.
import { readFileSync } from "node:fs";
import { serve } from "./protocol.mjs";

const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(process.argv[2])));

/** Long enough for the engine to compile the kernel anew, in the background, with all its optimisations. */
async function warm(kernel) {
  const end = performance.now() + 300;
  while (performance.now() < end) {
    for (let i = 0; i < 1000; i++) kernel();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function limit({ operation, dtype, x, a, b }) {
  const run = exports[`${operation}_${dtype === "float64" ? "f64" : "f32"}`];
  const kernel = () => run(x, a, b);
  await warm(kernel);
  let sink = 0;
  return {
    check: [kernel()],
    dtype,
    run: (iterations) => {
      for (let i = 0; i < iterations; i++) sink += kernel();
      if (Number.isNaN(sink)) throw new Error("the limit's kernel gave NaN");
    },
  };
}

serve({ limit });
