import ts from "typescript";
import { expect, it } from "vitest";
import { chunk } from "./chunk.ts";

const [core, networks] = ["core", "networks"].map(chunk);

it.each([
  "createWasmKernels",
  "initializeParameters",
  "acceptInput",
])("V8 compiles %s along with the file, since every first epoch runs it", (name) =>
  expect(core).toMatch(new RegExp(`^var ${name}=\\(function\\(`, "m")));

it("and reads over what only some programs run", () => {
  expect(networks).toMatch(/function trainTestSplit\(/);
  expect(networks).not.toMatch(/\(function trainTestSplit|trainTestSplit=\(/);
});

/** The regular expressions of a text that are written as literals. */
function literalExpressions(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("core.js", text, ts.ScriptTarget.Latest));
  return found;
}

it("no literal asks for a class of Unicode's characters, which V8 would gather as it loads the file", () => {
  const literals = [core, networks].flatMap(literalExpressions);
  expect(literals.length).toBeGreaterThan(0);
  expect(literals.filter((literal) => /\\p\{/iu.test(literal))).toEqual([]);
});
