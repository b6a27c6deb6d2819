import { describe, expect, it } from "vitest";
// @ts-expect-error: a script of the build, without types
import { ownProperties } from "../../.tools/own-properties.mjs";
import { root } from "../platform/support/packed.ts";
import { run } from "../platform/support/run.ts";

const print = (code: string) => run(process.execPath, ["--input-type=module", "-e", code], { cwd: root });

describe("where the prototypes of the language are frozen", () => {
  it.each([
    ["Object"],
    ["Object, Function, Array"],
  ])("%s: every entry loads, trains and draws", async (frozen) => {
    const printed = await print(`
      for (const { prototype } of [${frozen}]) Object.freeze(prototype);
      const { Network, linear, sigmoid } = await import("nothing-but-wasm");
      const { plotDecisionBoundary, plotLearningCurve } = await import("nothing-but-wasm/plot");
      const { explain } = await import("nothing-but-wasm/explain");
      const network = new Network([linear(3), sigmoid(), linear(1), sigmoid()], { seed: 48 });
      const [X, Y] = [[[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]];
      network.fitSync(X, Y, { epochs: 20 });
      const model = (_, n) => Array.from({ length: n }, (_, i) => i / n);
      const pictures = [plotLearningCurve(network.history.cost), plotDecisionBoundary(model, [[0, 0, 1, 1], [0, 1, 0, 1]], [Y])];
      console.log(typeof explain, pictures.every((picture) => picture.endsWith("</svg>")));`);
    expect(printed).toBe("function true\n");
  });
});

describe("the build", () => {
  const parse = async (code: string): Promise<string> => {
    const { parseAst } = await import("@rollup/wasm-node/parseAst");
    return ownProperties.transform.call({ parse: parseAst }, code)?.code ?? code;
  };

  it("defines a property whose name Object.prototype has", async () => {
    expect(await parse("a.b.toString = () => 1;")).toBe(
      'Object.defineProperty(a.b, "toString", { writable: true, enumerable: true, configurable: true, value: () => 1 });',
    );
  });

  it.each([
    "a.name = 1;",
    "a[toString] = 1;",
    "const c = { constructor: 1 };",
    "a.valueOf += 1;",
  ])("leaves %s as it is", async (code) => {
    expect(await parse(code)).toBe(code);
  });
});
