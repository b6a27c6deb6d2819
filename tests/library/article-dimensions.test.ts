import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeCost, LinearLayer, Matrix, SigmoidLayer } from "../../src/index.ts";

const size = fc.integer({ min: 1, max: 40 });
const dtype = fc.constantFrom("float64" as const, "float32" as const);

describe("dimension analysis, over 1,000 random shapes", () => {
  it("dW has W's shape, db b's, dAPrev APrev's, dZ Z's, dYHat YHat's, whatever the batch", () => {
    const shapes = fc.record({ nIn: size, nOut: size, m: size, later: size, dtype });
    fc.assert(
      fc.property(shapes, ({ nIn, nOut, m, later, dtype }) => {
        const linear = new LinearLayer([nIn, m], nOut, "xavier", { dtype });
        const sigmoid = new SigmoidLayer(linear.Z.shape, { dtype });
        expect(linear.params.W.shape).toEqual([nOut, nIn]);
        expect(linear.params.b.shape).toEqual([nOut, 1]);
        for (const examples of [m, later]) {
          const X = Matrix.zeros(nIn, examples, dtype);
          const Y = Matrix.zeros(nOut, examples, dtype);
          const A = sigmoid.forward(linear.forward(X));
          const { dYHat } = computeCost(Y, A);
          linear.backward(sigmoid.backward(dYHat));
          expect(linear.Z.shape).toEqual([nOut, examples]);
          expect(A.shape).toEqual([nOut, examples]);
          expect(dYHat.shape).toEqual(A.shape);
          expect(sigmoid.dZ.shape).toEqual(linear.Z.shape);
          expect(linear.dW.shape).toEqual(linear.params.W.shape);
          expect(linear.db.shape).toEqual(linear.params.b.shape);
          expect(linear.dAPrev.shape).toEqual(X.shape);
          for (const matrix of [A, dYHat, sigmoid.dZ, linear.Z, linear.dW, linear.db, linear.dAPrev]) {
            expect(matrix.dtype).toBe(dtype);
            expect(matrix.data.length).toBe(matrix.rows * matrix.cols);
          }
          for (const matrix of [X, Y]) matrix.dispose();
        }
        for (const layer of [linear, sigmoid]) layer.dispose();
      }),
      { seed: 48, numRuns: 1000 },
    );
  });
});
