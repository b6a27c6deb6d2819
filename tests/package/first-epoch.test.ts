import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { root } from "../platform/support/packed.ts";

const chunks = path.join(root, "dist/chunks");
const read = (chunk: string) => {
  const file = readdirSync(chunks).find((name) => name.startsWith(`${chunk}-`) && name.endsWith(".js"));
  return readFileSync(path.join(chunks, file as string), "utf8");
};
const [core, networks] = ["core", "networks"].map(read);

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
