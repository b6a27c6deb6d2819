import type { DType } from "../../src/kernels/dtype.ts";
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

/** Numbers of both signs near the ends of the range and near their square roots, whose squares lie just within it or beyond: where
 *  the order of multiplications shows. */
export function farOut(seed: number, dtype: DType): Draw {
  const random = new RandomState(seed);
  const [most, least] = dtype === "float64" ? [1023, -1022] : [127, -126];
  const exponents = [most, most - 1, most / 2, -most / 2, least, least - 1, 0].flatMap((e) => [
    e,
    e + 1,
    e + 0.5,
  ]);
  return () => {
    const exponent = exponents[random.nextUint32() % exponents.length];
    const size = (0.5 + random.random()) * 2 ** Math.min(exponent, most);
    return random.nextUint32() % 2 === 0 ? size : -size;
  };
}
