import { describe, expect, it } from "vitest";
import {
  dropout,
  type LayerSpec,
  linear,
  Network,
  type NetworkOptions,
  relu,
  sigmoid,
  tanh,
} from "../../src/index.ts";

const healthy = [linear(3), tanh(), linear(1), sigmoid()];

function network(layers: LayerSpec[] = healthy, options: NetworkOptions = {}) {
  return new Network(layers, { inputs: 2, seed: 1, ...options });
}

describe("summary", () => {
  it("counts layers the article's way and parameters by their shapes", () => {
    const { summary } = {
      summary: network([linear(3, "xavier"), sigmoid(), linear(1), sigmoid()]).summary(),
    };
    expect(summary).toBe(
      [
        "2-layer network from 2 inputs, 13 parameters",
        "layer                output  parameters",
        'linear(3, "xavier")  3 × m   9 = 3×2 + 3',
        "sigmoid()            3 × m   0",
        "linear(1)            1 × m   4 = 1×3 + 1",
        "sigmoid()            1 × m   0",
      ].join("\n"),
    );
  });

  it("counts all inputs, whatever layer comes first", () => {
    const lines = network([dropout(0.2), linear(1)])
      .summary()
      .split("\n");
    expect(lines[0]).toBe("1-layer network from 2 inputs, 3 parameters");
    expect(lines[2]).toMatch(/^dropout\(0\.2\) +2 × m +0$/);
  });

  it("says what is not known before the first fit", () => {
    expect(new Network([linear(3), relu()]).summary()).toMatch(
      /^1-layer network, its inputs are not known yet\n/,
    );
  });
});
