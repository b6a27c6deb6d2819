import { RandomState } from "../../src/index.ts";

const random = new RandomState(5);
/** 50 points; the label says whether their sum is positive. */
export const points = Array.from({ length: 50 }, () => [random.gauss(), random.gauss()]);
export const signs = points.map(([a, b]) => (a + b > 0 ? 1 : 0));
