import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { LinearLayer, permutation, RandomState, randn, seed } from "../../src/index.ts";

const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const runs = { seed: 48, numRuns: 100 };

describe("RandomState", () => {
  it("permutations hold each number once; shuffles keep the elements, in arrays and typed arrays", () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 1, max: 500 }), (s, n) => {
        const numbers = Array.from({ length: n }, (_, i) => i);
        const random = new RandomState(s);
        expect([...random.permutation(n)].sort((a, b) => a - b)).toEqual(numbers);
        const words = numbers.map(String);
        const floats = Float32Array.from(numbers);
        random.shuffle(words);
        random.shuffle(floats);
        expect(words.map(Number).sort((a, b) => a - b)).toEqual(numbers);
        expect([...floats.sort()]).toEqual(numbers);
      }),
      runs,
    );
  });

  it("one seed gives one sequence, two seeds two, and seed starts it anew", () => {
    fc.assert(
      fc.property(anySeed, (s) => {
        const draw = (random: RandomState) => [random.gauss(), random.random(), ...random.randn(2, 2).data];
        const random = new RandomState(s);
        const first = draw(random);
        expect(draw(new RandomState(s))).toEqual(first);
        expect(draw(new RandomState(s === 0 ? 1 : s - 1))).not.toEqual(first);
        random.gauss();
        random.seed(s);
        expect(draw(random)).toEqual(first);
      }),
      runs,
    );
  });

  it("without a seed starts somewhere new each time", () => {
    expect(new RandomState().nextUint32()).not.toBe(new RandomState().nextUint32());
  });

  it.each([["none"], [{}]])("and so where the host's crypto is %o, within what a seed may be", (crypto) => {
    vi.stubGlobal("crypto", crypto === "none" ? undefined : crypto);
    try {
      const draws = Array.from({ length: 20 }, () => new RandomState().nextUint32());
      expect(new Set(draws).size).toBeGreaterThan(18);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("and takes what the host draws, from one end to the other", () => {
    const draw = vi.spyOn(Math, "random");
    try {
      for (const [drawn, seed] of [
        [0, 0],
        [0.5, 2 ** 31],
        [1 - 2 ** -53, 2 ** 32 - 1],
      ]) {
        draw.mockReturnValue(drawn);
        expect(new RandomState().nextUint32()).toBe(new RandomState(seed).nextUint32());
      }
    } finally {
      draw.mockRestore();
    }
  });

  it("draws from the standard normal distribution: mean, variance, skew, kurtosis, tails", () => {
    const random = new RandomState(2024);
    const n = 200_000;
    const moments = [0, 0, 0, 0];
    let beyondTwo = 0;
    for (let i = 0; i < n; i++) {
      const x = random.gauss();
      for (let k = 0; k < 4; k++) moments[k] += x ** (k + 1) / n;
      if (Math.abs(x) > 2) beyondTwo++;
    }
    // each within four standard errors
    expect(Math.abs(moments[0])).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(moments[1] - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(moments[2])).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(moments[3] - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    expect(Math.abs(beyondTwo / n - 0.0455)).toBeLessThan(4 * Math.sqrt(0.0455 / n));
  });

  it("draws evenly from [0, 1), and each place of a permutation evenly", () => {
    const random = new RandomState(7);
    const tenths = Array(10).fill(0);
    for (let i = 0; i < 100_000; i++) tenths[Math.floor(random.random() * 10)]++;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(9000));
    const firsts = Array(6).fill(0);
    for (let i = 0; i < 60_000; i++) firsts[random.permutation(6)[0]]++;
    for (const count of firsts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(8334));
  });
});

describe("first weights", () => {
  const layerWith = (iniType: "plain" | "xavier" | "he") =>
    new LinearLayer([400, 1], 200, iniType, { random: new RandomState(3) });
  const deviation = (values: ArrayLike<number>) =>
    Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0) / values.length);

  it("are 0.01·randn, randn/√nIn and randn·√(2/nIn); biases are zero", () => {
    const gauss = [...new RandomState(3).randn(200, 400).data];
    expect([...layerWith("plain").params.W.data]).toEqual(gauss.map((g) => g * 0.01));
    expect([...layerWith("xavier").params.W.data]).toEqual(gauss.map((g) => g / Math.sqrt(400)));
    expect([...layerWith("he").params.W.data]).toEqual(gauss.map((g) => g * Math.sqrt(2 / 400)));
    expect(deviation(layerWith("xavier").params.W.data)).toBeCloseTo(1 / 20, 3);
    expect(layerWith("he").params.b.data.every((b) => Object.is(b, 0))).toBe(true);
  });

  it("come from the generator of seed, in order with randn and permutation", () => {
    seed(48);
    const layer = new LinearLayer([2, 4], 3, "plain");
    const order = [...permutation(10)];
    seed(48);
    expect([...randn(3, 2).data].map((g) => g * 0.01)).toEqual([...layer.params.W.data]);
    expect([...permutation(10)]).toEqual(order);
  });
});
