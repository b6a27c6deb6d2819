import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { explain, toText } from "../../src/explain.ts";
import { LinearLayer, Matrix, SigmoidLayer } from "../../src/index.ts";

it("the README's excerpt is what explain writes", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const excerpt = readme.match(/<!-- explain: the article's neuron -->\n```text\n([\s\S]*?)\n```/)?.[1];
  const Z1 = new LinearLayer([2, 1], 1);
  Z1.params.W.data.set([0.1, 0.6]);
  const [X, Y] = [Matrix.from([[0], [0]]), Matrix.from([[0]])];
  const text = toText(explain([Z1, new SigmoidLayer([1, 1])], X, Y, { learningRate: 1 }));
  expect(excerpt).toContain("only the bias b");
  expect(text).toContain(`\n${excerpt}\n`);
});
