import type * as library from "../../../src/index.ts";

export function trainXor(nbw: typeof library): library.LinearLayer[];
export function family(nbw: typeof library): Record<string, string>;
