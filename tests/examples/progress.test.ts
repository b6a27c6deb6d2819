import { expect, it } from "vitest";

const { progressBar } = await import(new URL("../../examples/progress.mjs", import.meta.url).href);

function written(isTTY: boolean): string[] {
  const lines: string[] = [];
  const update = progressBar(3, { isTTY, write: (text: string) => lines.push(text) });
  update(1, "cost 0.5");
  update(3);
  return lines;
}

it("draws a bar on a terminal, and ends the line with the last step", () => {
  expect(written(true)).toEqual([
    `\r${"█".repeat(10)}${"░".repeat(20)} 1/3 cost 0.5\x1b[K`,
    `\r${"█".repeat(30)} 3/3 \x1b[K\n`,
  ]);
});

it("writes nothing where there is no terminal", () => {
  expect(written(false)).toEqual([]);
});
