// The pace that nothing built of 128-bit multiplications and additions can pass: a Wasm module that does these and nothing
// else. Its numbers stay in registers.
//
//   mulAdd   x ← x·a + b, on CHAINS independent values. A chain waits for its own multiplication and addition (some six
//            to eight cycles together), so that a dozen are needed to keep the units of today's cores busy; with the two
//            constants they stay within the 15 registers that V8 has to give.
//   divide   x ← a / x, the division that a sigmoid cannot do without.
//
// GROUP chains are multiplied, then added to. One after another, each multiplied and added to at once, they came to 23 to 26 of the
// 29.3 GF/s that a Zen 4 can do at 3.67 GHz in f64, two of each a cycle, and products passed that "limit"; in groups of six they come to
// 28.1 in Node 24 and 29.3 in Node 26, f32 to twice as much.
//
// Each loop is UNROLL steps long, which hides its counter. Factors come as arguments and the sum of all values goes out, so
// that no compiler can work anything out beforehand; with a a little below 1 the values settle near b / (1 − a), far from
// subnormal numbers and from infinity.
import binaryen from "assemblyscript/binaryen";

export const CHAINS = 12;
const GROUP = 6;
const UNROLL = 32;
/** Loops a call. Calls are short, since an engine swaps in its optimised code between calls and not within. */
const LOOPS = 32;
/** Steps that a call takes on each chain. */
export const STEPS = UNROLL * LOOPS;

/** The module's bytes; it exports mulAdd_f64, mulAdd_f32, divide_f64 and divide_f32, each (x, a, b) → sum. */
export function limitModule() {
  const module = new binaryen.Module();
  module.setFeatures(binaryen.Features.SIMD128 | binaryen.Features.MVP);
  for (const dtype of ["f64", "f32"]) {
    const vector = dtype === "f64" ? module.f64x2 : module.f32x4;
    addKernel(module, dtype, "mulAdd", [(x, a) => vector.mul(x(), a()), (x, _, b) => vector.add(x(), b())]);
    addKernel(module, dtype, "divide", [(x, a) => vector.div(a(), x())]);
  }
  if (!module.validate()) throw new Error("the limit's module is not valid");
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

/** A kernel whose step takes each chain through these operations. */
function addKernel(module, dtype, name, operations) {
  const scalar = module[dtype];
  const vector = dtype === "f64" ? module.f64x2 : module.f32x4;
  const type = binaryen[dtype];
  const lanes = dtype === "f64" ? 2 : 4;
  // Locals: x, a and b as numbers, a and b as vectors, the counter, the chains.
  const [A, B, COUNTER, FIRST] = [3, 4, 5, 6];
  const vectorOf = (local) => () => module.local.get(local, binaryen.v128);
  const chains = Array.from({ length: CHAINS }, (_, i) => FIRST + i);
  // Every chain starts a little apart, so that no two can be found to be one.
  const start = chains.map((local, i) =>
    module.local.set(local, vector.splat(scalar.add(module.local.get(0, type), scalar.const((i + 1) / 64)))),
  );
  const groups = Array.from({ length: CHAINS / GROUP }, (_, i) => chains.slice(i * GROUP, (i + 1) * GROUP));
  const take = (operation) => (local) =>
    module.local.set(local, operation(vectorOf(local), vectorOf(A), vectorOf(B)));
  const steps = Array.from({ length: UNROLL }, () =>
    groups.flatMap((group) => operations.flatMap((operation) => group.map(take(operation)))),
  ).flat();
  const counted = module.local.tee(
    COUNTER,
    module.i32.sub(module.local.get(COUNTER, binaryen.i32), module.i32.const(1)),
    binaryen.i32,
  );
  const sum = chains.map((local) => vectorOf(local)()).reduce((left, right) => vector.add(left, right));
  const total = FIRST + CHAINS;
  const lane = (i) => vector.extract_lane(vectorOf(total)(), i);
  const body = [
    module.local.set(A, vector.splat(module.local.get(1, type))),
    module.local.set(B, vector.splat(module.local.get(2, type))),
    ...start,
    module.local.set(COUNTER, module.i32.const(LOOPS)),
    module.loop("again", module.block(null, [...steps, module.br("again", counted)])),
    module.local.set(total, sum),
    Array.from({ length: lanes }, (_, i) => lane(i)).reduce((left, right) => scalar.add(left, right)),
  ];
  const locals = [
    binaryen.v128,
    binaryen.v128,
    binaryen.i32,
    ...chains.map(() => binaryen.v128),
    binaryen.v128,
  ];
  const exported = `${name}_${dtype}`;
  const params = binaryen.createType([type, type, type]);
  module.addFunction(exported, params, type, locals, module.block(null, body, type));
  module.addFunctionExport(exported, exported);
}

/** What a kernel returns, worked out step by step in plain numbers, which round as each lane does. */
export function expectedSum({ operation, dtype, x, a, b }) {
  const round = dtype === "float64" ? (value) => value : Math.fround;
  const [start, factor, addend] = [x, a, b].map(round);
  let sum = 0;
  for (let i = 0; i < CHAINS; i++) {
    let value = round(start + (i + 1) / 64);
    for (let step = 0; step < STEPS; step++) {
      value = operation === "mulAdd" ? round(round(value * factor) + addend) : round(factor / value);
    }
    sum = i === 0 ? value : round(sum + value);
  }
  let total = sum;
  for (let lane = 1; lane < (dtype === "float64" ? 2 : 4); lane++) total = round(total + sum);
  return total;
}
