import { RandomState } from "../../src/random.ts";

/** A source of operands' elements. */
export type Draw = () => number;

/** Numbers of both signs over a few binades, so that the order of additions shows in the bits. */
export function ordinary(seed: number): Draw {
  const random = new RandomState(seed);
  return () => (random.random() - 0.5) * 2 ** ((random.nextUint32() % 8) - 3);
}

const specials = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -0,
  5e-324,
  -5e-324,
  2.2250738585072009e-308, // the largest subnormal double
  1e-45, // a subnormal float
  -1.1754942e-38,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  3.4028234663852886e38,
  1,
  -1,
];

/** Mostly ordinary numbers, and one in `each` a special one: NaN, ±∞, ±0, subnormal, largest. */
export function withSpecials(seed: number, each: number): Draw {
  const random = new RandomState(seed);
  const usual = ordinary(seed + 1);
  return () => (random.nextUint32() % each === 0 ? specials[random.nextUint32() % specials.length] : usual());
}
