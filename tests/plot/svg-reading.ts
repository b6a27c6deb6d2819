import { expect } from "vitest";
import { textWidth } from "../../src/plot/text.ts";

/** Attributes by name; those that the tests read often are spelled out. */
export interface Attributes extends Record<string, string> {
  class: string;
  d: string;
  height: string;
  id: string;
  role: string;
  transform: string;
  viewBox: string;
  width: string;
  x: string;
  xmlns: string;
  y: string;
}

export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Attributes>;
  /** The element's own characters, entities resolved. */
  text: string;
  /** How far its groups move it. */
  readonly dx: number;
  readonly dy: number;
}

export interface Box {
  readonly words: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
const plainText = (text: string) => text.replace(/&(lt|gt|quot|amp);/g, (entity) => ENTITIES[entity]);

/** Reads an SVG strictly: every tag closed in order, every attribute quoted, no stray markup. */
export function readSvg(svg: string): SvgElement[] {
  const tag = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  const all: SvgElement[] = [];
  const open: SvgElement[] = [];
  let at = 0;
  while (at < svg.length) {
    tag.lastIndex = at;
    const match = tag.exec(svg);
    if (match === null) throw new Error(`no markup at ${at}: ${svg.slice(at, at + 60)}`);
    at = tag.lastIndex;
    const [, close, name, attributeText, empty, characters] = match;
    if (characters !== undefined) {
      if (/&(?!(?:lt|gt|quot|amp);)/.test(characters)) throw new Error(`a bare & in ${characters}`);
      open.at(-1)!.text += plainText(characters);
    } else if (close) {
      const closed = open.pop();
      if (closed?.name !== name) throw new Error(`</${name}> closes <${closed?.name}>`);
    } else {
      const attributes = {} as Attributes;
      for (const [, key, value] of attributeText.matchAll(/([\w:-]+)="([^"]*)"/g)) {
        if (key in attributes) throw new Error(`${key} twice in <${name}>`);
        attributes[key] = plainText(value);
      }
      const parent = open.at(-1);
      const shift = name === "g" ? /^translate\((\S+) (\S+)\)$/.exec(attributes.transform ?? "") : null;
      const dx = (parent?.dx ?? 0) + (shift ? Number(shift[1]) : 0);
      const dy = (parent?.dy ?? 0) + (shift ? Number(shift[2]) : 0);
      const element = { name, attributes, text: "", dx, dy };
      all.push(element);
      if (!empty) open.push(element);
    }
  }
  expect(open).toEqual([]);
  return all;
}

/** The boxes of all visible texts, by the same measure that the pictures are laid out with. */
export function textBoxes(elements: readonly SvgElement[]): Box[] {
  return elements
    .filter(({ name, attributes }) => name === "text" && attributes["aria-hidden"] === undefined)
    .map(({ attributes, text, dx, dy }) => {
      const size = Number(attributes["font-size"]);
      const width = textWidth(text, size, attributes["font-weight"] !== undefined);
      const anchor = attributes["text-anchor"] ?? "start";
      const before = anchor === "middle" ? width / 2 : anchor === "end" ? width : 0;
      const turned = /^translate\((\S+) (\S+)\) rotate\(-90\)$/.exec(attributes.transform ?? "");
      if (turned) {
        const [x, y] = [Number(turned[1]) + dx, Number(turned[2]) + dy];
        return {
          words: text,
          left: x - size / 2,
          right: x + size / 2,
          top: y - width + before,
          bottom: y + before,
        };
      }
      const x = Number(attributes.x) + dx;
      const middle = Number(attributes.y) + dy - 0.35 * size;
      const half = 0.4 * size;
      return {
        words: text,
        left: x - before,
        right: x - before + width,
        top: middle - half,
        bottom: middle + half,
      };
    });
}

const POSITIONS = new Set(["x", "y", "x1", "y1", "x2", "y2", "cx", "cy"]);
const LENGTHS = new Set(["width", "height", "r", "rx", "stroke-width"]);

/** What every picture promises: sound markup, a title, only finite coordinates, labels inside and apart from each other. */
export function expectSoundPicture(svg: string): SvgElement[] {
  const elements = readSvg(svg);
  const [root] = elements;
  expect(root.name).toBe("svg");
  expect(root.attributes.xmlns).toBe("http://www.w3.org/2000/svg");
  expect(root.attributes.role).toBe("img");
  expect(elements.filter(({ name }) => name === "title")).toHaveLength(1);
  // Only in the markup: a title may say what it likes.
  expect(/="[^"]*(?:NaN|Infinity|undefined|null|\[object)[^"]*"/.exec(svg)?.[0]).toBeUndefined();
  expect(elements.some(({ name, text }) => name === "text" && /NaN|Infinity/.test(text))).toBe(false);
  const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  const refuse = (name: string, key: string, value: string) => {
    throw new Error(`<${name}> has ${key}="${value}"`);
  };
  for (const { name, attributes } of elements) {
    for (const [key, value] of Object.entries(attributes)) {
      if (POSITIONS.has(key) && !/^-?\d+(\.\d+)?$/.test(value)) refuse(name, key, value);
      if (LENGTHS.has(key) && !/^\d+(\.\d+)?$/.test(value)) refuse(name, key, value);
      if (key === "d" && !/^[MLHVCAQZmlhvcaqz\d.,\s-]+$/.test(value)) refuse(name, key, value);
      const reference = key === "href" ? value.slice(1) : /^url\(#(.*)\)$/.exec(value)?.[1];
      if (reference !== undefined && !ids.includes(reference)) refuse(name, key, value);
    }
  }
  expectTidyText(elements);
  return elements;
}

function expectTidyText(elements: readonly SvgElement[]): void {
  const [, , width, height] = elements[0].attributes.viewBox.split(" ").map(Number);
  const boxes = textBoxes(elements);
  for (const box of boxes) {
    const out = box.left < -0.5 || box.top < -0.5 || box.right > width + 0.5 || box.bottom > height + 0.5;
    if (out)
      throw new Error(`"${box.words}" leaves the ${width} × ${height} picture: ${JSON.stringify(box)}`);
  }
  const sorted = [...boxes].sort((a, b) => a.left - b.left);
  for (let i = 0; i < sorted.length; i++) {
    for (let j = i + 1; j < sorted.length && sorted[j].left < sorted[i].right - 0.5; j++) {
      const [a, b] = [sorted[i], sorted[j]];
      if (a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5) {
        throw new Error(`"${a.words}" and "${b.words}" overlap: ${JSON.stringify([a, b])}`);
      }
    }
  }
}

/** The points of a path made of straight lines. */
export function pathPoints(d: string): [number, number][] {
  return [...d.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

/** The elements that carry a data attribute. */
export function marked(elements: readonly SvgElement[], key: string, value?: string): SvgElement[] {
  return elements.filter(
    ({ attributes }) => attributes[key] !== undefined && (value === undefined || attributes[key] === value),
  );
}

/** From pixels back to features, by the frame's clip rectangle and the ranges that were asked for. */
export function toFeatures(elements: readonly SvgElement[], range: readonly [number, number]) {
  const clip = elements[elements.findIndex(({ name }) => name === "clipPath") + 1].attributes;
  const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(clip[key]));
  const length = range[1] - range[0];
  return ([px, py]: readonly [number, number]): [number, number] => [
    range[0] + ((px - x) / width) * length,
    range[1] - ((py - y) / height) * length,
  ];
}

/** The texts of a sound picture. */
export const wordsOf = (svg: string) => textBoxes(expectSoundPicture(svg)).map((box) => box.words);
