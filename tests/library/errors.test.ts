import { expect, it } from "vitest";
import * as errors from "../../src/errors.ts";

const { errorClasses, ...classes } = errors;

it.each(Object.entries(classes))("%s is known by its name", (name, Class) => {
  expect(errorClasses).toHaveProperty(name, Class);
  expect(new Class("why")).toMatchObject({ name, message: "why" });
  expect(new Class("why")).toBeInstanceOf(errors.NothingButWasmError);
});

it("nothing else is", () => {
  expect(Object.keys(errorClasses).sort()).toEqual(Object.keys(classes).sort());
});
