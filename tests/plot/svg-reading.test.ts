import { describe, expect, test } from "vitest";
import { expectSoundPicture, marked, pathPoints, readSvg, textBoxes } from "./svg-reading.ts";

// What the tests of every picture rest on: a picture that is not sound must be refused.

const ROOT =
  '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="200" height="100" viewBox="0 0 200 100">';
const text = (words: string, x = 20, y = 50, more = "") =>
  `<text x="${x}" y="${y}" font-size="10"${more}>${words}</text>`;
const picture = (...parts: string[]) => `${ROOT}<title>A title</title>${parts.join("")}</svg>`;

describe("a sound picture", () => {
  test("passes, with what it holds", () => {
    const svg = picture(
      '<g transform="translate(5 6)"><g transform="translate(10 20)">',
      text("A &amp; B"),
      "</g></g>",
      '<path d="M1,2L3.5,-4" data-run="a"/><rect id="r" x="-1" y="0" width="3" height="4"/><use href="#r"/>',
    );
    const elements = expectSoundPicture(svg);
    expect(elements.map(({ name }) => name)).toEqual([
      "svg",
      "title",
      "g",
      "g",
      "text",
      "path",
      "rect",
      "use",
    ]);
    expect([elements[4].text, elements[4].dx, elements[4].dy]).toEqual(["A & B", 15, 26]);
    expect([elements[5].dx, elements[5].dy]).toEqual([0, 0]);
    expect(pathPoints(elements[5].attributes.d)).toEqual([
      [1, 2],
      [3.5, -4],
    ]);
    expect(marked(elements, "data-run")).toEqual([elements[5]]);
    expect(marked(elements, "data-run", "b")).toEqual([]);
    const [box] = textBoxes(elements);
    expect([box.words, box.left, box.top, box.bottom]).toEqual(["A & B", 35, 68.5, 76.5]);
  });

  test("has its texts where their anchors say", () => {
    const boxes = ["start", "middle", "end"].map((anchor) => {
      const [box] = textBoxes(readSvg(picture(text("word", 100, 50, ` text-anchor="${anchor}"`))));
      return box;
    });
    const width = boxes[0].right - boxes[0].left;
    expect(width).toBeGreaterThan(10);
    expect(boxes.map(({ left }) => left)).toEqual([100, 100 - width / 2, 100 - width]);
    const turned =
      '<text transform="translate(50 60) rotate(-90)" font-size="10" text-anchor="middle">word</text>';
    expect(textBoxes(readSvg(picture(turned)))).toEqual([
      { words: "word", left: 45, right: 55, top: 60 - width / 2, bottom: 60 + width / 2 },
    ]);
  });
});

describe("is refused:", () => {
  test.each([
    ["a tag that is closed by another", picture("<g><path></g></path>"), "</g> closes <path>"],
    ["a tag that is closed twice", picture("</g>"), "</g> closes <svg>"],
    ["a tag that stays open", picture("<g>").replace("</svg>", "</g>"), /expected .* to deeply equal \[\]/],
    ["an attribute without quotes", picture("<g id=a></g>"), "no markup at"],
    ["an attribute twice", picture('<g id="a" id="b"></g>'), "id twice in <g>"],
    ["a bare &", picture(text("A & B")), "a bare & in A & B"],
    ["a script's bracket", picture(text("a < b")), "no markup at"],
    ["another root", picture().replaceAll("svg", "div"), /expected 'div' to be 'svg'/],
    ["another namespace", picture().replace("2000/svg", "1999/svg"), /1999\/svg/],
    ["no role", picture().replace(' role="img"', ""), /expected undefined to be 'img'/],
    ["two titles", picture("<title>Another</title>"), /length of 1 but got 2/],
    ["no title", picture().replace("<title>A title</title>", ""), /length of 1 but got \+?0/],
    ["a path that is not a number", picture('<path d="M1,NaN"/>'), /NaN/],
    ["an attribute that is undefined", picture('<g class="undefined"/>'), /undefined/],
    ["an object for a colour", picture('<g fill="[object Object]"/>'), /object/],
    ["a text that is no number", picture(text("NaN")), /expected true to be false/],
    ["an infinite label", picture(text("Infinity")), /expected true to be false/],
    ["one id for two", picture('<g id="a"/><g id="a"/>'), /expected 1 to be 2/],
    ["a position that is none", picture('<line x1="left"/>'), '<line> has x1="left"'],
    ["a position with an exponent", picture('<line y2="1e3"/>'), '<line> has y2="1e3"'],
    ["a negative length", picture('<rect width="-1"/>'), '<rect> has width="-1"'],
    ["a path of other letters", picture('<path d="M1,2X3"/>'), '<path> has d="M1,2X3"'],
    ["a use of nothing", picture('<use href="#nothing"/>'), '<use> has href="#nothing"'],
    ["a clip by nothing", picture('<g clip-path="url(#nothing)"/>'), '<g> has clip-path="url(#nothing)"'],
    ["a label beyond the left edge", picture(text("word", -1)), /"word" leaves the 200 × 100 picture/],
    ["a label beyond the right edge", picture(text("word", 190)), /"word" leaves/],
    ["a label beyond the top", picture(text("word", 20, 6)), /"word" leaves/],
    ["a label beyond the bottom", picture(text("word", 20, 101)), /"word" leaves/],
    [
      "a label that its group moves out",
      picture(`<g transform="translate(0 60)">${text("word")}</g>`),
      /"word" leaves/,
    ],
    ["two labels in one place", picture(text("other", 30), text("word")), /"word" and "other" overlap/],
  ])("%s", (_, svg, said) => {
    expect(() => expectSoundPicture(svg)).toThrow(said);
  });

  test("and labels that stand apart, or are hidden, are not", () => {
    expectSoundPicture(picture(text("word"), text("word", 20, 60), text("word", 120)));
    expectSoundPicture(picture(text("word"), text("word", 20, 50, ' aria-hidden="true"')));
  });
});
