import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError, MinMaxScaler, OrderError, ShapeError, StandardScaler } from "../../src/index.ts";
import { expectClose, readGolden } from "../golden/close.ts";

type Table = "rows" | "later" | "standard" | "standardLater" | "standardInverse";
type MinMaxTable = "minMax" | "minMaxLater" | "minMaxInverse" | "minMaxWide";
interface Golden {
  scalers: ({ name: string; mean: number[]; scale: number[] } & Record<Table | MinMaxTable, number[][]>)[];
}
const { scalers } = readGolden<Golden>("preprocessing");

const tables = fc.integer({ min: 1, max: 4 }).chain((columns) =>
  fc.array(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: columns, maxLength: columns }), {
    minLength: 1,
    maxLength: 12,
  }),
);

describe.each(scalers)("scikit-learn on $name, within 1e-12", (golden) => {
  it("StandardScaler", () => {
    const scaler = new StandardScaler();
    const transformed = scaler.fitTransform(golden.rows);
    // What is left of numbers near 1e9 after their mean is taken away holds their rounding.
    const tolerance = golden.name === "gaussian" || golden.name === "nearly constant" ? 1e-8 : 1e-12;
    expectClose([[...scaler.mean]], [golden.mean], 1e-15);
    expectClose([[...scaler.scale]], [golden.scale], 1e-12);
    expectClose(transformed, golden.standard, tolerance);
    expectClose(scaler.transform(golden.later), golden.standardLater, tolerance);
    expectClose(scaler.inverse(golden.later), golden.standardInverse, 1e-12);
  });

  it("MinMaxScaler", () => {
    const scaler = new MinMaxScaler();
    expectClose(scaler.fitTransform(golden.rows), golden.minMax, 1e-12);
    expectClose(scaler.transform(golden.later), golden.minMaxLater, 1e-12);
    expectClose(scaler.inverse(golden.later), golden.minMaxInverse, 1e-12);
    const wide = new MinMaxScaler({ range: [-1, 3] }).fit(golden.rows);
    expectClose(wide.transform(golden.later), golden.minMaxWide, 1e-12);
  });
});

describe.each([StandardScaler, MinMaxScaler])("%o", (Scaler) => {
  it("comes back from JSON to the last bit", () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const scaler = new Scaler().fit(rows);
        const back = Scaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
        expect(back.transform(rows)).toEqual(scaler.transform(rows));
      }),
    );
  });

  it("inverse undoes transform within 1e-9 of numbers up to 1e6", () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const scaler = new Scaler();
        expectClose(scaler.inverse(scaler.fitTransform(rows)), rows, 1e-9);
      }),
    );
  });

  it("asks for fit first, and keeps what it learned when a later fit fails", () => {
    const scaler = new Scaler();
    expect(() => scaler.transform([[1]])).toThrow(new OrderError(`${Scaler.name}.transform: call fit first`));
    expect(() => scaler.inverse([[1]])).toThrow(OrderError);
    expect(() => scaler.toJSON()).toThrow(OrderError);
    scaler.fit([[0], [2]]);
    const before = scaler.transform([[3]]);
    expect(() => scaler.fit([[1], [Number.NaN]])).toThrow(ArgumentError);
    expect(scaler.transform([[3]])).toEqual(before);
  });

  it("names row and column of what is missing or no number, and rows that do not fit", () => {
    const scaler = new Scaler().fit([[1, 2]]);
    const cell = (value: unknown) => () =>
      scaler.transform([
        [1, 2],
        [3, value as number],
      ]);
    const place = `${Scaler.name}.transform: row 1, column 1`;
    const missing = (shown: string) => `${place} is missing (${shown}); fill it or leave the row out`;
    expect(cell(Number.NaN)).toThrow(new ArgumentError(missing("NaN")));
    expect(cell(undefined)).toThrow(new ArgumentError(missing("undefined")));
    expect(cell("")).toThrow(new ArgumentError(missing('the string ""')));
    expect(cell("4")).toThrow(new ArgumentError(`${place} must be a finite number, not the string "4"`));
    expect(cell(Infinity)).toThrow(new ArgumentError(`${place} must be a finite number, not Infinity`));
    expect(() => scaler.transform([[1, 2], [3]])).toThrow(
      new ShapeError(`${Scaler.name}.transform: row 1 has 1 column, but what was learned has 2`),
    );
    expect(() => scaler.fit([[1, 2], [3]])).toThrow(
      new ShapeError(`${Scaler.name}.fit: row 1 has 1 column, but row 0 has 2`),
    );
    expect(() => scaler.fit([])).toThrow(ShapeError);
    expect(() => scaler.fit([[]])).toThrow(ShapeError);
    expect(() => scaler.fit(5 as never)).toThrow(ArgumentError);
    expect(() => scaler.fit([1, 2] as never)).toThrow(ArgumentError);
  });

  it("refuses numbers too large to be summed or subtracted", () => {
    expect(() => new Scaler().fit([[-1.7e308], [1.7e308], [1.7e308]])).toThrow(ArgumentError);
  });

  it.each([[null], [[]], [{ kind: "Scaler" }], [{ kind: Scaler.name }]])("fromJSON refuses %j", (saved) => {
    expect(() => Scaler.fromJSON(saved)).toThrow(ArgumentError);
  });
});

describe("StandardScaler", () => {
  it("makes zeros of a constant column and of a single row", () => {
    expect(new StandardScaler().fit([[0.1], [0.1], [0.1]]).scale).toEqual([1]);
    // the sums of these, divided by how many they are, are other numbers
    for (const [number, count] of [
      [0.1, 3],
      [7.1e18, 2000],
      [1e20, 9999],
      [1.7e308, 2],
    ]) {
      const rows = Array.from({ length: count }, () => [number]);
      const scaler = new StandardScaler().fit(rows);
      expect([scaler.mean, scaler.scale, scaler.transform(rows.slice(0, 1))]).toEqual([[number], [1], [[0]]]);
    }
  });

  it("knows a deviation beside which the mean is rounded", () => {
    // 0.1 ± 2⁻⁴⁴ are exact and so is their deviation; the mean of a thousand is not
    const rows = Array.from({ length: 1000 }, (_, i) => [0.1 + (i % 2 ? 1 : -1) * 2 ** -44]);
    expect(new StandardScaler().fit(rows).scale[0] * 2 ** 44).toBeCloseTo(1, 12);
  });

  it("refuses a column whose squares have no sum, which looked constant", () => {
    const rows = [
      [1, 1e200],
      [2, 3e200],
    ];
    expect(() => new StandardScaler().fit(rows)).toThrow(
      new ArgumentError("StandardScaler.fit: the numbers of column 1 are too large to be squared and summed"),
    );
    expect(new StandardScaler().fit([[1e150], [3e150]]).scale).toEqual([1e150]);
  });

  it("takes typed arrays and leaves the rows alone", () => {
    const rows = [Float64Array.of(1, 2), Float64Array.of(3, 6)];
    expect(new StandardScaler().fitTransform(rows)).toEqual([
      [-1, -1],
      [1, 1],
    ]);
    expect(rows).toEqual([Float64Array.of(1, 2), Float64Array.of(3, 6)]);
  });

  it("fromJSON refuses a scale of 0, and lists of two lengths", () => {
    expect(() => StandardScaler.fromJSON({ kind: "StandardScaler", mean: [0], scale: [0] })).toThrow(
      new ArgumentError("StandardScaler.fromJSON: every scale must be above 0"),
    );
    expect(() => StandardScaler.fromJSON({ kind: "StandardScaler", mean: [0], scale: [1, 1] })).toThrow(
      new ArgumentError(
        "StandardScaler.fromJSON: scale must be a list of 1 finite numbers, not an array of length 2",
      ),
    );
  });
});

it.each([
  ["StandardScaler", StandardScaler, new StandardScaler()],
  ["MinMaxScaler", MinMaxScaler, new MinMaxScaler()],
  ["MinMaxScaler from −0", MinMaxScaler, new MinMaxScaler({ range: [-0, 1] })],
] as const)("%s comes back from JSON to the last bit, which holds no −0", (_, Scaler, scaler) => {
  scaler.fit([[-0], [-0]]); // biome-ignore format: one line
  const back = Scaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
  for (const x of [-0, 0, 3]) expect(back.transform([[x]])).toEqual(scaler.transform([[x]]));
});

describe("MinMaxScaler", () => {
  it("fromJSON refuses a scale of 0, which inverse would divide by", () => {
    const saved = { kind: "MinMaxScaler", range: [0, 1], scale: [0], offset: [0] };
    expect(() => MinMaxScaler.fromJSON(saved)).toThrow(
      new ArgumentError("MinMaxScaler.fromJSON: every scale must be above 0"),
    );
  });

  it("keeps its range through JSON, and uses it when fitted anew", () => {
    const back = MinMaxScaler.fromJSON(new MinMaxScaler({ range: [-1, 1] }).fit([[0], [2]]).toJSON());
    expect(back.transform([[0], [1], [2]])).toEqual([[-1], [0], [1]]);
    expect(back.fitTransform([[5], [7]])).toEqual([[-1], [1]]);
  });

  it.each([
    [[1, 0]],
    [[0, 0]],
    [[0]],
    ["0..1"],
    [[0, Number.NaN]],
    [[-1e308, 1e308]],
  ])("refuses the range %j", (range) => {
    expect(() => new MinMaxScaler({ range: range as never })).toThrow(ArgumentError);
  });

  it("refuses a column that it could not move without an infinity", () => {
    const scaler = new MinMaxScaler({ range: [0, 1e308] });
    expect(() => scaler.fit([[0], [1e-3]])).toThrow(
      "MinMaxScaler.fit: column 0, from 0 to 0.001, does not fit into the range [0, 1e+308]: what it is multiplied by or moved by is too large",
    );
    expect(() => scaler.fit([[2], [2.5]])).toThrow("does not fit into the range");
    expect(scaler.fitTransform([[0], [2]])).toEqual([[0], [1e308]]);
  });

  it("names the nearest option", () => {
    const tiny = new MinMaxScaler({ range: [0, 1e-300] });
    expect(() => tiny.fit([[0], [1e30]])).toThrow(
      "does not fit into the range [0, 1e-300]: what it is multiplied by or moved by is too small",
    );
    expect(() => new MinMaxScaler({ ranges: [0, 1] } as never)).toThrow(/did you mean "range"/);
  });
});
