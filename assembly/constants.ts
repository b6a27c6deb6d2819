// Numbers spread over a vector, by loads from tables: a v128.const takes 18 bytes of the module at every use, and V8 builds
// it from an integer register in three instructions; a load takes 7 bytes and one instruction.

/** 64 bytes of zeros, a vector's or a row's of a tile that begins anew: where a pointer that is 0 points, so that a missing
 *  bias is one of zeros. The memory's first 512 bytes are nobody's (src/wasm/memory.ts), and a new memory is zero. */
export const ZEROS: usize = 0;

const ONE: usize = 0;
const HALF: usize = 1;
const TWO: usize = 2;
const MINUS_ZERO: usize = 3;
const COMMON_64 = memory.data<f64>([1, 0.5, 2, -0.0], 16);
const COMMON_32 = memory.data<f32>([1, 0.5, 2, -0.0], 16);

/** Number `index` of a table, of which there is one for each dtype. */
// @ts-ignore: decorator
@inline
export function constant<T>(table64: usize, table32: usize, index: usize): v128 {
  return v128.load_splat<T>((sizeof<T>() == 8 ? table64 : table32) + index * sizeof<T>());
}

// @ts-ignore: decorator
@inline
export function zero<T>(): v128 {
  return v128.load_splat<T>(ZEROS);
}

// @ts-ignore: decorator
@inline
export function one<T>(): v128 {
  return constant<T>(COMMON_64, COMMON_32, ONE);
}

// @ts-ignore: decorator
@inline
export function half<T>(): v128 {
  return constant<T>(COMMON_64, COMMON_32, HALF);
}

// @ts-ignore: decorator
@inline
export function two<T>(): v128 {
  return constant<T>(COMMON_64, COMMON_32, TWO);
}

/** The sign's bit alone. xor with it negates, in the turbo build too: V8's f64x4 negation, up to Node 24 at least, turns other bits
 *  over where its result has a register of its own. */
// @ts-ignore: decorator
@inline
export function minusZero<T>(): v128 {
  return constant<T>(COMMON_64, COMMON_32, MINUS_ZERO);
}
