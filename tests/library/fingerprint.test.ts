import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  DisposedError,
  type Fingerprintable,
  fingerprint,
  LinearLayer,
  Matrix,
  SigmoidLayer,
  seed,
} from "../../src/index.ts";

/** FNV-1a as its authors write it, with whole numbers of any size. */
function fnv1a(bytes: Iterable<number>): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}

const bytesOf = (array: ArrayBufferView) =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength) as Iterable<number>;
const header = (...numbers: number[]) => bytesOf(Uint32Array.from(numbers));

describe("fingerprint", () => {
  it("is FNV-1a, checked against its authors' vectors and the documented bytes", () => {
    expect(fnv1a([])).toBe("cbf29ce484222325");
    expect(fnv1a(new TextEncoder().encode("foobar"))).toBe("85944171f73967e8");

    const doubles = [0.1, -0, 5e-324, Infinity, -1e308, 6];
    expect(fingerprint(Matrix.fromFlat(doubles, [2, 3]))).toBe(
      fnv1a([...header(64, 2, 3), ...bytesOf(Float64Array.from(doubles))]),
    );
    expect(fingerprint(Matrix.fromFlat(doubles, [3, 2], "float32"))).toBe(
      fnv1a([...header(32, 3, 2), ...bytesOf(Float32Array.from(doubles))]),
    );
    expect(fingerprint(Matrix.from([[0.1, 0.6]]))).toBe("3bd898ac50c7d597");
  });

  it("takes W before b of a layer, layers in their order, and layers without parameters as nothing", () => {
    seed(1);
    const Z1 = new LinearLayer([2, 4], 3);
    const Z2 = new LinearLayer([3, 4], 1);
    const bytes = (layer: LinearLayer) =>
      [layer.params.W, layer.params.b].flatMap((m) => [...header(64, ...m.shape), ...bytesOf(m.data)]);

    expect(fingerprint(Z1)).toBe(fnv1a(bytes(Z1)));
    expect(fingerprint(Z1.params)).toBe(fingerprint(Z1));
    expect(fingerprint({ b: Z1.params.b, W: Z1.params.W })).toBe(fingerprint(Z1));
    expect(fingerprint([Z1, new SigmoidLayer([3, 4]), Z2])).toBe(fnv1a([...bytes(Z1), ...bytes(Z2)]));
    expect(fingerprint(new Set([Z1, Z2]))).toBe(fingerprint({ params: [Z1, Z2] }));
    expect(fingerprint([Z2, Z1])).not.toBe(fingerprint([Z1, Z2]));
  });

  it("changes with any bit of any element, with the shape and with the dtype", () => {
    const seen = new Set<string>();
    for (const rows of [1, 2, 6]) {
      seen.add(fingerprint(Matrix.zeros(rows, 6 / rows)));
      seen.add(fingerprint(Matrix.zeros(rows, 6 / rows, "float32")));
    }
    const matrix = Matrix.zeros(2, 3);
    for (let i = 0; i < 6; i++) {
      for (let bit = 0; bit < 64; bit++) {
        const bits = new BigUint64Array(1);
        bits[0] = 1n << BigInt(bit);
        matrix.data.fill(0);
        matrix.data[i] = new Float64Array(bits.buffer)[0];
        seen.add(fingerprint(matrix));
      }
    }
    expect(seen.size).toBe(6 + 6 * 64);
  });

  it("takes every NaN for one", () => {
    for (const dtype of ["float64", "float32"] as const) {
      const prints = new Set<string>();
      for (const high of [0x7ff8, 0xfff8, 0x7ff0, 0xffff]) {
        const matrix = Matrix.zeros(1, 1, dtype);
        const { buffer, byteOffset, byteLength } = matrix.data;
        const words = new Uint16Array(buffer, byteOffset, byteLength / 2);
        words.fill(0x1234);
        words[words.length - 1] = high;
        expect(matrix.data[0]).toBeNaN();
        prints.add(fingerprint(matrix));
      }
      const canonical = dtype === "float64" ? [64, 1, 1, 0, 0x7ff80000] : [32, 1, 1, 0x7fc00000];
      expect([...prints]).toEqual([fnv1a(header(...canonical))]);
    }
  });

  it("names what it cannot read, and where it lies", () => {
    const matrix = Matrix.zeros(1, 1);
    const circle: unknown[] = [matrix];
    circle.push([circle]);
    const cases: [unknown, RegExp][] = [
      [undefined, /the argument must be a Matrix, a layer or a list of them, not undefined/],
      ["W", /the argument must be .* not the string "W"/],
      [new Float64Array(2), /the argument must be .* not a Float64Array/],
      [[matrix, 3], /the argument\[1\] must be .* not 3/],
      [{ params: { W: matrix, b: null } }, /the argument\.params\.b must be .* not null/],
      [{}, /the argument is an object without parameters/],
      [circle, /the argument\[1\]\[0\] contains itself/],
    ];
    for (const [value, message] of cases) {
      const act = () => fingerprint(value as Fingerprintable);
      expect(act).toThrow(ArgumentError);
      expect(act).toThrow(message);
    }
    matrix.dispose();
    expect(() => fingerprint([matrix])).toThrow(DisposedError);
  });
});
