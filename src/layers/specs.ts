import { describe } from "../describe.ts";
import { ArgumentError } from "../errors.ts";
import { checkIniType, type IniType } from "../initializers.ts";
import type { DType } from "../kernels/dtype.ts";
import { checkSize, type Shape } from "../matrix-checks.ts";
import { checkName, checkOptions } from "../options.ts";
import type { RandomState } from "../random.ts";
import { ActivationLayer } from "./activation-layer.ts";
import { checkRate, DropoutLayer } from "./dropout-layer.ts";
import type { Layer } from "./layer.ts";
import { checkSlope, LeakyReluLayer } from "./leaky-relu-layer.ts";
import { LinearLayer } from "./linear-layer.ts";
import { ReluLayer } from "./relu-layer.ts";
import { SigmoidLayer } from "./sigmoid-layer.ts";
import { SoftmaxLayer } from "./softmax-layer.ts";
import { TanhLayer } from "./tanh-layer.ts";

/** A layer of a network before the sizes of its data are known: plain data, which goes into JSON as it is. */
export type LayerSpec =
  | {
      /** A `LinearLayer`. */
      readonly kind: "linear";
      /** How many neurons. */
      readonly nOut: number;
      /** How its first weights are drawn; when left out, "he" before a ReLU (leaky or not), else "xavier". */
      readonly iniType?: IniType | undefined;
    }
  | {
      /** The activation layer that has no options. */
      readonly kind: "sigmoid" | "tanh" | "relu" | "softmax";
    }
  | {
      /** A `LeakyReluLayer`. */
      readonly kind: "leakyRelu";
      /** What a negative Z is multiplied by. */
      readonly slope: number;
    }
  | {
      /** A `DropoutLayer`. */
      readonly kind: "dropout";
      /** The share of elements that is dropped. */
      readonly rate: number;
    };

/** The name of a kind of layer. */
export type LayerKind = LayerSpec["kind"];

/**
 * A linear layer of nOut neurons.
 * @param iniType how its first weights are drawn; when left out, "he" before a ReLU (leaky or not), else "xavier"
 * @throws ShapeError unless nOut is a positive whole number, ArgumentError for an unknown iniType
 * @example
 * new Network([linear(3, "xavier"), sigmoid(), linear(1), sigmoid()], { inputs: 2 }).linears.length;   // 2
 */
export function linear(nOut: number, iniType?: IniType): LayerSpec {
  checkSize(nOut, "the number of neurons");
  if (iniType === undefined) return { kind: "linear", nOut };
  if (typeof iniType === "object" && iniType !== null) {
    throw new ArgumentError(
      `linear takes the iniType itself, as in linear(3, "he"), not ${describe(iniType)}`,
    );
  }
  checkIniType(iniType);
  return { kind: "linear", nOut, iniType };
}

/**
 * A = 1 / (1 + e^−Z); see `SigmoidLayer`.
 * @example
 * new Network([linear(1), sigmoid()]).cost.name;   // "bce"
 */
export function sigmoid(): LayerSpec {
  return { kind: "sigmoid" };
}

/**
 * A = tanh Z; see `TanhLayer`.
 * @example
 * new Network([linear(8), tanh(), linear(1)]);
 */
export function tanh(): LayerSpec {
  return { kind: "tanh" };
}

/**
 * A = max(Z, 0); see `ReluLayer`.
 * @example
 * new Network([linear(16), relu(), linear(1)]);
 */
export function relu(): LayerSpec {
  return { kind: "relu" };
}

/**
 * A = Z where Z > 0, else slope · Z; see `LeakyReluLayer`.
 * @throws ArgumentError unless the slope is a number from 0 to 1
 * @example
 * new Network([linear(16), leakyRelu(0.1), linear(1)]);
 */
export function leakyRelu(slope = 0.01): LayerSpec {
  checkSlope(slope);
  return { kind: "leakyRelu", slope };
}

/**
 * Shares that sum to 1 in each example; see `SoftmaxLayer`.
 * @example
 * new Network([linear(3), softmax()]).cost.name;   // "softmaxCrossEntropy"
 */
export function softmax(): LayerSpec {
  return { kind: "softmax" };
}

/**
 * Drops the share `rate` of its inputs in training; see `DropoutLayer`.
 * @throws ArgumentError unless 0 ≤ rate < 1
 * @example
 * new Network([linear(16), relu(), dropout(0.2), linear(1)]);
 */
export function dropout(rate = 0.5): LayerSpec {
  checkRate(rate);
  return { kind: "dropout", rate };
}

/** @internal What a layer is made with beside its spec. */
export interface LayerPlace {
  /** [features, examples] of what comes in. */
  shape: Shape;
  dtype: DType;
  random: RandomState;
  /** Where first weights are drawn, if not from `random`. */
  weights?: RandomState;
  /** Whether anyone asks for the gradient of the layer's input. */
  inputGrad: boolean;
  /** The spec of the layer that follows. */
  next?: LayerSpec;
}

type Maker<Spec> = (spec: Spec, place: LayerPlace) => Layer;

const makers: { [Kind in LayerKind]: Maker<Extract<LayerSpec, { kind: Kind }>> } = {
  linear({ nOut, iniType }, { shape, dtype, random, weights = random, inputGrad, next }) {
    const rectified = next?.kind === "relu" || next?.kind === "leakyRelu";
    const drawn = iniType ?? (rectified ? "he" : "xavier");
    return new LinearLayer(shape, nOut, drawn, { dtype, random: weights, inputGrad });
  },
  sigmoid: (_, { shape, dtype }) => new SigmoidLayer(shape, { dtype }),
  tanh: (_, { shape, dtype }) => new TanhLayer(shape, { dtype }),
  relu: (_, { shape, dtype }) => new ReluLayer(shape, { dtype }),
  softmax: (_, { shape, dtype }) => new SoftmaxLayer(shape, { dtype }),
  leakyRelu: ({ slope }, { shape, dtype }) => new LeakyReluLayer(shape, { dtype, slope }),
  dropout: ({ rate }, { shape, dtype, random }) => new DropoutLayer(shape, rate, { dtype, random }),
};

/** What the spec of each kind holds beside the kind. */
const fields: Readonly<Record<LayerKind, readonly string[]>> = {
  linear: ["nOut", "iniType"],
  sigmoid: [],
  tanh: [],
  relu: [],
  softmax: [],
  leakyRelu: ["slope"],
  dropout: ["rate"],
};

/** The name of every kind of layer that a network can be made of. */
export const layerKinds = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(makers),
) as readonly LayerKind[];

/** @internal */
export function createLayer(spec: LayerSpec, place: LayerPlace): Layer {
  return (makers[spec.kind] as Maker<LayerSpec>)(spec, place);
}

/**
 * @internal
 * @throws ArgumentError or ShapeError unless `layers` is a list of specs
 */
export function checkSpecs(layers: unknown): readonly LayerSpec[] {
  if (!Array.isArray(layers) || layers.length === 0) {
    throw new ArgumentError(
      `a network takes a list of layers such as [linear(3), sigmoid()], not ${describe(layers)}`,
    );
  }
  return Array.from(layers, (spec, i) => {
    refuseLayer(spec, `layer ${i + 1}`);
    if (typeof spec === "function") {
      throw new ArgumentError(`layer ${i + 1} is a function; call it: ${spec.name}(…)`);
    }
    if (typeof spec !== "object" || spec === null) {
      throw new ArgumentError(
        `layer ${i + 1} must be made by linear(…), sigmoid() and so on, not ${describe(spec)}`,
      );
    }
    checkName(spec.kind, layerKinds, `the kind of layer ${i + 1}`);
    return remade(spec, `the ${spec.kind} of layer ${i + 1}`);
  });
}

/** @throws ArgumentError for a layer that was made already, or its class: a network makes its own, of the size of its data */
function refuseLayer(given: unknown, place: string): void {
  const isClass = typeof given === "function";
  const made: unknown = isClass ? given.prototype : given;
  const isLinear = made instanceof LinearLayer || made === LinearLayer.prototype;
  const title = isLinear ? "LinearLayer" : made instanceof ActivationLayer ? made.title : "";
  const kind = layerKinds.find((known) => `${known}Layer`.toLowerCase() === title.toLowerCase());
  if (kind === undefined) return;
  throw new ArgumentError(
    `${place} must be made for the network: ${isLinear ? "linear(3)" : `${kind}()`} where you wrote ${isClass ? title : `new ${title}(…)`}`,
  );
}

/** A spec as the function of its kind makes it, with all that it checks: specs are written by hand, too, and read from files. */
function remade(spec: LayerSpec, owner: string): LayerSpec {
  checkOptions(spec, ["kind", ...fields[spec.kind]], owner);
  if (spec.kind === "linear") return linear(spec.nOut, spec.iniType);
  if (spec.kind === "leakyRelu") return leakyRelu(spec.slope);
  return spec.kind === "dropout" ? dropout(spec.rate) : { kind: spec.kind };
}
