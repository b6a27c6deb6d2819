import { escapeXml, FONT_STACK } from "./text.ts";
import { colourAttributes, type Theme, themeRules } from "./theme.ts";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A coordinate with two decimals: far below what the eye resolves, and the same text on every engine. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

/** One element. Numbers are rounded, text in attributes is escaped, undefined attributes are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  let tag = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    tag += ` ${key}="${typeof value === "number" ? coordinate(value) : escapeXml(value)}"`;
  }
  return children.length === 0 ? `${tag}/>` : `${tag}>${children.join("")}</${name}>`;
}

export interface TextStyle {
  readonly size?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  readonly role?: string;
  /** Degrees, clockwise, about the text's own place. */
  readonly rotate?: number;
  /** A stroke in the surface's colour beneath the letters, where they stand on lines. */
  readonly halo?: boolean;
}

/** How far below the middle of its letters a text's baseline lies, in font sizes. */
const MIDDLE = 0.35;

/** A line of text whose letters are centred on `y` vertically. */
export function text(content: string, x: number, y: number, style: TextStyle = {}): string {
  const { size = 12, anchor = "start", bold, role = "ink", rotate, halo } = style;
  const place =
    rotate === undefined
      ? { x, y: y + size * MIDDLE }
      : { transform: `translate(${coordinate(x)} ${coordinate(y)}) rotate(${rotate})`, y: size * MIDDLE };
  const common = {
    ...place,
    "font-size": size,
    "text-anchor": anchor === "start" ? undefined : anchor,
    "font-weight": bold ? 600 : undefined,
  };
  const letters = escapeXml(content);
  const front = element("text", { class: `f-${role}`, ...common }, letters);
  if (!halo) return front;
  // Two texts rather than paint-order, which some renderers ignore. The lower one is hidden from screen readers.
  const under = { class: "f-surface s-surface", ...common, "stroke-width": 4, "stroke-linejoin": "round" };
  return element("text", { ...under, "aria-hidden": "true" }, letters) + front;
}

/** A straight line. */
export function line(x1: number, y1: number, x2: number, y2: number, role: string, width = 1): string {
  return element("line", { class: `s-${role}`, x1, y1, x2, y2, "stroke-width": width });
}

/** FNV-1a over UTF-16 units: names a picture after what it shows, so that two in one page never share an id. */
function fingerprint(content: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < content.length; i++) hash = Math.imul(hash ^ content.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

export interface DocumentParts {
  readonly title: string;
  readonly description?: string;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  /** The stretch of the drawing that the picture shows scaled: its left, top, width and height. */
  readonly viewBox?: readonly [left: number, top: number, width: number, height: number];
}

/** Where a body wants the document's own id, so that its references (clip paths, markers) stay inside it. */
export const OWN_ID = "@@id@@";

/** A whole standalone SVG: sized, titled for screen readers, themed, and safe to inline beside others. */
export function svgDocument(parts: DocumentParts, body: string): string {
  const { title, description, width, height, theme } = parts;
  const viewBox = parts.viewBox ?? [0, 0, width, height];
  const id = `nbw-${fingerprint(`${title}\n${description}\n${width}x${height} ${theme}\n${body}`)}`;
  const classes = new Set<string>(["f-surface"]);
  for (const match of body.matchAll(/ class="([^"]*)"/g)) {
    for (const name of match[1].split(" ")) if (/^[fs]-/.test(name)) classes.add(name);
  }
  const [x, y, across, down] = viewBox;
  const ground = element("rect", { class: "f-surface", x, y, width: across, height: down });
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: id,
      width,
      height,
      viewBox: viewBox.map(coordinate).join(" "),
      role: "img",
      "aria-labelledby": `${id}-title`,
      "aria-describedby": description === undefined ? undefined : `${id}-desc`,
      "font-family": FONT_STACK,
    },
    element("title", { id: `${id}-title` }, escapeXml(title)),
    description === undefined ? "" : element("desc", { id: `${id}-desc` }, escapeXml(description)),
    element("style", {}, themeRules([...classes].sort(), id, theme)),
    (ground + body.replaceAll(OWN_ID, id)).replace(
      / class="([^"]*)"/g,
      (attribute, names: string) => attribute + colourAttributes(names, theme),
    ),
  );
}
