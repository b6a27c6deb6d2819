import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { family, trainXor } from "../platform/programs/family.mjs";
import fingerprints from "../platform/programs/fingerprints.json" with { type: "json" };

describe("the family of trained networks", () => {
  it("has the committed fingerprints on these kernels", () => {
    expect(family(library)).toEqual(fingerprints);
  });

  it("holds NaN where it overflows, and finite numbers elsewhere", () => {
    const broken = new Set<number>();
    let trained = -1;
    family({
      ...library,
      fingerprint(layers) {
        trained++;
        const matrices = ([layers].flat(2) as library.LinearLayer[]).flatMap(({ params }) => [
          params.W,
          params.b,
        ]);
        if (matrices.some(({ data }) => data.some(Number.isNaN))) broken.add(trained);
        return "";
      },
    });
    const names = Object.keys(fingerprints);
    expect([...broken].map((i) => names[i])).toEqual([
      ...names.filter((name) => name.includes("NaN")),
      "all",
    ]);
  });

  it("tells every network from every other", () => {
    const values = Object.values(fingerprints);
    expect(new Set(values).size).toBe(values.length);
  });

  it("notices one parameter that is off by its last bit", () => {
    const layers = trainXor(library);
    expect(library.fingerprint(layers)).toBe(fingerprints["the article's XOR"]);
    const { data } = layers[1].params.W;
    new Uint32Array(data.buffer, data.byteOffset, 1)[0] ^= 1;
    expect(library.fingerprint(layers)).not.toBe(fingerprints["the article's XOR"]);
  });
});
