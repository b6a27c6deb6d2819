import type { LinearLayer } from "../../src/index.ts";

/** W and b of each linear layer, element by element. */
export const weightsOf = ({ linears }: { readonly linears: readonly LinearLayer[] }): number[][] =>
  linears.flatMap(({ params: { W, b } }) => [[...W.data], [...b.data]]);
