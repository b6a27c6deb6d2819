// What `explain` and `describeGraph` are about: layers and matrices that fit, and what trains them.
import { SquaredErrorCost } from "../costs/squared-error.ts";
import type { Inputs, Labels } from "../data/example-reader.ts";
import type { Matrix } from "../matrix.ts";
import type { Network } from "../network/network.ts";
import { checkMatrices, readCost, readLayers } from "./input.ts";
import type { Cost, Layer, NetworkLike } from "./parts.ts";

/** What a network's step of training is made of, beside its layers and its cost. */
export type TrainingParts = Pick<ReturnType<Network["examples"]>, "graph" | "plan" | "settle">;

/** What an iteration is run on. */
export interface Subject {
  readonly layers: readonly Layer[];
  /** (features × m) as the first layer takes it. */
  readonly X: Matrix;
  /** Labels (outputs × m). */
  readonly Y: Matrix;
  readonly cost: Cost;
  /** Whether the cost is computed together with the last activation. */
  readonly joined: boolean;
  /** What is said to train the layers, if anything is. */
  readonly optimizer: NetworkLike["optimizer"];
  /** What really trains them: a `Network` has it, a list of layers has not. */
  readonly training?: TrainingParts;
  /** Leaves all as it was before, where nothing could be made of it. */
  undo(): void;
  /** Gives back the matrices that were made to hold the examples. */
  dispose(): void;
}

/** Checks layers, data and cost. */
export function readSubject(caller: string, given: unknown, X: unknown, Y: unknown, ownCost?: Cost): Subject {
  if (isNetwork(given)) return networkSubject(caller, given, X as Inputs, Y as Labels, ownCost);
  const alike = isNetworkLike(given) ? given : undefined;
  const layers = readLayers(caller, alike?.layers ?? given);
  const cost = ownCost === undefined ? (alike?.cost ?? new SquaredErrorCost()) : ownCost;
  const checked = checkMatrices(caller, layers, X as Matrix, Y as Matrix);
  const joined = readCost(caller, cost, layers);
  return { layers, ...checked, cost, joined, optimizer: alike?.optimizer, undo() {}, dispose() {} };
}

/** What `work` makes of a subject, whose matrices are given back; where it throws, all is as it was before. */
export function withSubject<Result>(subject: Subject, work: (subject: Subject) => Result): Result {
  try {
    return work(subject);
  } catch (error) {
    subject.undo();
    throw error;
  } finally {
    subject.dispose();
  }
}

/** A network brings its preprocessing, its dtype and all that its steps are made of. */
function networkSubject(caller: string, network: Network, X: Inputs, Y: Labels, ownCost?: Cost): Subject {
  const { graph, batches, plan, settle, undo } = network.examples(X, Y, `${caller}: `);
  try {
    const layers = readLayers(caller, graph.layers);
    const cost = ownCost === undefined ? network.cost : ownCost;
    const joined = readCost(caller, cost, layers);
    batches.load(0);
    return {
      layers,
      X: batches.X,
      Y: batches.Y,
      cost,
      joined,
      optimizer: network.optimizer,
      training: { graph, plan, settle },
      undo,
      dispose: () => batches.dispose(),
    };
  } catch (error) {
    batches.dispose();
    undo();
    throw error;
  }
}

/** By what it can do: the class itself would bring all of training into a page that explains two layers. */
function isNetwork(given: unknown): given is Network {
  return typeof given === "object" && given !== null && "examples" in given && "fitSync" in given;
}

function isNetworkLike(given: unknown): given is NetworkLike {
  return typeof given === "object" && given !== null && "layers" in given && Array.isArray(given.layers);
}
