import { readdirSync, readFileSync } from "node:fs";

export const root = new URL("../../", import.meta.url);

/** The examples of one source file, each the code between @example and the end of its comment or the next tag. */
function examplesOf(source: string): string[] {
  return [...source.matchAll(/\/\*\*([\s\S]*?)\*\//g)].flatMap(([, comment]) =>
    comment
      .replace(/^\s*\* ?/gm, "")
      .split("@example\n")
      .slice(1)
      .map((example) => example.split(/^@/m)[0].trim()),
  );
}

/** Every source file of the library, by its path from the root. */
export const sources = (readdirSync(new URL("src/", root), { recursive: true }) as string[])
  .filter((file) => file.endsWith(".ts"))
  .sort()
  .map((file) => `src/${file.replaceAll("\\", "/")}`)
  .map((file) => ({ file, text: readFileSync(new URL(file, root), "utf8") }));

/** Those that have examples in their docstrings, with them. */
export const found = sources
  .map(({ file, text }) => ({ file, examples: examplesOf(text) }))
  .filter(({ examples }) => examples.length > 0);
