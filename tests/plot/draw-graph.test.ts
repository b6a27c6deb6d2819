import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { drawGraph, type GraphDescription } from "../../src/plot.ts";
import { network } from "./specimens.ts";
import { expectSoundPicture, marked, wordsOf } from "./svg-reading.ts";

const nodes = (svg: string, sign: string) => marked(expectSoundPicture(svg), "data-node", sign);

describe("drawGraph", { timeout: 60_000 }, () => {
  test.each([
    [[2, 1]],
    [[2, 3, 1]],
    [[2, 5, 3, 1]],
    [[4, 5, 3]],
    [[1, 1, 1, 1]],
    [[8, 5, 2]],
  ])("expands %o: every node, and every number on its wire", (sizes) => {
    const description = network(sizes);
    const svg = drawGraph(description);
    const neurons = sizes.slice(1).reduce((a, b) => a + b);
    expect(nodes(svg, "Σ")).toHaveLength(neurons);
    expect(nodes(svg, "σ")).toHaveLength(neurons);
    expect(nodes(svg, "b")).toHaveLength(neurons);
    expect(nodes(svg, "C")).toHaveLength(1);
    const shown = wordsOf(svg);
    for (const { W, dW } of description.layers) {
      for (const value of [...(W as number[][]).flat(), ...(dW as number[][]).flat()]) {
        const word = Number.isInteger(value) ? String(value) : value.toFixed(3);
        expect(shown).toContain(word.replace("-", "−"));
      }
    }
  });

  test("writes each number where it belongs", () => {
    const description = network([2, 3, 2]);
    const elements = expectSoundPicture(drawGraph(description));
    const word = (value: number) =>
      (Number.isInteger(value) ? String(value) : value.toFixed(3)).replace("-", "−");
    const texts = elements.flatMap(({ name, attributes, text }) =>
      name === "text"
        ? [{ text, role: attributes.class, x: Number(attributes.x), y: Number(attributes.y) }]
        : [],
    );
    /** What stands to the right of a place, nearest first. */
    const rightOf = (x: number, y: number, role: string, reach: number) =>
      texts
        .filter((each) => each.role === role && each.x > x && Math.abs(each.y - y) <= reach)
        .sort((a, b) => a.x - b.x)[0]?.text;
    const places = (sign: string, column: number, count: number) => {
      const found = marked(elements, "data-node", sign).map(({ attributes: { cx, cy } }) => [
        Number(cx),
        Number(cy),
      ]);
      const xs = [...new Set(found.map(([x]) => x))].sort((a, b) => a - b);
      const inColumn = found.filter(([x]) => x === xs[column]).sort((a, b) => a[1] - b[1]);
      expect(inColumn).toHaveLength(count);
      return inColumn;
    };
    const flat = (values: unknown) => (values as number[][]).map(([value]) => word(value));
    for (const [l, { n, W, dW, b, db, Z, dZ, A, dA }] of description.layers.entries()) {
      for (const [sign, values, gradients, reach] of [
        ["b", b, db, 12],
        ["Σ", Z, dZ, 24],
        ["σ", A, dA, 24],
      ] as const) {
        const at = places(sign, l, n);
        expect(at.map(([x, y]) => rightOf(x, y, "f-blue", reach))).toEqual(flat(values));
        expect(at.map(([x, y]) => rightOf(x, y, "f-vermillion", reach))).toEqual(flat(gradients));
      }
      for (let i = 0; i < n; i++) {
        for (const [j, weight] of (W as number[][])[i].entries()) {
          const name = `w${"₁₂₃"[i]}${"₁₂₃"[j]}`;
          // the first layer's stand left of the second's
          const own = texts
            .filter(({ text }) => text === name)
            .sort((a, b) => a.x - b.x)
            .at(-l)!;
          expect(rightOf(own.x, own.y, "f-blue", 1), name).toBe(word(weight));
          expect(rightOf(own.x, own.y + 13, "f-vermillion", 1), name).toBe(word((dW as number[][])[i][j]));
        }
      }
    }
  });

  test("tells values and gradients apart by colour", () => {
    const elements = expectSoundPicture(drawGraph(network([2, 3, 1])));
    const role = (name: string) => elements.filter(({ attributes }) => attributes.class === name).length;
    expect(role("f-blue")).toBeGreaterThan(20);
    expect(role("f-vermillion")).toBeGreaterThan(20);
  });

  test("draws what is far too large to be listed as layers", () => {
    const layers = [{ kind: "sigmoid", n: 2e9 }];
    expect(wordsOf(drawGraph({ input: { n: 1e9 }, layers })).join(" ")).toMatch(/1000000000|1e9|10⁹|1e\+9/);
  });

  test("names each weight by its neuron and its input while there is room for names", () => {
    const names = wordsOf(drawGraph(network([2, 3, 1]))).filter((word) => word.startsWith("w"));
    expect(names.sort()).toEqual(["w₁₁", "w₁₁", "w₁₂", "w₁₂", "w₁₃", "w₂₁", "w₂₂", "w₃₁", "w₃₂"].sort());
    expect(wordsOf(drawGraph(network([2, 5, 3, 1]))).filter((word) => word.startsWith("w"))).toEqual([]);
  });

  test("leaves out what is not given", () => {
    const svg = drawGraph({ input: { n: 2 }, layers: [{ kind: "sigmoid", n: 3 }] });
    expect(wordsOf(svg).filter((text) => /\d\.\d/.test(text))).toEqual([]);
    expect(nodes(svg, "C")).toEqual([]);
  });

  test("a linear layer has no activation node", () => {
    const svg = drawGraph({
      input: { n: 1, A: [2] },
      layers: [{ kind: "linear", n: 1, W: [[3]], b: [1], Z: [7] }],
    });
    expect(nodes(svg, "Σ")).toHaveLength(1);
    expect(nodes(svg, "σ")).toEqual([]);
    expect(wordsOf(svg)).toEqual(expect.arrayContaining(["2", "3", "1", "7"]));
  });

  test.each([
    "sigmoid",
    "tanh",
    "relu",
    "leakyRelu",
    "softmax",
    "dropout",
  ])("the node of %s has a whole sign", (kind) => {
    const elements = expectSoundPicture(drawGraph({ input: { n: 1 }, layers: [{ kind, n: 1 }] }));
    const { cx, cy } = marked(elements, "data-node").at(-1)!.attributes;
    const inside = elements.filter(
      ({ name, attributes: { x, y } }) =>
        name === "text" && x === cx && Math.abs(Number(y) - Number(cy)) < 10,
    );
    expect(inside).toHaveLength(1);
    expect(inside[0].text).toMatch(/^(σ|tanh|L?ReLU|softmax|dropout)$/);
  });

  test.each([
    ["tanh + dropout", "tanh"],
    ["leakyRelu + dropout", "LReLU"],
    ["dropout + relu", "ReLU"],
    ["sigmoid + tanh", "σ+tanh"],
  ])("the node of %s has the sign of what changes its values, and a whole caption", (kind, sign) => {
    const layers = [{ kind, n: 2 }, { kind, n: 1 }]; // biome-ignore format: one line
    const svg = drawGraph({ input: { n: 2 }, layers, cost: { name: "squared error" } });
    expect(nodes(svg, sign)).toHaveLength(3);
    const words = wordsOf(svg);
    expect(words.filter((each) => each === kind)).toHaveLength(2);
    expect(words).toContain(sign);
  });

  test("the cost's name is whole, on two lines where it is long", () => {
    const svg = drawGraph({
      input: { n: 1 },
      layers: [{ kind: "sigmoid + dropout", n: 1 }],
      cost: { name: "binary cross-entropy as keras computes it", value: 1, Y: [1] },
    });
    expect(wordsOf(svg).join(" ")).toContain("binary cross-entropy as keras computes it");
  });

  test("falls back to layers with their shapes for a large network", () => {
    const svg = drawGraph({
      input: { n: 784 },
      layers: [128, 10].map((n) => ({ kind: "sigmoid", n })),
      cost: {},
    });
    expect(nodes(svg, "Σ")).toEqual([]);
    const shown = wordsOf(svg);
    expect(shown).toEqual(expect.arrayContaining(["W  128 × 784", "W  10 × 128", "784 × m"]));
    expect(shown.join()).toContain("101,770 parameters");
  });

  test("falls back to layers where all weights together are too many to read", () => {
    expect(nodes(drawGraph(network([5, 5, 5, 5])), "Σ")).toHaveLength(15); // 75 weights
    expect(nodes(drawGraph(network([6, 6, 6, 6])), "Σ")).toEqual([]); // 108
  });

  test("wraps a long network into rows", () => {
    const layers = Array.from({ length: 20 }, (_, i) => ({ kind: "relu", n: 64 - i }));
    expectSoundPicture(drawGraph({ input: { n: 64 }, layers, cost: { name: "x".repeat(200) } }));
  });

  test("detail chooses, and says when the whole is too much", () => {
    expect(nodes(drawGraph(network([2, 3, 1]), { detail: "layers" }), "Σ")).toEqual([]);
    const draw = () => drawGraph(network([30, 20, 10]), { detail: "expanded" });
    expect(draw).toThrow(ArgumentError);
    expect(draw).toThrow(/up to 12 neurons a layer.*got 30-20-10/);
  });

  test("numbers of any size find a place", () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 40, maxLength: 40 }),
        fc.integer({ min: 0, max: 6 }),
        (values, decimals) => {
          let at = 0;
          const next = () => values[at++ % values.length];
          const column = (n: number) => Array.from({ length: n }, next);
          const layer = (n: number, before: number) => ({
            kind: "sigmoid",
            n,
            W: Array.from({ length: n }, () => column(before)),
            dW: Array.from({ length: n }, () => column(before)),
            b: column(n),
            db: column(n),
            Z: column(n),
            dZ: column(n),
            A: column(n),
            dA: column(n),
          });
          const description = {
            input: { n: 2, A: column(2) },
            layers: [layer(3, 2), layer(1, 3)],
            cost: { value: next() },
          };
          expectSoundPicture(drawGraph(description, { decimals }));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("layers of any sizes give a sound picture", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(sizes, (list) => {
        expectSoundPicture(drawGraph(network(list)));
      }),
      { numRuns: 40 },
    );
  });

  const ok = network([2, 3, 1]);
  const withLayer = (change: object): GraphDescription => ({
    ...ok,
    layers: [{ ...ok.layers[0], ...change }, ok.layers[1]],
  });
  test.each([
    [null, /wanted \{ input, layers, cost \} as describeGraph gives them, got null/],
    [{ ...ok, layers: [] }, /at least one layer/],
    [{ ...ok, input: { n: 0 } }, /input.n must be a whole number above 0, got 0/],
    [{ ...ok, input: { n: 2, A: [1] } }, /input.A must be 2 × 1, got 1 numbers/],
    [{ ...ok, input: { n: 2, names: ["a"] } }, /input.names must be 2 strings/],
    [withLayer({ W: [[1, 2]] }), /layers\[0\].W must be 3 × 2, got 1 × 2/],
    [
      withLayer({
        Z: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      }),
      /layers\[0\].Z must be 3 × 1, got 3 × 2. The graph shows one example/,
    ],
    [withLayer({ b: [1, 2, Number.NaN] }), /layers\[0\].b must be finite numbers, got NaN at index 2/],
    [withLayer({ w: [[1, 2]] }), /layer 0 has no "w". Did you mean "W"\?/],
    [withLayer({ kind: 7 }), /layer 0 must be \{ kind, n, … \}/],
    [{ ...ok, cost: { value: Infinity } }, /cost.value must be a finite number/],
  ])("refuses %o", (description, message) => {
    const draw = () => drawGraph(description as GraphDescription);
    expect(draw).toThrow(ArgumentError);
    expect(draw).toThrow(message);
  });
});
