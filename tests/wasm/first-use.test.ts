import { expect, it } from "vitest";
import { HostError, init, Matrix } from "../../src/index.ts";

it("a refused module does not stand in the way of the bundled kernels, which start at the first matrix", () => {
  expect(() => init(new Uint8Array([1, 2, 3, 4]))).toThrow(HostError);
  expect(Matrix.from([[1, 2]]).toArray()).toEqual([[1, 2]]);
});
