export type { DecisionBoundaryOptions, ShadedBoundaryOptions } from "./plot/decision-boundary.ts";
export { plotDecisionBoundary, plotDecisionBoundaryShaded } from "./plot/decision-boundary.ts";
export type { FeatureCrosses } from "./plot/feature-plane.ts";
export type { Numbers, Table } from "./plot/input.ts";
export type { LearningCurveOptions, LearningRun } from "./plot/learning-curve.ts";
export { plotLearningCurve } from "./plot/learning-curve.ts";
export type { Model } from "./plot/model-survey.ts";
export type { PictureOptions } from "./plot/options.ts";
export type { Theme } from "./plot/theme.ts";
