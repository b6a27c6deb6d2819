// CONTRIBUTING.md leads through the sources by their names: each of them is there, in a file that its sentence names.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { root } from "./found-examples.ts";

const read = (file: string) => readFileSync(new URL(file, root), "utf8");
const isFile = (code: string) => /^\.?[\w/-][\w./-]*\.(?:ts|mjs|py|json|md)$/.test(code);
/** The name in `makers`, `expOf<T>(x, false)` or `activations()`. */
const nameIn = (code: string) => code.match(/^(\w+)(?:<T>)?(?:\(.*\))?$/)?.[1];

/** What each sentence names in backticks, blocks of code left out. */
const sentences = read("CONTRIBUTING.md")
  .replaceAll(/```.*?```/gs, "")
  .split(/(?<=[.;:])\s+|\n\n|\n(?=[-|])/)
  .map((sentence) => [...sentence.matchAll(/`([^`]+)`/g)].map(([, code]) => code))
  .map((codes) => ({
    files: codes.filter(isFile),
    names: codes.filter((code) => !isFile(code)).flatMap((code) => nameIn(code) ?? []),
  }));

/** Every file that the sentences may mean, beside those of the root. */
const folders = [
  "assembly",
  "docs",
  "src",
  ".tools",
  "tests/kernels",
  "tests/library",
  "tests/support",
  "tests/golden",
];
const files = folders.flatMap((folder) =>
  (readdirSync(new URL(`${folder}/`, root), { recursive: true }) as string[])
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .filter(isFile),
);
const means = (named: string) => (file: string) => file === named || file.endsWith(`/${named}`);
const everything = files.map(read);

/** What its reader is to write, and may have written. */
const example = ["src/layers/hard-tanh-layer.ts", "hardTanh", "hardTanhGradient"];

test("every file that it names is there, but the one that its reader is to write", () => {
  const beside = readdirSync(root);
  const missing = sentences
    .flatMap((sentence) => sentence.files)
    .filter((named) => !beside.includes(named) && !files.some(means(named)));
  expect(sentences.flatMap((sentence) => sentence.files)).toContain(example[0]);
  expect(missing.filter((named) => !example.includes(named))).toEqual([]);
});

test("every name that it names stands in a file of its sentence, or in any where that names none", () => {
  const missing = sentences.flatMap(({ files: named, names }) => {
    const places = files.filter((file) => named.some((each) => means(each)(file)));
    const texts = places.length > 0 ? places.map(read) : everything;
    return names.filter((name) => !texts.some((text) => new RegExp(`\\b${name}\\b`).test(text)));
  });
  expect(sentences.flatMap((sentence) => sentence.names)).toEqual(expect.arrayContaining(example.slice(1)));
  expect(missing.filter((name) => !example.includes(name))).toEqual([]);
});
