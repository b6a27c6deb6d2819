import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../src/errors.ts";
import { roleColour } from "../../src/plot/theme.ts";
import * as plot from "../../src/plot.ts";
import { SPECIMENS } from "./specimens.ts";
import { expectSoundPicture } from "./svg-reading.ts";

test("every picture that there is has its specimen, and so its structure test and its reference images", () => {
  const pictures = Object.entries(plot).flatMap(([name, value]) =>
    typeof value === "function" ? [name] : [],
  );
  expect(Object.keys(SPECIMENS).sort()).toEqual(pictures.sort());
  const files = readdirSync(new URL("./reference/", import.meta.url)).sort();
  expect(files).toEqual(pictures.flatMap((name) => [`${name}-dark.png`, `${name}-light.png`]).sort());
});

describe.each(Object.entries(SPECIMENS))("%s", (name, draw) => {
  test("is sound markup with finite coordinates, its labels inside and apart", () => {
    expectSoundPicture(draw({}));
    expectSoundPicture(draw({ width: 900, height: 700 }));
  });

  test("keeps its labels inside and apart in the smallest picture", () => {
    expectSoundPicture(draw({ width: 240, height: 180 }));
  });

  test("is the same text each time", () => {
    expect(draw({})).toBe(draw({}));
  });

  test("has the asked size and title", () => {
    const [root, title] = expectSoundPicture(draw({ title: "A title", width: 500, height: 400 }));
    expect(root.attributes.width).toBe("500");
    expect(root.attributes.height).toBe("400");
    expect(title.text).toBe("A title");
  });

  test("escapes text", () => {
    const nasty = `<script>alert("1 & 2")</script>]]>\u0000`;
    const elements = expectSoundPicture(draw({ title: nasty, description: nasty }));
    expect(elements[1].text).toBe(nasty.replace("\u0000", "\ufffd"));
    expect(elements.some(({ name }) => name === "script")).toBe(false);
  });

  test("leaves an empty heading out but keeps a name for screen readers", () => {
    const elements = expectSoundPicture(draw({ title: "" }));
    expect(elements[1].text).not.toBe("");
  });

  test("shortens a title that has no room", () => {
    expectSoundPicture(draw({ title: "word ".repeat(80) }));
    expectSoundPicture(draw({ title: "W".repeat(300) }));
  });

  test("wears the light, the dark, or the reader's colours", () => {
    const [light, dark, auto] = (["light", "dark", "auto"] as const).map((theme) => draw({ theme }));
    expect(light).toContain("#ffffff");
    expect(light).not.toContain("prefers-color-scheme");
    expect(dark).toContain("#15181d");
    expect(dark).not.toContain("prefers-color-scheme");
    expect(auto).toContain("@media (prefers-color-scheme:dark)");
    expect(auto).toContain("#15181d");
    expect(light.length).toBeLessThan(auto.length);
    for (const svg of [light, dark, auto]) expectSoundPicture(svg);
  });

  test("has its colours without its styles, which a page's policy may forbid", () => {
    for (const theme of ["light", "dark", "auto"] as const) {
      let coloured = 0;
      for (const { attributes } of expectSoundPicture(draw({ theme }))) {
        for (const name of (attributes.class ?? "").split(" ")) {
          if (!/^[fs]-/.test(name)) continue;
          const paint = name.startsWith("f-") ? attributes.fill : attributes.stroke;
          expect(paint).toBe(roleColour(name.slice(2), theme === "dark"));
          coloured++;
        }
      }
      expect(coloured).toBeGreaterThan(20);
    }
  });

  test("shares no id or style with another picture in one page", () => {
    const ids = (svg: string) => [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    const [a, b] = [ids(draw({ title: "One" })), ids(draw({ title: "Two" }))];
    expect(a.filter((id) => b.includes(id))).toEqual([]);
    const [light, dark] = [ids(draw({ theme: "light" })), ids(draw({ theme: "dark" }))];
    expect(light.filter((id) => dark.includes(id))).toEqual([]);
    const rules = /<style>(.*)<\/style>/.exec(draw({}))![1].replace(/@media [^{]*\{/, "");
    for (const rule of rules.split("}").filter((text) => text !== "")) expect(rule).toMatch(/^\.nbw-/);
  });

  test("names the nearest option for one that does not exist", () => {
    const options = { titel: "x" } as object;
    expect(() => draw(options)).toThrow(ArgumentError);
    expect(() => draw(options)).toThrow(
      new RegExp(`^${name}: there is no option "titel". Did you mean "title"`),
    );
  });

  test.each([
    [{ width: 10 }, /width must be a number from 240 to 10000, got 10/],
    [{ height: Number.NaN }, /height must be a number from 180 to 10000, got NaN/],
    [{ theme: "blue" as "light" }, /theme must be one of light, dark, auto, got "blue"/],
    [{ title: 3 as unknown as string }, /title must be a string, got 3/],
  ])("refuses %o", (options, message) => {
    expect(() => draw(options)).toThrow(ArgumentError);
    expect(() => draw(options)).toThrow(message);
  });
});
