// One file of declarations a surface, without relative imports but of each other: TypeScript wants those of sources to
// end in .js and Deno in .ts.
import { generateDtsBundle } from "dts-bundle-generator";
import ts from "typescript";

/**
 * The declarations of each surface, by its name. What the first surface exports is imported from it by the others: a
 * copy of a class with private members would be another type.
 */
export function declarationsOf(surfaces) {
  const bundled = generateDtsBundle(
    surfaces.map((name) => ({
      filePath: `src/${name}.ts`,
      output: { noBanner: true, exportReferencedTypes: false },
    })),
    { preferredConfigPath: ".tools/tsconfig.types.json" },
  ).map(withTheirNames);
  const texts = bundled.map((text, i) => {
    const others = surfaces.flatMap((from, k) => (k < i ? [[from, bundled[k]]] : []));
    const alone = withoutUnused(
      others.reduce((rest, [from, whole]) => importing(rest, exportedOf(whole), from), text),
    );
    // a name that only what is imported now had
    return withTheirNames(alone);
  });
  return Object.fromEntries(texts.map((text, i) => [surfaces[i], forEveryLibrary(closed(text))]));
}

/** What a surface exports: each name's declaration. */
function exportedOf(text) {
  return new Map(statements(text).flatMap(({ name, exported, bare }) => (exported ? [[name, bare]] : [])));
}

/**
 * The text with `History` where the bundler wrote `History$1`, since a global has that name: within a module its own stands
 * before it, and an editor and a compiler show the name that a user can import.
 */
function withTheirNames(text) {
  const names = new Set(statements(text).map(({ name }) => name));
  let mended = text;
  for (const local of names) {
    const [, own] = /^(\w+)\$\d+$/.exec(local ?? "") ?? [];
    if (own === undefined) continue;
    const [, name] = new RegExp(`\\t${escaped(local)} as (\\w+),\n`).exec(text) ?? [undefined, own];
    if (names.has(name)) continue;
    names.add(name);
    const here = `${escaped(local)}(?![\\w$])`;
    if (mended.includes(`\t${local} as ${name},\n`)) {
      mended = mended
        .replace(`\t${local} as ${name},\n`, "")
        .replace(
          new RegExp(`^(declare )?(?=(?:class|interface|type|const|function) ${here})`, "m"),
          "export $&",
        );
    }
    mended = mended.replaceAll(new RegExp(here, "g"), name);
  }
  return mended.replace(/\nexport \{\n\};\n/, "\n");
}

const escaped = (name) => name.replaceAll("$", "\\$");

/** The text without declarations that are neither exported nor named by another. */
function withoutUnused(text) {
  const stray = statements(text).find(
    ({ name, exported, text: whole }) =>
      name !== undefined &&
      !exported &&
      !new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`).test(text.replace(whole, "")),
  );
  if (stray === undefined) return onlyUsedImports(text);
  return withoutUnused(text.slice(0, stray.start) + text.slice(stray.end));
}

/**
 * The text whose imports name only what its code mentions: neither its comments, nor the names that it exports others by, nor what
 * it passes on.
 */
function onlyUsedImports(text) {
  return text.replace(/^import type \{ (.+) \} (from .+;)\n/gm, (line, names, from) => {
    const rest = text
      .replace(line, "")
      .replace(/\/\*\*[\s\S]*?\*\/|(?<=^\t\S+) as \w+(?=,$)|^export .* from .+;$/gm, "");
    const used = names.split(", ").filter((name) => new RegExp(`\\b${escaped(name)}(?![\\w$])`).test(rest));
    return used.length > 0 ? `import type { ${used.join(", ")} } ${from}\n` : "";
  });
}

/** The text in which a Matrix cannot be made by `new`: its constructor is internal, and a class that shows none has one. */
function closed(text) {
  return text.replace(/^export declare class Matrix \{\n\t#private;/m, "$&\n\tprivate constructor();");
}

/** A class's `[Symbol.dispose]`, with its comment. */
const DISPOSE = /\n\s*\/\*\*[^*]*\*\/\n\s*\[Symbol\.dispose\]\(\): void;/;

/** What classes have it of instead: Symbol.dispose is in none of TypeScript's default libraries, and JSR bars asking for one. */
const DISPOSING = `/** \`dispose()\`, for \`using\`, where the project's \`lib\` has Symbol.dispose. */
type Disposing = typeof Symbol extends { readonly dispose: infer Name extends symbol } ? Record<Name, () => void> : Record<never, never>;
`;

/** The text with `[Symbol.dispose]` declared for projects that know the name, and for the others not. */
function forEveryLibrary(text) {
  const disposing = statements(text).filter(({ text: whole }) => DISPOSE.test(whole));
  let mended = text;
  for (const { end, name, text: whole, exported } of disposing.toReversed()) {
    const also = `\n${exported ? "export " : "declare "}interface ${name} extends Disposing {}`;
    mended = mended.slice(0, end - whole.length) + whole.replace(DISPOSE, "") + also + mended.slice(end);
  }
  return disposing.length > 0 ? DISPOSING + mended : text;
}

/** `text` with the declarations that are `known` to the letter imported from the surface `from`. */
function importing(text, known, from) {
  const same = statements(text).filter(({ name, bare }) => name !== undefined && known.get(name) === bare);
  if (same.length === 0) return text;
  let rest = text;
  for (const { start, end } of same.toReversed()) rest = rest.slice(0, start) + rest.slice(end);
  const names = (list) => list.map(({ name }) => name).join(", ");
  const isValue = ({ bare }) => !/^(interface|type) /.test(bare);
  const shown = same.filter(({ exported }) => exported);
  const lines = [`import type { ${names(same)} } from "./${from}.js";`];
  for (const [keyword, list] of [
    ["export", shown.filter(isValue)],
    ["export type", shown.filter((one) => !isValue(one))],
  ]) {
    if (list.length > 0) lines.push(`${keyword} { ${names(list)} } from "./${from}.js";`);
  }
  return [...lines, rest.trimStart()].join("\n");
}

/** The top statements of a file of declarations: where each stands, what it declares, and its text but for `export`. */
function statements(text) {
  const file = ts.createSourceFile("surface.d.ts", text, ts.ScriptTarget.Latest, true);
  return file.statements.map((statement) => {
    const whole = statement.getText(file);
    return {
      start: statement.getFullStart(),
      end: statement.end,
      name: (statement.name ?? statement.declarationList?.declarations[0].name)?.getText(file),
      text: whole,
      exported: /^export\b/.test(whole),
      bare: whole.replace(/^export /, "").replace(/^declare /, ""),
    };
  });
}
