import { describe, describeOther } from "./describe.ts";
import { ArgumentError, OutOfMemoryError } from "./errors.ts";
import { isList, type TypedArray } from "./list.ts";
import { Matrix } from "./matrix.ts";
import { checkSize } from "./matrix-checks.ts";
import { preciseLog } from "./precise-log.ts";

const N = 624;
const M = 397;

/** @internal Where a generator stands in its sequence. */
export interface Standing {
  readonly state: Uint32Array;
  readonly position: number;
  readonly spareGauss: number | undefined;
}

/** @internal Whether nobody has drawn between the two. */
export function isSameStanding(a: Standing, b: Standing): boolean {
  if (a.position !== b.position || a.spareGauss !== b.spareGauss) return false;
  return a.state.every((word, i) => word === b.state[i]);
}

/**
 * NumPy's legacy generator, `np.random.RandomState`: MT19937 (Matsumoto and Nishimura 1998) seeded from one integer
 * by Knuth's multiplier, doubles of 53 bits from two draws, Gaussians by Marsaglia's polar method, shuffles by
 * masked rejection. The same seed gives NumPy's numbers in NumPy's order: to the bit, but for four Gaussians in ten thousand, which
 * differ in their last places since C libraries round logarithms each in their own way.
 *
 * @example
 * new RandomState(48).randn(1, 2).toArray();   // [[-0.9936313199284519, -1.0634008054805224]]
 */
export class RandomState {
  readonly #state = new Uint32Array(N);
  /** The word of the state that the next draw renews and tempers. */
  #position = 0;
  /** The polar method makes two Gaussians at once; the second waits here. */
  #spareGauss: number | undefined;

  /**
   * @param seed a whole number from 0 to 2^32 − 1; another one each time when left out, from the host's `Math.random`
   * @throws ArgumentError for anything else
   */
  constructor(seed?: number) {
    // not from `crypto`, which Node loads when it is first read: 4 to 8 ms for the first layer of a program
    this.seed(seed === undefined ? Math.floor(Math.random() * 2 ** 32) : seed);
  }

  /** Starts the sequence of `seed` anew. @throws ArgumentError unless it is a whole number from 0 to 2^32 − 1 */
  seed(seed: number): void {
    checkSeed(seed);
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < N; i++) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = Math.imul(1812433253, previous) + i;
    }
    this.#position = 0;
    this.#spareGauss = undefined;
  }

  /** @internal A tag, as Matrix has one. */
  get [Symbol.toStringTag](): string {
    return "RandomState";
  }

  /** @internal Where the sequence stands, copied; setting it goes on from there. */
  get standing(): Standing {
    return { state: this.#state.slice(), position: this.#position, spareGauss: this.#spareGauss };
  }

  /** @internal */
  set standing({ state, position, spareGauss }: Standing) {
    this.#state.set(state);
    this.#position = position;
    this.#spareGauss = spareGauss;
  }

  /** The next 32 bits, as a whole number from 0 to 2^32 − 1. */
  nextUint32(): number {
    const state = this.#state;
    const i = this.#position;
    const next = i + 1 === N ? 0 : i + 1;
    const joined = (state[i] & 0x80000000) | (state[next] & 0x7fffffff);
    // Renewed word by word, not 624 at once: a small net draws a few, in a process that may have just begun.
    // all bits or none by the lowest: a branch on it would be guessed wrong every other time
    let y = state[i < N - M ? i + M : i + M - N] ^ (joined >>> 1) ^ (-(joined & 1) & 0x9908b0df);
    state[i] = y;
    this.#position = next;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A number from [0, 1), as NumPy's `random_sample`. */
  random(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A number from the standard normal distribution. */
  gauss(): number {
    if (this.#spareGauss !== undefined) {
      const spare = this.#spareGauss;
      this.#spareGauss = undefined;
      return spare;
    }
    let x1: number;
    let x2: number;
    let r2: number;
    do {
      x1 = 2 * this.random() - 1;
      x2 = 2 * this.random() - 1;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 === 0);
    const factor = Math.sqrt((-2 * preciseLog(r2)) / r2);
    this.#spareGauss = factor * x1;
    return factor * x2;
  }

  /**
   * (rows × cols) numbers from the standard normal distribution, in float64.
   * @throws ShapeError for sizes that are not positive whole numbers
   */
  randn(rows: number, cols: number): Matrix {
    const matrix = new Matrix(rows, cols, "float64");
    const { data } = matrix;
    for (let i = 0; i < data.length; i++) data[i] = this.gauss();
    return matrix;
  }

  /**
   * Puts the elements of `list`, an array or typed array, in random order, in place.
   * @throws ArgumentError for anything else, and for a frozen array
   */
  shuffle(list: unknown[] | TypedArray): void {
    if (!isList(list) || Object.isFrozen(list)) {
      throw new ArgumentError(
        `shuffle takes an array or typed array that may be written, not ${describe(list)}`,
      );
    }
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.#upTo(i);
      const kept = list[i];
      list[i] = list[j];
      list[j] = kept;
    }
  }

  /**
   * The numbers 0 … n − 1 in random order.
   * @throws ShapeError unless n is a positive whole number, OutOfMemoryError when they find no room
   */
  permutation(n: number): Int32Array {
    const order = wholeNumbers(checkSize(n, "the length of a permutation"));
    this.shuffle(order);
    return order;
  }

  /** A whole number from 0 to max, both included, max being 1 at least: the lowest bits that can hold max, drawn until they
   *  do. */
  #upTo(max: number): number {
    const mask = 0xffffffff >>> Math.clz32(max);
    let value: number;
    do value = (this.nextUint32() & mask) >>> 0;
    while (value > max);
    return value;
  }
}

/** 0 … n − 1 */
function wholeNumbers(n: number): Int32Array {
  let numbers: Int32Array;
  try {
    // beyond its numbers an Int32Array has no room for any
    numbers = new Int32Array(n < 2 ** 31 ? n : -1);
  } catch (cause) {
    throw new OutOfMemoryError(`a permutation of ${n} numbers finds no room`, { cause });
  }
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}

/** @throws ArgumentError unless `seed` is a whole number from 0 to 2^32 − 1 */
function checkSeed(seed: unknown): void {
  if (typeof seed !== "number" || !Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new ArgumentError(`a seed must be a whole number from 0 to ${2 ** 32 - 1}, not ${describe(seed)}`);
  }
}

let shared: RandomState | undefined;

/** @internal The generator behind the functions below and the layers' first weights. */
export function sharedRandom(): RandomState {
  shared ??= new RandomState();
  return shared;
}

/** @internal @throws ArgumentError unless `random` is a RandomState */
export function checkRandom(random: RandomState, role = "the option random"): RandomState {
  if (random instanceof RandomState) return random;
  throw new ArgumentError(`${role} must be a RandomState, not ${describeOther("RandomState", random)}`);
}

/**
 * Seeds the library's own generator, as `np.random.seed(n)`: the weights and permutations that follow are NumPy's.
 * @param n a whole number from 0 to 2^32 − 1
 * @throws ArgumentError for anything else
 * @example
 * seed(48);
 * permutation(10);   // Int32Array [7, 5, 2, 6, 9, 8, 4, 1, 3, 0]
 */
export function seed(n: number): void {
  sharedRandom().seed(n);
}

/**
 * (rows × cols) numbers from the standard normal distribution, as `np.random.randn(rows, cols)`.
 * @throws ShapeError for sizes that are not positive whole numbers
 * @example
 * seed(48);
 * randn(1, 2).toArray();   // [[-0.9936313199284519, -1.0634008054805224]]
 */
export function randn(rows: number, cols: number): Matrix {
  return sharedRandom().randn(rows, cols);
}

/**
 * The numbers 0 … n − 1 in random order, as `np.random.permutation(n)`.
 * @throws ShapeError unless n is a positive whole number, OutOfMemoryError when they find no room
 * @example
 * seed(48);
 * permutation(10);   // Int32Array [7, 5, 2, 6, 9, 8, 4, 1, 3, 0]
 */
export function permutation(n: number): Int32Array {
  return sharedRandom().permutation(n);
}
