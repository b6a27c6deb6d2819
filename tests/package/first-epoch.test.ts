import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../platform/support/packed.ts";

const chunks = path.join(root, "dist/chunks");
const core = readdirSync(chunks).find((file) => /^core-.*\.js$/.test(file)) as string;
const code = readFileSync(path.join(chunks, core), "utf8");

it.each([
  "createWasmKernels",
  "initializeParameters",
  "acceptInput",
])("V8 compiles %s along with the file, since every first epoch runs it", (name) =>
  expect(code).toMatch(new RegExp(`^var ${name}=\\(function\\(`, "m")));

it("and reads over what only some programs run", () => {
  expect(code).toMatch(/function trainTestSplit\(/);
  expect(code).not.toMatch(/\(function trainTestSplit|trainTestSplit=\(/);
});
