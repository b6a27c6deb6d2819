// What a docstring says that is thrown, against the misuses that the library is put to.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { misuses } from "../support/every-misuse.ts";
import { root } from "./found-examples.ts";

const text = readFileSync(new URL("dist/index.d.ts", root), "utf8");
const file = ts.createSourceFile("index.d.ts", text, ts.ScriptTarget.Latest, true);

/** The comment before each function, constructor and member, by its door: "dot", "Matrix", "Matrix.from". */
const words = new Map<string, string>();
/** The classes that have no constructor for users. */
const hidden = new Set<string>();
/** The classes and interfaces that each is made of. */
const bases = new Map<string, readonly string[]>();
const commentOf = (node: ts.Node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((doc) => doc.getText(file))
    .join("\n");
for (const statement of file.statements) {
  if (ts.isFunctionDeclaration(statement)) {
    const name = statement.name!.text;
    words.set(name, (words.get(name) ?? "") + commentOf(statement));
  }
  if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
  const owner = statement.name!.text;
  const parents = statement.heritageClauses?.flatMap(({ types }) =>
    types.map(({ expression }) => expression.getText(file)),
  );
  bases.set(owner, [...(bases.get(owner) ?? []), ...(parents ?? [])]);
  for (const member of statement.members) {
    // a Matrix is not made by new
    if (ts.getCombinedModifierFlags(member as ts.Declaration) & ts.ModifierFlags.Private) hidden.add(owner);
    const door = ts.isConstructorDeclaration(member) ? owner : `${owner}.${member.name?.getText(file)}`;
    words.set(door, (words.get(door) ?? "") + commentOf(member));
  }
}

/**
 * The door's own comment, or that of the member it inherits from, with those of the doors that it sends the reader to.
 * @param asked the class whose member it is, whoever declares it
 */
function wordsOf(door: string, asked = door.split(".")[0]): string {
  const [owner, member] = door.split(".");
  const own = words.get(door);
  if (!own) {
    const inherited = (bases.get(owner) ?? []).map((base) => (member ? `${base}.${member}` : base));
    return inherited.map((other) => wordsOf(other, asked)).find((found) => found !== "") ?? "";
  }
  const named = [...own.matchAll(/(?:See|what|and) `([\w.]+)`(?=\.| throws?| and `)/g)];
  const others = named.map(([, name]) =>
    [name, `${asked}.${name}`, `Network.${name}`].find((other) => words.has(other)),
  );
  return [own, ...others.map((other) => (other && other !== door ? wordsOf(other) : ""))].join("\n");
}

test("every misuse throws what the docstring says that is thrown", () => {
  expect([...hidden]).toEqual(["Matrix"]);
  const doors = Object.entries(misuses).filter(([door]) => !hidden.has(door));
  const unsaid = doors.flatMap(([door, list]) => {
    const said = wordsOf(door).split("@throws").slice(1).join("");
    const thrown = said.includes("what a step throws") ? [] : new Set(list.map(({ error }) => error.name));
    return [...thrown].filter((name) => !said.includes(name)).map((name) => `${door}: ${name}`);
  });
  expect(unsaid).toEqual([]);
});
