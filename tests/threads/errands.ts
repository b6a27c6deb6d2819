import { dropout, linear, type Network, RandomState, relu, sigmoid, softmax } from "../../src/index.ts";
import { bytesOf } from "./problems.ts";

// What the tests of trainInWorker train.

const random = new RandomState(1);
export const X = Array.from({ length: 120 }, () => Array.from({ length: 6 }, () => random.random() - 0.5));
export const binary = X.map((row) => (row[0] * row[1] > 0 ? 1 : 0));
export const classes = X.map((row) => (row[0] > 0.1 ? 2 : row[1] > 0 ? 1 : 0));

export type Layers = ConstructorParameters<typeof Network>[0];
export const binaryLayers: Layers = [linear(9), sigmoid(), linear(1), sigmoid()];
export const classLayers: Layers = [linear(16), relu(), dropout(0.3), linear(3), softmax()];

export function parametersOf({ linears }: Network): Uint8Array {
  return Buffer.concat(linears.flatMap(({ params }) => [bytesOf(params.W), bytesOf(params.b)]));
}
