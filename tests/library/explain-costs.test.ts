import { describe, expect, it } from "vitest";
import { explain, type Step, toText } from "../../src/explain.ts";
import { linear, Network, sigmoid } from "../../src/index.ts";
import { evaluate } from "../support/evaluate.ts";

/** The step of the cost of one example with this label, where the sigmoid is given z. */
function stepOf(z: number, y: number): { step: Step; text: string } {
  const network = new Network([linear(1), sigmoid()], { inputs: 1, cost: "kerasLikeBce" });
  network.linears[0].params.W.data.set([0]);
  network.linears[0].params.b.data.set([z]);
  const explanation = explain(network, [[1]], [y]);
  const steps = explanation.steps.filter(({ phase }) => phase === "cost");
  return { step: steps[0], text: toText({ ...explanation, steps }).replace(/\s+/g, " ") };
}

describe("the cost as Keras computes it", () => {
  const held = (p: number) => Math.min(Math.max(p, 1e-7), 1 - 1e-7);
  const functions = { ln: Math.log, held };

  it.each([-800, -20, -1, 1, 16, 18, 20, 800])("in formulas whose numbers give their results, at %f", (z) => {
    for (const y of [0, 0.5, 1]) {
      const [cost, gradient] = stepOf(z, y).step.equations;
      expect(evaluate(cost.numbers, functions)).toBeCloseTo(cost.result[0][0], 8);
      expect(evaluate(gradient.numbers, functions)).toBeCloseTo(gradient.result[0][0], 15);
    }
  });

  it("with the output held where it is beyond the bounds", () => {
    const { text } = stepOf(800, 0);
    expect(text).toContain("where probabilities are held to [1e-7, 1 − 1e-7]");
    expect(text).toContain("= −(0 ⊙ ln(held(1)) + (1 − 0) ⊙ ln(1 − held(1))) = 16.118");
    expect(text).toContain("∂L/∂Z = (held(Ŷ) − Y) = (held(1) − 0) = 1.000");
    expect(text).toContain("Ŷ is held to a bound here");
    expect(stepOf(1, 0).text).not.toContain("held(");
  });

  it("with no word of Z, of which it is not computed", () => {
    for (const z of [1, 800]) {
      const { notes } = stepOf(z, 0).step;
      expect(notes.join(" ")).toContain("The cost is computed from Ŷ");
      expect(notes.join(" ")).not.toMatch(/Z still says|computed together with the last activation, from Z/);
    }
  });
});
