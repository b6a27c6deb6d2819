import path from "node:path";
import vm from "node:vm";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { root } from "../platform/support/packed.ts";

/** The library and the program on one of its entries, as one script, which leaves the answer or the error as a global. */
async function script(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import * as library from "nothing-but-wasm";
        import { check } from "./tests/package/bare-engine.mjs";
        globalThis.answer = check(library).then(JSON.stringify);`,
      resolveDir: root,
    },
    alias: { "nothing-but-wasm": path.join(root, `dist/${entry}.js`) },
    bundle: true,
    format: "iife",
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

/** A new global object with what ECMAScript has, less what Node's contexts have besides, and what is given. */
function engine(lacks: string[], given: object = {}): vm.Context {
  const context = vm.createContext({ ...given });
  for (const name of ["console", ...lacks]) vm.runInContext(`delete globalThis.${name}`, context);
  return context;
}

const answerOf = async (entry: string, context: vm.Context) =>
  JSON.parse(await vm.runInContext(`${await script(entry)}; answer`, context));

/** The same in Node, with all that it has. */
const answerHere = async (entry: string) =>
  JSON.parse(await vm.runInThisContext(`${await script(entry)}; answer`));

const expected = {
  layers: expect.stringMatching(/^[0-9a-f]{16}$/),
  told: 300,
  unseeded: true,
  grown: true,
  refused: true,
};

describe("in an engine with nothing but ECMAScript and WebAssembly", () => {
  it("has none of the functions that hosts have", () => {
    const names =
      "process Buffer crypto performance structuredClone setTimeout setImmediate MessageChannel btoa URL console";
    for (const name of names.split(" ")) {
      expect(vm.runInContext(`typeof ${name}`, engine(["WebAssembly"])), name).toBe("undefined");
    }
  });

  it.each([
    ["the library", "index", []],
    ["the reference, without WebAssembly,", "reference", ["WebAssembly"]],
  ])("%s trains, saves, loads and grows to the same bits as in Node", async (_, entry, lacks) => {
    const answer = await answerOf(entry, engine(lacks));
    expect(answer).toMatchObject(expected);
    const [first, ...others] = answer.networks;
    expect(others).toEqual([first, first]);
    expect({ ...(await answerHere("index")), refused: true }).toEqual(answer);
  });

  it.each([
    ["a performance that has no now", { performance: {} }],
    [
      "clocks that throw, as a sandbox's do",
      { performance: { now: () => fail() }, Date: { now: () => fail() } },
    ],
    ["elements of a page by the names of what hosts have", { Buffer: {}, process: {}, crypto: {} }],
  ])("%s hinders nothing", async (_, given) => {
    expect(await answerOf("index", engine([], given))).toMatchObject(expected);
  });
});

function fail(): never {
  throw new TypeError("no clock here");
}
