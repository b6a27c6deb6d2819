import { mixColours } from "./colours.ts";

/** Which colours a picture wears: `"auto"` follows the reader's system through CSS `prefers-color-scheme`. */
export type Theme = "light" | "dark" | "auto";

export const THEMES: readonly Theme[] = ["light", "dark", "auto"];

type Pair = readonly [light: string, dark: string];

/** How many classes and how many series have a hue of their own before they repeat; series change their dashes sooner. */
export const CLASS_HUES = 6;
export const SERIES_HUES = 6;
/** The steps of the two colour ramps; the middle of the diverging one is neutral. */
export const RAMP_STEPS = 40;

const SURFACE: Pair = ["#ffffff", "#15181d"];

// The hues are near Okabe and Ito's, which people with the common colour blindnesses tell apart best, darkened on the light
// surface and lightened on the dark one until they stand out from it. Six are too many for hue alone: marks and dashes help.
const BLUE: Pair = ["#0072b2", "#56b4e9"];
const VERMILLION: Pair = ["#d55e00", "#ff8f45"];
const GREEN: Pair = ["#009e73", "#2ecc9f"];
const PURPLE: Pair = ["#b8578f", "#e59ac8"];
const ORANGE: Pair = ["#cf8f00", "#f0b429"];
const SKY: Pair = ["#2f97d6", "#8ad1ff"];

const ROLES: Record<string, Pair> = {
  surface: SURFACE,
  ink: ["#1b1f24", "#eceef1"],
  muted: ["#57606a", "#a8b0ba"],
  axis: ["#7d868f", "#78828e"],
  grid: ["#e4e7eb", "#2b3138"],
  faint: ["#b4bbc3", "#5a636f"],
  node: ["#f6f7f9", "#1f242b"],
  blue: BLUE,
  vermillion: VERMILLION,
  // What stands on a filled cell of either end of a ramp.
  onlight: ["#1b1f24", "#1b1f24"],
  ondark: ["#ffffff", "#ffffff"],
  onlightdark: ["#1b1f24", "#ffffff"],
  ondarklight: ["#ffffff", "#1b1f24"],
};
[BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY].forEach((pair, i) => {
  ROLES[`series${i}`] = pair;
});
// Class 0 and class 1 stand where the article has red and green.
[VERMILLION, GREEN, BLUE, PURPLE, ORANGE, SKY].forEach((pair, i) => {
  ROLES[`class${i}`] = pair;
});

/** One colour of a ramp given by stops at even distances. */
function rampColour(stops: readonly string[], t: number): string {
  const place = t * (stops.length - 1);
  const i = Math.min(Math.floor(place), stops.length - 2);
  return mixColours(stops[i], stops[i + 1], place - i);
}

const SEQUENTIAL: readonly [string[], string[]] = [
  ["#f5f9fc", "#c3dcee", "#7fb5da", "#2f83bb", "#005587", "#00304f"],
  ["#161c24", "#123a57", "#175f8e", "#3589c2", "#7dbbe6", "#d9eefc"],
];
const DIVERGING: readonly [string[], string[]] = [
  ["#004f80", "#2f83bb", "#94c3e0", "#f4f4f2", "#f3b583", "#dc7020", "#9a4000"],
  ["#8ccdf7", "#3f97d0", "#1c5580", "#22262c", "#81481c", "#d5762e", "#ffba85"],
];
for (let i = 0; i <= RAMP_STEPS; i++) {
  const t = i / RAMP_STEPS;
  ROLES[`sequential${i}`] = [rampColour(SEQUENTIAL[0], t), rampColour(SEQUENTIAL[1], t)];
  ROLES[`diverging${i}`] = [rampColour(DIVERGING[0], t), rampColour(DIVERGING[1], t)];
  const shade = (side: 0 | 1) =>
    rampColour(
      [0.42, 0.26, 0, 0.26, 0.42].map((strength, k) =>
        mixColours(SURFACE[side], (k < 2 ? VERMILLION : GREEN)[side], strength),
      ),
      t,
    );
  ROLES[`chance${i}`] = [shade(0), shade(1)];
}
for (let i = 0; i < CLASS_HUES; i++) {
  const pair = ROLES[`class${i}`];
  ROLES[`area${i}`] = [mixColours(SURFACE[0], pair[0], 0.28), mixColours(SURFACE[1], pair[1], 0.3)];
}

/** The hexadecimal colour that a role has in the light or the dark theme. */
export function roleColour(role: string, dark: boolean): string {
  return ROLES[role][dark ? 1 : 0];
}

/** The style rules for the roles that a picture uses: `f-role` fills and `s-role` strokes, all below one scope class. */
export function themeRules(classes: readonly string[], scope: string, theme: Theme): string {
  const rules = (dark: boolean) =>
    classes
      .map((name) => {
        const colour = roleColour(name.slice(2), dark);
        return `.${scope} .${name}{${name[0] === "f" ? "fill" : "stroke"}:${colour}}`;
      })
      .join("");
  if (theme === "light") return rules(false);
  if (theme === "dark") return rules(true);
  return `${rules(false)}@media (prefers-color-scheme:dark){${rules(true)}}`;
}

/**
 * The colours of an element's classes as attributes too, which rules outweigh: where a page's policy allows no `<style>`, an
 * inline picture would be black. Such a page shows an `"auto"` picture in its light colours.
 */
export function colourAttributes(classes: string, theme: Theme): string {
  return classes
    .split(" ")
    .map((name) => {
      if (!/^[fs]-/.test(name)) return "";
      return ` ${name[0] === "f" ? "fill" : "stroke"}="${roleColour(name.slice(2), theme === "dark")}"`;
    })
    .join("");
}
