export { AbsoluteErrorCost, computeAbsoluteErrorCost } from "./costs/absolute-error.ts";
export { BceCost, computeBceCost } from "./costs/bce.ts";
export type { Cost, CostAndGradient, CostAndLogitGradient, LabelRange } from "./costs/cost.ts";
export type { CostName } from "./costs/costs.ts";
export { costNames } from "./costs/costs.ts";
export type { HuberCostOptions, HuberOptions } from "./costs/huber.ts";
export { computeHuberCost, HuberCost } from "./costs/huber.ts";
export { computeKerasLikeBceCost, KerasLikeBceCost } from "./costs/keras-like-bce.ts";
export type { Penalty } from "./costs/penalties.ts";
export { L1Penalty, L2Penalty, l1, l2, penalties } from "./costs/penalties.ts";
export { computeSoftmaxCrossEntropyCost, SoftmaxCrossEntropyCost } from "./costs/softmax-cross-entropy.ts";
export { computeCost, SquaredErrorCost } from "./costs/squared-error.ts";
export { computeStableBceCost, StableBceCost } from "./costs/stable-bce.ts";
export type { Category } from "./data/categories.ts";
export type { Inputs, Labels, NamedOrStep, Preprocess, PreprocessingStep } from "./data/example-reader.ts";
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
export type { DataRecord, NumberRows } from "./data/rows.ts";
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
  ThreadError,
  UnknownCategoryError,
} from "./errors.ts";
export type { Fingerprintable } from "./fingerprint.ts";
export { fingerprint } from "./fingerprint.ts";
export type { IniType, InitializeOptions, Parameters } from "./initializers.ts";
export { initializeParameters } from "./initializers.ts";
export type { DType, DTypeArray } from "./kernels/dtype.ts";
export { init } from "./kernels/runtime.ts";
export type { ActivationOptions } from "./layers/activation-layer.ts";
export { ActivationLayer } from "./layers/activation-layer.ts";
export type { DropoutOptions } from "./layers/dropout-layer.ts";
export { DropoutLayer } from "./layers/dropout-layer.ts";
export type { Layer, TrainableLayer } from "./layers/layer.ts";
export type { LeakyReluOptions } from "./layers/leaky-relu-layer.ts";
export { LeakyReluLayer } from "./layers/leaky-relu-layer.ts";
export type { LinearGradients, LinearLayerOptions } from "./layers/linear-layer.ts";
export { LinearLayer } from "./layers/linear-layer.ts";
export { ReluLayer } from "./layers/relu-layer.ts";
export { SigmoidLayer } from "./layers/sigmoid-layer.ts";
export { SoftmaxLayer } from "./layers/softmax-layer.ts";
export type { LayerKind, LayerSpec } from "./layers/specs.ts";
export { dropout, layerKinds, leakyRelu, linear, relu, sigmoid, softmax, tanh } from "./layers/specs.ts";
export { TanhLayer } from "./layers/tanh-layer.ts";
export type { TypedArray } from "./list.ts";
export { Matrix } from "./matrix.ts";
export type { Shape } from "./matrix-checks.ts";
export { accuracy } from "./metrics/accuracy.ts";
export type { MetricName } from "./metrics/by-name.ts";
export { measure, metricNames } from "./metrics/by-name.ts";
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
export type { Evaluation } from "./network/assessor.ts";
export type { AbortSignalLike, EarlyStopping, FitOptions, Validation } from "./network/fit-options.ts";
export type { ComparedGradient, GradientCheck } from "./network/gradient-check.ts";
export { gradientCheck } from "./network/gradient-check.ts";
export type { EndedHistory, EpochReport, StopReason } from "./network/history.ts";
export { History } from "./network/history.ts";
export { Network } from "./network/network.ts";
export type { Metric, Metrics, NetworkOptions } from "./network/network-options.ts";
export type { PlainCost, PlainPenalty } from "./network/plain-parts.ts";
export type { SavedNetwork } from "./network/saved.ts";
export type { Rows } from "./network/table.ts";
export type { OnWarning, Warning, WarningKind } from "./network/warnings.ts";
export type { AdamOptions } from "./optimizers/adam.ts";
export { Adam } from "./optimizers/adam.ts";
export type { AdamWOptions } from "./optimizers/adamw.ts";
export { AdamW } from "./optimizers/adamw.ts";
export { clipGradients } from "./optimizers/clipping.ts";
export type { GradientDescentOptions } from "./optimizers/gradient-descent.ts";
export { GradientDescent } from "./optimizers/gradient-descent.ts";
export type { MomentumOptions } from "./optimizers/momentum.ts";
export { Momentum } from "./optimizers/momentum.ts";
export { Nesterov } from "./optimizers/nesterov.ts";
export { Optimizer } from "./optimizers/optimizer.ts";
export type { OptimizerName, SavedOptimizer } from "./optimizers/optimizers.ts";
export { optimizerNames } from "./optimizers/optimizers.ts";
export type { RMSPropOptions } from "./optimizers/rms-prop.ts";
export { RMSProp } from "./optimizers/rms-prop.ts";
export type {
  CosineDecayOptions,
  ExponentialDecayOptions,
  ReduceOnPlateauOptions,
  Schedule,
  StepDecayOptions,
  WarmUpOptions,
} from "./optimizers/schedules.ts";
export { cosineDecay, exponentialDecay, reduceOnPlateau, stepDecay, warmUp } from "./optimizers/schedules.ts";
export type { Prediction } from "./predict.ts";
export { predict } from "./predict.ts";
export type { DotOptions } from "./products.ts";
export { dot, transpose } from "./products.ts";
export { permutation, RandomState, randn, seed } from "./random.ts";
export type { ThreadOptions } from "./threads.ts";
export { getThreads, setThreads } from "./threads.ts";
