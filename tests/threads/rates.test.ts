import { expect, it } from "vitest";
import { blindRates } from "../../src/network/rates.ts";

/** A schedule that starts with such a function. */
const started = (start: (rate: number) => (...given: never[]) => number) => ({ name: "own", start }) as never;

it("the rates of a schedule, one an epoch, from the first on", () => {
  const halving = started((rate) => (epoch: number) => rate / 2 ** epoch);
  expect(blindRates(halving, 8, 4)).toEqual(new Float64Array([8, 4, 2, 1]));
});

it("none of one that has a place for the cost, though it does not look there", () => {
  expect(
    blindRates(
      started((rate) => (_: number, __: number) => rate),
      8,
      4,
    ),
  ).toBeUndefined();
});

it("a schedule is asked as fit asks it: no epoch has a cost before the first", () => {
  const asked: unknown[][] = [];
  const all = started((rate) => (...given: unknown[]) => {
    asked.push(given);
    return rate;
  });
  expect(blindRates(all, 8, 2)).toEqual(new Float64Array([8, 8]));
  expect(asked.filter(([epoch]) => epoch === 0)).toEqual(Array(4).fill([0, undefined]));
  expect(asked.filter(([epoch]) => epoch === 1).map(([, cost]) => cost)).toEqual([
    undefined,
    1,
    0,
    Number.MAX_VALUE,
  ]);
});

it.each([1, 0, Number.MAX_VALUE])("none of one that gives another rate after a cost of %d alone", (cost) => {
  const wary = started(
    (rate) =>
      (...given: unknown[]) =>
        given[1] === cost ? 0 : rate,
  );
  expect(blindRates(wary, 8, 3)).toBeUndefined();
});

it("no function for a start is refused", () => {
  expect(() => blindRates({ name: "own", start: () => 3 } as never, 8, 3)).toThrow(
    "the start of a schedule must give a function of the epoch, (epoch) => …, not 3",
  );
});
