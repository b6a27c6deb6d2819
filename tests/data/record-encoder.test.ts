import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  OrderError,
  RecordEncoder,
  ShapeError,
  UnknownCategoryError,
} from "../../src/index.ts";

const people = [
  { age: "30", weight: 60, city: "Oslo", smokes: false },
  { age: " 50 ", weight: 80, city: "Rome", smokes: true },
];

describe("RecordEncoder", () => {
  it("standardises numbers, also as text, and makes one-hot categories of the rest", () => {
    const encoder = new RecordEncoder();
    expect(encoder.fitTransform(people)).toEqual([
      [-1, -1, 1, 0, 1, 0],
      [1, 1, 0, 1, 0, 1],
    ]);
    expect(encoder.names).toEqual(["age", "weight", "city=Oslo", "city=Rome", "smokes=false", "smokes=true"]);
    expect(
      encoder.transform([{ city: "Rome", smokes: "true", weight: "7e1", age: 35, name: "Ann" }]),
    ).toEqual([[-0.5, 0, 0, 1, 0, 1]]);
  });

  it("uses columns as told, and leaves some out", () => {
    const encoder = new RecordEncoder({
      columns: { age: "oneHot", city: "leaveOut", smokes: "asIs" },
      numbers: "minMax",
    });
    expect(encoder.fitTransform(people)).toEqual([
      [0, 1, 0, 0],
      [1, 0, 1, 1],
    ]);
    expect(encoder.names).toEqual(["age= 50 ", "age=30", "weight", "smokes"]);
  });

  it("refuses a column of text that names the rows, unless it is told what becomes of it", () => {
    const table = (count: number, kinds: number) =>
      Array.from({ length: count }, (_, i) => ({ id: `u${i % kinds}`, x: i }));
    expect(() => new RecordEncoder().fit(table(201, 101))).toThrow(
      new ArgumentError(
        'RecordEncoder.fit: column "id" has 101 categories in 201 rows, so it names rows rather than kinds; columns: { id: "leaveOut" } leaves it out, and "oneHot" takes it nevertheless',
      ),
    );
    expect(new RecordEncoder().fit(table(202, 101)).names.length).toBe(102);
    expect(new RecordEncoder().fit(table(100, 100)).names.length).toBe(101);
    expect(new RecordEncoder({ columns: { id: "oneHot" } }).fit(table(201, 101)).names.length).toBe(102);
    expect(new RecordEncoder({ columns: { id: "leaveOut" } }).fit(table(201, 101)).names).toEqual(["x"]);
  });

  it("names the column that is too large for its scaler", () => {
    const rows = [
      { age: 1, income: 1e200 },
      { age: 2, income: -1e200 },
    ];
    expect(() => new RecordEncoder().fit(rows)).toThrow(
      'RecordEncoder.fit: column "income": StandardScaler.fit: the numbers of column 0 are too large',
    );
  });

  it("takes records whose columns stand in another order", () => {
    const other = [
      { smokes: false, city: "Oslo", weight: 60, age: "30" },
      { city: "Rome", age: " 50 ", smokes: true, weight: 80 },
    ];
    const encoder = new RecordEncoder().fit([people[0], other[1]]);
    expect(encoder.transform(other)).toEqual(encoder.transform(people));
  });

  it("goes by what it was told, though the caller changes the object of columns afterwards", () => {
    const columns: Record<string, "oneHot" | "leaveOut"> = { weight: "oneHot" };
    const encoder = new RecordEncoder({ columns });
    columns.weight = "leaveOut";
    expect(encoder.fit(people.map(({ weight }) => ({ weight }))).names).toEqual(["weight=60", "weight=80"]);
  });

  it("crosses columns by name, from what they hold before they are scaled", () => {
    const rows = [
      { x1: 1, x2: 2 },
      { x1: 3, x2: 4 },
    ];
    const raw = new RecordEncoder({ numbers: "asIs", crosses: [["x1", "x2"]] });
    expect(raw.fitTransform(rows)).toEqual([
      [1, 2, 2],
      [3, 4, 12],
    ]);
    expect(raw.names).toEqual(["x1", "x2", "x1*x2"]);
    const scaled = new RecordEncoder({
      numbers: "minMax",
      crosses: [
        ["x1", "x2"],
        ["x1", "x1"],
      ],
    });
    expect(scaled.fit(rows).transform([{ x1: 2, x2: 3.5 }])).toEqual([[0.5, 0.75, 0.5, 0.375]]);
  });

  it("may cross columns that are left out otherwise", () => {
    const encoder = new RecordEncoder({
      columns: { x1: "leaveOut", x2: "leaveOut" },
      numbers: "asIs",
      crosses: [["x1", "x2"]],
    });
    expect(encoder.fitTransform([{ x1: 2, x2: 3 }])).toEqual([[6]]);
  });

  it("comes back from JSON, learned and told", () => {
    const encoder = new RecordEncoder({
      columns: { city: "oneHot", smokes: "asIs", age: "minMax" },
      crosses: [["age", "weight"]],
      unknown: "ignore",
    }).fit(people);
    const back = RecordEncoder.fromJSON(JSON.parse(JSON.stringify(encoder)));
    const others = [{ age: 33, weight: 71.5, city: "Bern", smokes: 1 }];
    expect(back.transform(others)).toEqual(encoder.transform(others));
    expect(back.transform(others)[0].slice(2, 4)).toEqual([0, 0]);
    expect(back.names).toEqual(encoder.names);
    expect(back.fit(people).toJSON()).toEqual(encoder.toJSON());
  });

  it("names row and column of a missing value", () => {
    const encoder = new RecordEncoder().fit(people);
    for (const [missing, shown] of [
      [undefined, "undefined"],
      [null, "null"],
      [Number.NaN, "NaN"],
      ["", 'the string ""'],
      [" ", 'the string " "'],
    ]) {
      for (const column of ["age", "city"]) {
        const records = [people[0], { ...people[1], [column]: missing }];
        const message = `row 1, column "${column}" is missing (${shown}); fill it or leave the row out`;
        expect(() => encoder.transform(records)).toThrow(
          new ArgumentError(`RecordEncoder.transform: ${message}`),
        );
        expect(() => new RecordEncoder().fit(records)).toThrow(
          new ArgumentError(`RecordEncoder.fit: ${message}`),
        );
      }
    }
    expect(() => encoder.transform([{ age: 1, weight: 2, smokes: true }])).toThrow(
      /row 0, column "city" is missing \(undefined\)/,
    );
    expect(() => new RecordEncoder().fit([{ a: "" }])).toThrow(/row 0, column "a" is missing/);
    // of several, the first as one reads the table
    const holes = [
      { ...people[0], city: "" },
      { ...people[1], age: "" },
    ];
    expect(() => encoder.transform(holes)).toThrow(/row 0, column "city" is missing/);
  });

  it("gives advice that can be followed: for a cross, for a name that is no identifier, and for what is learned already", () => {
    const rows = [{ "petal length": 1, b: 1 }, { "petal length": "x", b: 2 }]; // biome-ignore format: one line
    const where = 'row 1, column "petal length" must be a finite number, not the string "x"';
    expect(() => new RecordEncoder().fit(rows)).toThrow(
      new ArgumentError(
        `RecordEncoder.fit: ${where}; columns: { "petal length": "oneHot" } would take it as a category`,
      ),
    );
    const crosses = [["petal length", "b"]];
    const columns = { "petal length": "oneHot" } as const;
    expect(() => new RecordEncoder({ columns, crosses }).fit(rows)).toThrow(
      new ArgumentError(`RecordEncoder.fit: ${where}; a cross is of columns of numbers`),
    );
    const encoder = new RecordEncoder().fit([{ a: "x" }, { a: "y" }]);
    expect(() => encoder.transform([{ a: new Date(0) as never }])).toThrow(
      new ArgumentError(
        'RecordEncoder.transform: row 0, column "a" must be a string, a number or a boolean, not a Date; Number(…) makes a number of it',
      ),
    );
  });

  it("names row and column of text among numbers, and says how to take it", () => {
    expect(() => new RecordEncoder().fit([{ age: 1 }, { age: "old" }])).toThrow(
      new ArgumentError(
        'RecordEncoder.fit: row 1, column "age" must be a finite number, not the string "old"; columns: { age: "oneHot" } would take it as a category',
      ),
    );
    for (const missing of ["NA", "n/a", "?", "-", "null"]) {
      expect(() => new RecordEncoder().fit([{ a: 1 }, { a: missing }]), missing).toThrow(
        /where it stands for a missing value, fill it or leave the row out; columns: /,
      );
    }
    expect(() => new RecordEncoder().fit([{ a: 1 }, { a: "2,5" }])).toThrow(
      /read with a decimal point, and none between thousands; columns/,
    );
    // what fit has learned is not to be changed any more
    expect(() => new RecordEncoder().fit([{ a: 1 }, { a: 2 }]).transform([{ a: "old" }])).toThrow(
      new ArgumentError(
        'RecordEncoder.transform: row 0, column "a" must be a finite number, not the string "old"',
      ),
    );
    for (const odd of ["0x10", "Infinity", "1,5", "1e", "--1", "."]) {
      expect(() => new RecordEncoder().fit([{ a: 1 }, { a: odd }]), odd).toThrow(/must be a finite number/);
    }
    expect(() => new RecordEncoder().fit([{ a: 1 }, { a: {} }])).toThrow(
      /must be a finite number, not an object/,
    );
    expect(() => new RecordEncoder().fit([{ a: "x" }, { a: {} }])).toThrow(
      /must be a string, a number or a boolean/,
    );
    expect(() => new RecordEncoder({ crosses: [["a", "a"]] }).fit([{ a: 1e200 }])).toThrow(
      /row 0, column "a\*a" must be a finite number, not Infinity/,
    );
  });

  it("takes no column of numbers for one of categories because its first record has text there", () => {
    const ages = ["n/a", "30", 41, "50"].map((age) => ({ age }));
    expect(() => new RecordEncoder().fit(ages)).toThrow(
      new ArgumentError(
        'RecordEncoder.fit: row 0, column "age" is the string "n/a", but 3 of 4 rows have a number there; fill it or leave the row out, or columns: { age: "oneHot" } takes all of them as categories',
      ),
    );
    expect(new RecordEncoder({ columns: { age: "oneHot" } }).fit(ages).names).toHaveLength(4);
    for (const number of ["+.5e3", -1, Number.POSITIVE_INFINITY]) {
      const cells = ["n/a", number, number].map((a) => ({ a }));
      expect(() => new RecordEncoder().fit(cells), `${number}`).toThrow(
        /but 2 of 3 rows have a number there/,
      );
    }
    const hexadecimal = ["n/a", "0x10", "0x10"].map((a) => ({ a }));
    expect(new RecordEncoder().fit(hexadecimal).names).toEqual(["a=0x10", "a=n/a"]);
    const grades = ["K", "1", "2", "K"].map((grade) => ({ grade }));
    expect(new RecordEncoder().fit(grades).names).toEqual(["grade=1", "grade=2", "grade=K"]);
  });

  it("says what to do with dates, and with amounts that are no numbers as they stand", () => {
    for (const [value, words] of [
      [new Date(0), "a Date"],
      [5n, "a bigint"],
    ] as const) {
      expect(() => new RecordEncoder().fit([{ since: value }])).toThrow(
        `row 0, column "since" must be a string, a number or a boolean, not ${words}; Number(…) makes a number of it, and columns: { since: "leaveOut" } leaves it out`,
      );
    }
    const hint = /; amounts such as "€ 1,234\.50" are numbers when written "1234\.50"$/;
    const fit = (text: (i: number) => string) => () =>
      new RecordEncoder().fit(Array.from({ length: 101 }, (_, i) => ({ a: text(i) })));
    for (const text of [(i: number) => `${i},5`, (i: number) => `€ ${i}`, (i: number) => `${i} 000 %`]) {
      expect(fit(text)).toThrow(hint);
    }
    for (const text of [
      (i: number) => `c${i}`,
      (i: number) => `2024-01-${i}`,
      (i: number) => (i > 0 ? `c${i}` : "€ 5"),
    ]) {
      expect(fit(text)).toThrow(/"oneHot" takes it nevertheless$/);
    }
  });

  it("names an unknown category with its row, column and the nearest known one", () => {
    const encoder = new RecordEncoder().fit(people);
    expect(() => encoder.transform([people[0], { ...people[1], city: "Roma" }])).toThrow(
      new UnknownCategoryError(
        'RecordEncoder.transform: row 1, column "city" is "Roma", a category that fit did not see; the nearest known one is "Rome" (known: "Oslo", "Rome")',
      ),
    );
  });

  it("refuses records of other columns, and what is no record", () => {
    expect(() => new RecordEncoder().fit([{ a: 1 }, { a: 1, b: 2 }])).toThrow(
      new ArgumentError('RecordEncoder.fit: row 1 has a column "b", which row 0 has not'),
    );
    // @ts-expect-error a list is no record
    expect(() => new RecordEncoder().fit([[1, 2]])).toThrow(
      new ArgumentError(
        'RecordEncoder.fit: row 0 must be an object such as { age: "30" }, not an array of length 2',
      ),
    );
    expect(() => new RecordEncoder().fit([{}])).toThrow(/row 0 has no columns/);
    expect(() => new RecordEncoder().fit([])).toThrow(ShapeError);
    expect(() => new RecordEncoder().transform([{ a: 1 }])).toThrow(OrderError);
    expect(() => new RecordEncoder({ columns: { a: "leaveOut" } }).fit([{ a: 1 }])).toThrow(
      new ArgumentError("RecordEncoder.fit: every column is left out"),
    );
  });

  it.each([
    [{ columns: { Age: "minMax" } }, 'there is no column "Age"; did you mean "age"?'],
    [{ crosses: [["age", "wieght"]] }, 'there is no column "wieght"; did you mean "weight"?'],
    [{ columns: { salary: "minMax" } }, 'there is no column "salary" (known: '],
  ])("names the nearest column for %j", (options, message) => {
    expect(() => new RecordEncoder(options as never).fit(people)).toThrow(message);
  });

  it.each([
    [{ colums: {} }, 'did you mean "columns"?'],
    [
      { columns: { age: "onehot" } },
      'RecordEncoder: columns.age "onehot" is unknown; did you mean "oneHot"?',
    ],
    [{ columns: ["age"] }, "columns must be an object"],
    [{ columns: null }, "columns must be an object"],
    [{ columns: new Map([["age", "asIs"]]) }, "columns must be an object"],
    [{ numbers: "oneHot" }, 'numbers "oneHot" is unknown'],
    [{ crosses: [["age"]] }, "a cross must be a list of at least two columns"],
    [{ crosses: [[0, 1]] }, "a cross names columns, so 0 will not do"],
    [{ crosses: {} }, "crosses must be a list of crosses"],
    [{ unknown: "skip" }, 'unknown "skip" is unknown'],
  ])("refuses the options %j", (options, message) => {
    const make = () => new RecordEncoder(options as never);
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });

  it.each([
    [[]],
    [undefined],
    [[null]],
    [[{ use: "oneHot", name: "a" }]],
    [[{ use: "mean", factors: ["a"] }]],
  ])("fromJSON refuses the learned columns %j", (learned) => {
    expect(() => RecordEncoder.fromJSON({ kind: "RecordEncoder", learned })).toThrow(ArgumentError);
  });
});
