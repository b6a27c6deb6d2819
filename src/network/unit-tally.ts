import type { Layer } from "../layers/layer.ts";
import { ReluLayer } from "../layers/relu-layer.ts";
import { SigmoidLayer } from "../layers/sigmoid-layer.ts";
import { TanhLayer } from "../layers/tanh-layer.ts";
import type { Graph } from "./graph.ts";
import type { Warning, WarningKind } from "./warnings.ts";

/** A sigmoid within this of 0 or 1, or a tanh within twice this of ±1, is saturated. */
const SATURATED = 0.01;
/** A unit that is saturated for this share of the examples counts as saturated. */
const SATURATED_SHARE = 0.95;

/** What may be wrong with the units of a kind of layer. */
interface Ailment {
  readonly kind: WarningKind;
  /** Whether an output shows it. */
  readonly holds: (output: number) => boolean;
  /** The share of the examples that must show it. */
  readonly least: number;
  readonly message: (share: string, place: number) => string;
}

const dead: Ailment = {
  kind: "deadUnits",
  holds: (output) => output <= 0,
  least: 1,
  message: (share, place) =>
    `${share} of the ReLU units of layer ${place} are 0 for every example and learn nothing. Lower the learning rate, scale the inputs, or take leakyRelu().`,
};

const saturated = (name: string, holds: (output: number) => boolean): Ailment => ({
  kind: "saturatedUnits",
  holds,
  least: SATURATED_SHARE,
  message: (share, place) =>
    `${share} of the ${name} units of layer ${place} are at an end of their range for nearly every example, where the gradient vanishes. Scale the inputs, draw smaller weights, or lower the learning rate.`,
});

const saturatedSigmoid = /* @__PURE__ */ saturated("sigmoid", (a) => a < SATURATED || a > 1 - SATURATED);
const saturatedTanh = /* @__PURE__ */ saturated("tanh", (a) => Math.abs(a) > 1 - 2 * SATURATED);

function ailmentOf(layer: Layer, isLast: boolean): Ailment | undefined {
  if (layer instanceof ReluLayer) return dead;
  // an output at the end of its range is what training wants
  if (isLast) return undefined;
  if (layer instanceof SigmoidLayer) return saturatedSigmoid;
  return layer instanceof TanhLayer ? saturatedTanh : undefined;
}

/** Looks for units that no example moves: ReLUs that are never above 0, sigmoids and tanhs at their ends. */
export class UnitTally {
  readonly #watched: {
    readonly layer: Layer;
    readonly place: number;
    readonly ailment: Ailment;
    /** How many examples showed it, unit by unit. */
    readonly counts: Float64Array;
  }[];
  #examples = 0;

  constructor(graph: Graph) {
    this.#watched = graph.layers.flatMap((layer, i) => {
      const ailment = ailmentOf(layer, layer === graph.last);
      if (ailment === undefined) return [];
      return [{ layer, place: i + 1, ailment, counts: new Float64Array(layer.output.rows) }];
    });
  }

  /** Counts the examples of the latest forward. */
  count(): void {
    for (const { layer, ailment, counts } of this.#watched) {
      const { data, rows, cols } = layer.output;
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < cols; j++) if (ailment.holds(data[i * cols + j])) counts[i]++;
      }
    }
    this.#examples += this.#watched[0]?.layer.output.cols ?? 0;
  }

  /** What the examples that were counted show. */
  warnings(): Warning[] {
    return this.#watched.flatMap(({ place, ailment, counts }) => {
      const units = counts.filter((count) => count >= ailment.least * this.#examples).length;
      if (units === 0) return [];
      const share = units / counts.length;
      const message = ailment.message(`${Math.round(share * 100)} %`, place);
      return [{ kind: ailment.kind, message, layer: place, share }];
    });
  }
}
