// One file of declarations a surface, without relative imports but of each other: TypeScript wants those of sources to
// end in .js and Deno in .ts.
import { generateDtsBundle } from "dts-bundle-generator";
import ts from "typescript";

/**
 * The declarations of each surface, by its name. What the first surface exports is imported from it by the others: a
 * copy of a class with private members would be another type.
 */
export function declarationsOf(surfaces) {
  const [main, ...others] = generateDtsBundle(
    surfaces.map((name) => ({
      filePath: `src/${name}.ts`,
      output: { noBanner: true, exportReferencedTypes: false },
    })),
    { preferredConfigPath: ".tools/tsconfig.types.json" },
  );
  const exported = new Map(
    statements(main).flatMap(({ name, exported, bare }) => (exported ? [[name, bare]] : [])),
  );
  const texts = others.map((text) => importing(text, exported, surfaces[0]));
  return Object.fromEntries([main, ...texts].map((text, i) => [surfaces[i], forEveryLibrary(text)]));
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
  let rest = text;
  for (const { start, end } of same.toReversed()) rest = rest.slice(0, start) + rest.slice(end);
  const names = (list) => list.map(({ name }) => name).join(", ");
  const [shown, used] = [same.filter((one) => one.exported), same.filter((one) => !one.exported)];
  const lines = [];
  if (used.length > 0) lines.push(`import type { ${names(used)} } from "./${from}.js";`);
  if (shown.length > 0) {
    lines.push(`import type { ${names(shown)} } from "./${from}.js";`);
    lines.push(`export type { ${names(shown)} };`);
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
