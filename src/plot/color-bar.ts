import { makeAxis, TICK_SIZE } from "./axis.ts";
import { element, line, text } from "./svg.ts";
import { fitText, textWidth } from "./text.ts";
import { RAMP_STEPS } from "./theme.ts";

const BAR = 14;
const BEFORE = 14;
const LABEL_SIZE = 12;

export interface ColorBarSpec {
  readonly domain: readonly [number, number];
  readonly label: string;
  /** The roles of the bar's bands from the low end to the high one, each an equal part of the range. */
  readonly bands?: readonly string[];
  /** A whole ramp in place of bands. */
  readonly ramp?: "sequential" | "diverging";
  readonly kind?: "linear" | "integer";
  /** The height that the bar will have; it decides how many ticks there are, and so how wide it is. */
  readonly height: number;
}

export interface ColorBar {
  /** How much room it needs to the right of the data. */
  readonly width: number;
  draw(left: number, top: number, bottom: number): string;
}

/** A bar of colours with an axis, which says what the colours beside it mean. */
export function layoutColorBar(spec: ColorBarSpec): ColorBar {
  const roles = spec.bands ?? Array.from({ length: RAMP_STEPS + 1 }, (_, i) => `${spec.ramp}${i}`);
  const axisFor = (top: number, bottom: number) =>
    makeAxis({ kind: spec.kind ?? "linear", domain: spec.domain, pixels: [bottom, top], horizontal: false });
  const labels = axisFor(0, spec.height).ticks.map((tick) => textWidth(tick.label, TICK_SIZE));
  const labelsWidth = Math.max(...labels, 0);
  return {
    width: BEFORE + BAR + 8 + labelsWidth + (spec.label === "" ? 4 : LABEL_SIZE + 10),
    draw(left, top, bottom) {
      const x = left + BEFORE;
      const step = (bottom - top) / roles.length;
      const bands = roles.map((role, i) =>
        // Half a pixel of overlap, or renderers let the surface shine through between neighbours.
        element("rect", {
          class: `f-${role}`,
          x,
          y: bottom - (i + 1) * step,
          width: BAR,
          height: step + (i === 0 ? 0 : 0.5),
        }),
      );
      const axis = axisFor(top, bottom);
      const ticks = axis.ticks
        .filter((tick) => textWidth(tick.label, TICK_SIZE) <= labelsWidth + 0.01)
        .map((tick) => {
          const y = axis.at(tick.value);
          return (
            line(x + BAR, y, x + BAR + 4, y, "axis") + text(tick.label, x + BAR + 8, y, { role: "muted" })
          );
        });
      const outline = { class: "s-axis", x, y: top, width: BAR, height: bottom - top, fill: "none" };
      const words = fitText(spec.label, bottom - top, LABEL_SIZE);
      const labelX = x + BAR + 8 + labelsWidth + 6 + LABEL_SIZE / 2;
      const label = text(words, labelX, (top + bottom) / 2, {
        size: LABEL_SIZE,
        anchor: "middle",
        rotate: -90,
      });
      return [...bands, element("rect", outline), ...ticks, spec.label === "" ? "" : label].join("");
    },
  };
}
