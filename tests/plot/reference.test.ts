// Each picture against a small image of it. Letters are left out, since fonts differ from machine to machine; their places
// are checked elsewhere. UPDATE_REFERENCES=1 writes the images anew: look at them before you commit them.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { SPECIMENS } from "./specimens.ts";

const { UPDATE_REFERENCES } = process.env;
const WIDTH = 320;
/** Renderers differ in how they soften edges; this much of a picture may. */
const TOLERANCE = 0.004;

function render(svg: string): PNG {
  const bare = svg.replace(/<text[^>]*>[^<]*<\/text>/g, "");
  try {
    const png = execFileSync(
      "rsvg-convert",
      ["--width", String(WIDTH), "--keep-aspect-ratio", "--background-color", "white"],
      {
        input: bare,
        maxBuffer: 1 << 26,
      },
    );
    return PNG.sync.read(png);
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
    throw new Error(
      "rsvg-convert is missing, which draws the pictures to compare. Install it: apt-get install librsvg2-bin (Debian, Ubuntu), brew install librsvg (macOS).",
    );
  }
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
