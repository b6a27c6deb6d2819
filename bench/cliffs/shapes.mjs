// Shapes of products, and what they are compared with: one side longer is more work, and never less time but for a cliff.

/** Sides at which vectors, pairs of them, tiles and blocks are full, and beside these. */
const SIDES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 96, 127, 128, 129];
/** The most multiplications: larger products are the group sizes'. */
export const MOST = 2 ** 18;
/** A product may take this much longer than one that contains it: what a call and its branches cost is no cliff. */
export const STEP = 1.25;
/** Nanoseconds that no clock tells apart. */
const NOTHING = 10;

/** Every m × n over k. */
export const shapes = SIDES.flatMap((m) => SIDES.flatMap((n) => SIDES.map((k) => [m, n, k]))).filter(
  ([m, n, k]) => m * n * k <= MOST,
);

/** The shapes that contain one: a side is the next longer one, by a third at most or by 1. */
export function containing(shape) {
  return shape.flatMap((side, i) => {
    const next = SIDES.find((other) => other > side);
    const larger = shape.with(i, next);
    return next <= (4 * side) / 3 + 1 && larger[0] * larger[1] * larger[2] <= MOST ? [larger] : [];
  });
}

/** The most multiplications of a deep product. */
export const MOST_DEEP = 2 ** 21;

/** Deep products of few rows and columns, such as the gradient of a small layer's weights for so many examples, each with the one
 *  that is a single step deeper: no more work, and no more time but where it goes another way. */
export const deepened = [3, 16, 64]
  .flatMap((m) =>
    [2, 4, 8, 16, 32].flatMap((n) => [9, 10, 11, 12, 13, 14].map((power) => [m, n, 2 ** power])),
  )
  .filter(([m, n, k]) => m * n * k <= MOST_DEEP)
  .map(([m, n, k]) => [
    [m, n, k],
    [m, n, k + 1],
  ]);

/** The most multiplications of a wide product. */
const MOST_WIDE = 2 ** 23;

/** Products whose columns are a power of two, so that the lines of an operand may meet in one set of a cache, each with the one that
 *  is a column wider and contains it. */
export const widened = [3, 8, 40, 200]
  .flatMap((m) =>
    [8, 9, 10, 11, 12].flatMap((power) => [8, 16, 64, 264, 1024].map((k) => [m, 2 ** power, k])),
  )
  .filter(([m, n, k]) => m * n * k <= MOST_WIDE)
  .map(([m, n, k]) => [
    [m, n, k],
    [m, n + 1, k],
  ]);

/** Whether a product that takes so long is at a cliff, when one that contains it takes so long. */
export const isCliff = (time, larger) => time > larger * STEP && time - larger > NOTHING;
