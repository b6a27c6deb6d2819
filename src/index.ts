export type { CostAndGradient } from "./costs/squared-error.ts";
export { computeCost, SquaredErrorCost } from "./costs/squared-error.ts";
export type { Category } from "./data/categories.ts";
export type { Cross, FeatureCrossesOptions } from "./data/feature-crosses.ts";
export { FeatureCrosses } from "./data/feature-crosses.ts";
export { LabelEncoder } from "./data/label-encoder.ts";
export type { MinMaxScalerOptions } from "./data/min-max-scaler.ts";
export { MinMaxScaler } from "./data/min-max-scaler.ts";
export type { OneHotEncoderOptions, UnknownCategories } from "./data/one-hot-encoder.ts";
export { OneHotEncoder } from "./data/one-hot-encoder.ts";
export type { AnyPreprocessor } from "./data/pipeline.ts";
export { Pipeline, preprocessorFromJSON } from "./data/pipeline.ts";
export type { Preprocessor, SavedPreprocessor } from "./data/preprocessor.ts";
export type { NumberUse } from "./data/record-columns.ts";
export type { ColumnUse, RecordEncoderOptions } from "./data/record-encoder.ts";
export { RecordEncoder } from "./data/record-encoder.ts";
export type { Rows } from "./data/rows.ts";
export { matrixFromRows, rowsFromMatrix } from "./data/rows.ts";
export { StandardScaler } from "./data/standard-scaler.ts";
export type { Split, SplitOptions, SplitPart } from "./data/train-test-split.ts";
export { trainTestSplit } from "./data/train-test-split.ts";
export {
  ArgumentError,
  DisposedError,
  DTypeError,
  HostError,
  NothingButWasmError,
  OrderError,
  OutOfMemoryError,
  ShapeError,
  UnknownCategoryError,
} from "./errors.ts";
export type { IniType, Parameters } from "./initializers.ts";
export { initializeParameters } from "./initializers.ts";
export type { DType, DTypeArray } from "./kernels/dtype.ts";
export { init } from "./kernels/runtime.ts";
export type { LinearLayerOptions } from "./layers/linear-layer.ts";
export { LinearLayer } from "./layers/linear-layer.ts";
export { SigmoidLayer } from "./layers/sigmoid-layer.ts";
export type { Shape } from "./matrix.ts";
export { Matrix } from "./matrix.ts";
export { accuracy } from "./metrics/accuracy.ts";
export type { MetricName } from "./metrics/by-name.ts";
export { measure } from "./metrics/by-name.ts";
export type { Classes } from "./metrics/classes.ts";
export { predictedClasses } from "./metrics/classes.ts";
export type { Confusion } from "./metrics/confusion-matrix.ts";
export { confusionMatrix } from "./metrics/confusion-matrix.ts";
export { meanAbsoluteError } from "./metrics/mean-absolute-error.ts";
export type { Outputs } from "./metrics/outputs.ts";
export type { Average, AverageOptions, ClassScores } from "./metrics/precision-recall.ts";
export { f1, perClass, precision, recall } from "./metrics/precision-recall.ts";
export { rSquared } from "./metrics/r-squared.ts";
export type { RocAucOptions } from "./metrics/roc-auc.ts";
export { rocAuc } from "./metrics/roc-auc.ts";
export type { Prediction } from "./predict.ts";
export { predict } from "./predict.ts";
export type { DotOptions } from "./products.ts";
export { dot, transpose } from "./products.ts";
export { permutation, RandomState, randn, seed } from "./random.ts";
