import { describe, expect, it } from "vitest";
import { shownIndices } from "../../src/explain/elision.ts";
import { decimalsOf, textStyle, writeNumber } from "../../src/explain/numbers.ts";
import { activationReasons, linearReasons } from "../../src/explain/reasons.ts";
import { ownName } from "../../src/explain/writing.ts";
import { explain, toMarkdown, toText } from "../../src/explain.ts";
import {
  ArgumentError,
  LinearLayer,
  linear,
  Matrix,
  Network,
  RandomState,
  relu,
  SigmoidLayer,
} from "../../src/index.ts";
import { gate, or, TestNetwork, xor } from "../support/network.ts";

const hidden = (decimals?: number) => {
  const { Zs, As } = new TestNetwork([2, 3, 1], 4, "xavier", { random: new RandomState(48) });
  return explain([Zs[0], As[0], Zs[1], As[1]], gate(), xor(), { decimals });
};

function neuron(weights: number[], X: Matrix, Y: Matrix, decimals?: number) {
  const Z1 = new LinearLayer(X.shape, 1);
  Z1.params.W.data.set(weights);
  return explain([Z1, new SigmoidLayer([1, X.cols])], X, Y, { decimals });
}

describe.each([
  ["toText", toText],
  ["toMarkdown", toMarkdown],
])("%s refuses what explain did not give", (name, write) => {
  it.each([
    [undefined, "undefined"],
    [new Network([linear(1)]), "a Network"],
    [{ sizes: [1] }, 'an object with "sizes"'],
    [{ steps: [] }, 'an object with "steps"'],
  ])("%o", (given, words) => {
    expect(() => write(given as never)).toThrow(
      new ArgumentError(`${name} takes what explain gave, such as explain(network, X, Y), not ${words}`),
    );
  });
});

describe("numbers", () => {
  it.each([
    [0.5, 1, 3, "0.5"],
    [-0.0903, 3, 3, "−0.090"],
    [999_999, 0, 3, "999999"],
    [1e6, 0, 3, "1×10⁶"],
    [-2.5e-7, 3, 3, "−2.5×10⁻⁷"],
    [0.0004, 3, 3, "4×10⁻⁴"],
    [0.0005, 3, 3, "0.001"],
    [Infinity, 3, 3, "∞"],
    [-Infinity, 3, 3, "−∞"],
    [Number.NaN, 3, 3, "NaN"],
  ])("%d with %d of at most %d decimals is %s", (value, shown, most, wanted) => {
    expect(writeNumber(value, shown, most, textStyle)).toBe(wanted);
  });

  it("have as many decimals as the most exact of them needs, but for powers of ten", () => {
    expect(decimalsOf([0.1 + 0.6, 2], 3)).toBe(1);
    expect(decimalsOf([0.0903, 2], 3)).toBe(3);
    expect(decimalsOf([0.5, 1e-9, 2.5e7, Infinity], 3)).toBe(1);
    expect(decimalsOf([0.5 + 6e-10], 8)).toBe(8);
    // off by more than 1e-12, but not for its size
    expect(decimalsOf([65536.1 + 0.3], 10)).toBe(1);
  });

  it("are all shown of eight, and the first five and the last two of more", () => {
    expect(shownIndices(1)).toEqual([0]);
    expect(shownIndices(8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(shownIndices(9)).toEqual([0, 1, 2, 3, 4, -1, 7, 8]);
  });
});

describe("negative numbers", () => {
  it("stand in brackets behind a sign, in text and in LaTeX", () => {
    const explanation = neuron([-0.5, 0.25], Matrix.from([[1], [-2]]), Matrix.from([[1]]), 2);
    expect(toText(explanation)).toMatch(/ − 0\.1 · \(−0\.\d+\) /);
    expect(toMarkdown(explanation)).toMatch(/ - 0\.1 \\cdot \(-0\.\d+\)/);
  });
});

describe("reasons", () => {
  const name = (text: string) => ({ text, latex: text });
  const names = { C: name("L"), W: name("W"), b: name("b"), input: name("X"), output: name("Z") };
  const reasons = (input: number[][], db: number[][]) =>
    linearReasons({ input, upstream: db, db } as never, names).join();

  it("say that the bias learns where any of its elements does", () => {
    expect(reasons([[0], [0]], [[1], [0]])).toMatch(/here x₁ = x₂ = 0, .*, and only the bias b learns\.$/);
    const cancelled = { input: [[0, 0]], upstream: [[1, -1]], db: [[0]] };
    expect(linearReasons(cancelled as never, names).join()).toMatch(/the cost does not move the weights\.$/);
    const known = { ...cancelled, W: [[1]], newW: [[1]] };
    expect(linearReasons(known as never, names).join()).toMatch(/the weights stay as they are\.$/);
    const moved = { ...known, W: [[1], [1]], newW: [[1], [2]] };
    expect(linearReasons(moved as never, names).join()).toMatch(/the cost does not move the weights\.$/);
    const apart = { input: [[0], [0]], upstream: [[1]], db: [[1]], W: [[1, 1]], newW: [[1, 2]] };
    expect(linearReasons(apart as never, names).join()).toMatch(/the cost does not move the weights, and/);
  });

  it("name up to four features one by one", () => {
    const zeros = (n: number) => Array.from({ length: n }, () => [0]);
    expect(reasons(zeros(4), [[1]])).toContain("here x₁ = x₂ = x₃ = x₄ = 0,");
    expect(reasons(zeros(5), [[1]])).toContain("here X = 0,");
    const hidden = { input: zeros(2), upstream: [[1]], db: [[1]] };
    expect(linearReasons(hidden as never, { ...names, input: name("A₁") }).join()).toContain("here A₁ = 0,");
  });

  it("speak of one unit as of one", () => {
    expect(activationReasons([[1], [0]])).toEqual([
      "Unit 2: the local gradient is 0, so no gradient gets past, and the cost does not move the weights that lead there.",
    ]);
  });
});

describe("weights that the cost does not move", () => {
  it("are said to be that, and not to stay, since momentum or a penalty may move them", () => {
    const network = new Network([linear(2), relu(), linear(1)], {
      optimizer: "momentum",
      seed: 1,
      inputs: 1,
    });
    network.fitSync([[1]], [5], { epochs: 2 });
    network.linears[0].params.b.data.fill(-100);
    const told = toText(explain(network, [[1]], [0])).replaceAll(/\s+/g, " ");
    expect(told).toContain(
      "Units 1 and 2: the local gradient is 0, so no gradient gets past, and the cost does not move the weights that lead there.",
    );
    expect(told).toMatch(
      /is 0 everywhere, so the cost moves no weight of this layer or of those before it\./,
    );
  });
});

describe("small numbers that were given", () => {
  const options = { optimizer: "adam", penalty: { name: "my_50%", strength: 1, addTo: () => 0 } } as const;
  const told = explain(new Network([linear(1)], { ...options, learningRate: 1e-7, seed: 1 }), [[1]], [0]);

  it("are powers of ten in both notations, and names have no marks of LaTeX's own", () => {
    expect(toText(told)).toContain("α = 1×10⁻⁷, β₁ = 0.9, β₂ = 0.999, ε = 1×10⁻⁸");
    const latex = toMarkdown(told);
    expect(latex).toContain("\\alpha = 1 \\times 10^{-7}");
    expect(latex).toContain("\\varepsilon = 1 \\times 10^{-8}");
    expect(latex).toContain("\\text{my\\_50\\%}");
    expect(latex).not.toMatch(/\de-\d/);
  });
});

describe("toText", () => {
  it("keeps to 88 columns where an equation can be broken, and ends lines without blanks", () => {
    for (const line of toText(hidden()).split("\n")) {
      expect([...line].length).toBeLessThan(100);
      expect(line).toBe(line.trimEnd());
    }
  });

  it("closes every bracket on the line that opens it", () => {
    for (const line of toText(hidden()).split("\n")) {
      for (const [left, right] of ["[]", "()", "⎡⎤", "⎢⎥", "⎣⎦", "⎛⎞", "⎜⎟", "⎝⎠"]) {
        expect(line.split(left).length, line).toBe(line.split(right).length);
      }
    }
  });

  it("aligns the columns of a matrix at their decimal points", () => {
    expect(toText(hidden())).toContain(
      ["  W₁ = ⎢−0.451  0.751⎥   (3×2)", "       ⎣−0.111  0.773⎦"].join("\n"),
    );
  });

  it("brackets a negative number behind a sign", () => {
    const text = toText(neuron([0.1, 0.6], gate(), or()));
    expect(text).toContain("b := b − α · ∂C/∂b = 0 − 0.1 · (−0.037) = ");
  });

  it("writes what JSON made null of as no number, and not as 0", () => {
    const Z1 = new LinearLayer([1, 1], 1);
    Z1.params.W.data.fill(Number.NaN);
    const explanation = explain([Z1], Matrix.from([[1]]), Matrix.from([[1]]));
    expect(toText(JSON.parse(JSON.stringify(explanation)))).toBe(toText(explanation));
    expect(toText(explanation)).toContain("NaN");
  });

  it("shortens matrices of more than 8 rows, with columns as many as there are or shortened too", () => {
    const rows = (columns: number) => Array.from({ length: 9 }, (_, i) => Array(columns).fill(i));
    const given = (columns: number) => {
      const text = toText(neuron(Array(9).fill(0), Matrix.from(rows(columns)), Matrix.zeros(1, columns)));
      return text.split("\n").filter((line) => /^[ X=]*[⎡⎢⎣].*[⎤⎥⎦]/.test(line));
    };
    const cells = (lines: string[]) => lines.slice(0, 8).map((line) => /[⎡⎢⎣](.*)[⎤⎥⎦]/.exec(line)![1]);
    expect(cells(given(2))).toEqual(["0 0", "1 1", "2 2", "3 3", "4 4", "⋮ ⋮", "7 7", "8 8"]);
    expect(cells(given(9))[5]).toBe("⋮ ⋮ ⋮ ⋮ ⋮ ⋱ ⋮ ⋮");
    expect(cells(given(9))[7]).toBe("8 8 8 8 8 ⋯ 8 8");
    const latex = toMarkdown(neuron(Array(9).fill(0), Matrix.from(rows(9)), Matrix.zeros(1, 9)));
    const [, X] = /X = \\begin\{bmatrix\} (.*?) \\end/.exec(latex)!;
    expect(X.split(" \\\\ ").slice(4, 7)).toEqual([
      "4 & 4 & 4 & 4 & 4 & \\cdots & 4 & 4",
      "\\vdots & \\vdots & \\vdots & \\vdots & \\vdots & \\ddots & \\vdots & \\vdots",
      "7 & 7 & 7 & 7 & 7 & \\cdots & 7 & 7",
    ]);
  });

  it("writes names of one's own in LaTeX with every mark as it is", () => {
    expect(ownName("a_b^c~\\d").latex).toBe(
      "\\text{a\\_b\\textasciicircum c\\textasciitilde \\textbackslash d}",
    );
  });

  it("shortens matrices of more than 8 columns", () => {
    const X = Matrix.from([Array.from({ length: 50 }, (_, i) => i), Array(50).fill(1)]);
    const text = toText(neuron([0, 0], X, Matrix.from([Array(50).fill(1)])));
    expect(text).toContain("X = ⎡0 1 2 3 4 ⋯ 48 49⎤   (2×50)");
  });
});

describe("rounding", () => {
  const text = (value: number, decimals?: number) =>
    toText(neuron([value, 0], Matrix.from([[1], [0]]), Matrix.from([[0]]), decimals)).match(
      /W = \[(.*?) 0/,
    )?.[1];

  it.each([
    [0.1, undefined, "0.1"],
    [0.25, undefined, "0.25"],
    [1 / 3, undefined, "0.333"],
    [0.0903, undefined, "0.090"],
    [1 / 3, 5, "0.33333"],
    [1 / 3, 0, "3×10⁻¹"],
    [2 / 3, 0, "1"],
    [-0.12345, 2, "−0.12"],
    [0.00002, undefined, "2×10⁻⁵"],
    [1234567, undefined, "1.23×10⁶"],
    [-0, undefined, "0"],
    [0.1 + 0.6, 15, "0.7"],
    [0.6456563062257954, 15, "0.645656306225795"],
    [1.88e-13, 15, "0.000000000000188"],
  ])("writes %d with %o decimals as %s", (value, decimals, words) => {
    expect(text(value, decimals)).toBe(words);
  });

  it("keeps the whole numbers in the data", () => {
    expect(neuron([1 / 3, 0], gate(), or(), 1).steps[0].equations[2].result).toEqual([[1 / 3, 0]]);
  });
});

describe("toMarkdown", () => {
  const documents = () => [
    toMarkdown(hidden()),
    toMarkdown(neuron([0.1, 0.6], Matrix.from([[0], [0]]), Matrix.from([[0]]))),
    toMarkdown(neuron([1e-9, Number.POSITIVE_INFINITY], gate(), or())),
  ];

  it("opens and closes every environment, bracket and formula", () => {
    for (const markdown of documents()) {
      const displays = markdown.split("$$");
      expect(displays.length % 2).toBe(1);
      for (const formula of displays.filter((_, i) => i % 2 === 1)) {
        const open: string[] = [];
        for (const [, kind, name] of formula.matchAll(/\\(begin|end)\{(\w+)\}/g)) {
          if (kind === "begin") open.push(name);
          else expect(open.pop()).toBe(name);
        }
        expect(open).toEqual([]);
        expect(formula.split("\\left").length).toBe(formula.split("\\right").length);
        expect(formula.replace(/\\[{}]/g, "").split("{").length).toBe(
          formula.replace(/\\[{}]/g, "").split("}").length,
        );
        expect(formula).not.toMatch(/[∂σΣα⊙₁⁻−×∞ᵀ]/);
        // A line that began with one of these would be a list or a heading to Markdown, an empty one would end the formula.
        expect(formula.trim()).not.toMatch(/^\s*([=+*-]|$)/m);
      }
      for (const line of markdown.split("\n"))
        expect((line.replaceAll("$$", "").split("$").length - 1) % 2).toBe(0);
    }
  });

  it("writes matrices as bmatrix, with their shapes", () => {
    const [, markdown] = documents();
    expect(markdown).toContain("X = \\begin{bmatrix} 0 \\\\ 0 \\end{bmatrix} \\quad (2 \\times 1)");
    expect(markdown).toContain(
      "&= \\begin{bmatrix} 0.1 & 0.6 \\end{bmatrix} \\cdot \\begin{bmatrix} 0 \\\\ 0 \\end{bmatrix} + 0",
    );
    expect(markdown).toContain("\\frac{\\partial L}{\\partial W}");
  });
});
