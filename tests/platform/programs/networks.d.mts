import type * as library from "../../../src/index.ts";

export function schedules(nbw: typeof library): Record<string, library.Schedule>;
export function trainedNetworks(nbw: typeof library): Iterable<[name: string, network: library.Network]>;
