// Each picture against a small image of it, by a renderer that is the same on every machine. Letters are left out, since
// fonts are not; their places are checked elsewhere. UPDATE_REFERENCES=1 writes the images anew: look at them before you commit them.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { SPECIMENS } from "./specimens.ts";

const { UPDATE_REFERENCES } = process.env;
const WIDTH = 320;
/** Coordinates have two decimals, which hosts may round apart; so much of a picture may differ at its edges. */
const TOLERANCE = 0.0005;

await initWasm(readFileSync(fileURLToPath(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"))));

function render(svg: string): PNG {
  const bare = svg.replace(/<text[^>]*>[^<]*<\/text>/g, "");
  const png = new Resvg(bare, { background: "white", fitTo: { mode: "width", value: WIDTH } })
    .render()
    .asPng();
  return PNG.sync.read(Buffer.from(png));
}

describe("looks like its reference image", { timeout: 60_000 }, () => {
  for (const [name, draw] of Object.entries(SPECIMENS)) {
    test.each(["light", "dark"] as const)(`${name}, %s`, (theme) => {
      const file = new URL(`./reference/${name}-${theme}.png`, import.meta.url);
      const actual = render(draw({ theme }));
      if (UPDATE_REFERENCES === "1") writeFileSync(file, PNG.sync.write(actual, { colorType: 2 }));
      if (!existsSync(file))
        throw new Error(`${file.pathname} is missing; run once with UPDATE_REFERENCES=1.`);
      const wanted = PNG.sync.read(readFileSync(file));
      expect([actual.width, actual.height]).toEqual([wanted.width, wanted.height]);
      const different = pixelmatch(wanted.data, actual.data, undefined, wanted.width, wanted.height, {
        threshold: 0.15,
      });
      expect(different / (wanted.width * wanted.height)).toBeLessThan(TOLERANCE);
    });
  }
});
