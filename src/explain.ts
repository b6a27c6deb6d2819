export type { DescribeGraphOptions } from "./explain/describe-graph.ts";
export { describeGraph } from "./explain/describe-graph.ts";
export type { ExplainOptions } from "./explain/explain.ts";
export { explain } from "./explain/explain.ts";
export type {
  Equation,
  EquationRole,
  Explanation,
  Group,
  Phase,
  Rows,
  Step,
  Term,
  Writing,
} from "./explain/explanation.ts";
export type { Cost as ExplainedCost, Layer as ExplainedLayer, NetworkLike } from "./explain/parts.ts";
export { toMarkdown } from "./explain/to-markdown.ts";
export { toText } from "./explain/to-text.ts";
