// The part of the family that `Network` trains: every layer, cost, optimizer, penalty and schedule, in both dtypes. It
// asks the library for the names of its layers, costs, optimizers and penalties, so that a new one has a constant to
// meet as soon as `npm run fingerprints` was run; schedules have no such list, and tests/library/family.test.ts says
// which of them is missing here.

/** 45 examples of 5 features in 3 classes, the labels one-hot: what every cost takes. */
function examples(nbw) {
  const random = new nbw.RandomState(11);
  const X = Array.from({ length: 45 }, () => Array.from({ length: 5 }, () => random.gauss()));
  const Y = X.map(([a, b, c]) => (a > 0.5 ? [0, 0, 1] : b * c > 0 ? [0, 1, 0] : [1, 0, 0]));
  return { X, Y };
}

/** What is trained, by name: the layers, the network's options and those of its run. */
function plans(nbw) {
  const { dropout, l1, l2, leakyRelu, linear, relu, sigmoid, softmax, tanh } = nbw;
  const plans = {};
  for (const kind of nbw.layerKinds) {
    if (kind === "linear") continue;
    plans[`layer ${kind}, inside`] = [[linear(7), nbw[kind](), linear(3)], { learningRate: 0.05 }];
    plans[`layer ${kind}, last`] = [[linear(7), tanh(), linear(3), nbw[kind]()], { cost: "squaredError" }];
  }
  plans["layer linear, each way of drawing weights"] = [
    [linear(6, "plain"), tanh(), linear(5, "xavier"), tanh(), linear(4, "he"), relu(), linear(3)],
    { learningRate: 0.05 },
  ];
  for (const cost of nbw.costNames) {
    const { labels } = new nbw.Network([linear(1), sigmoid()], { cost }).cost;
    plans[`cost ${cost}`] = [[linear(7), tanh(), linear(3), ...lastLayers(nbw, cost, labels)], { cost }];
  }
  plans["cost bce, weighed"] = [
    [linear(7), tanh(), linear(3), sigmoid()],
    { cost: "bce" },
    { exampleWeights: Array.from({ length: 45 }, (_, i) => (1 + (i % 4)) / 3) },
  ];
  const deep = [
    linear(9),
    relu(),
    dropout(0.2),
    linear(7),
    tanh(),
    linear(5),
    leakyRelu(),
    linear(3),
    softmax(),
  ];
  for (const optimizer of nbw.optimizerNames) {
    const options = { optimizer, clipNorm: 2, penalty: [l1(1e-3), l2(1e-3)], preprocess: "standard" };
    plans[`optimizer ${optimizer}, deep`] = [deep, options, { classWeights: "balanced", validation: 0.2 }];
  }
  for (const [name, penalty] of Object.entries(nbw.penalties)) {
    plans[`penalty ${name}`] = [[linear(7), tanh(), linear(3), sigmoid()], { penalty: penalty(0.01) }];
  }
  for (const [name, schedule] of Object.entries(schedules(nbw))) {
    const options = { optimizer: "momentum", learningRate: 0.5 };
    plans[`schedule ${name}`] = [[linear(7), tanh(), linear(3)], options, { schedule, validation: 0.2 }];
  }
  const small = [linear(4), tanh(), linear(3), sigmoid()];
  plans["batches of all, in order"] = [small, { preprocess: "minMax" }, { batchSize: "all", shuffle: false }];
  plans["batches of one"] = [small, {}, { batchSize: 1, epochs: 2 }];
  plans["a batch of one left over"] = [small, { optimizer: "adam" }, { batchSize: 11 }];
  plans["stopped early, the best weights back"] = [
    small,
    { optimizer: "adam", learningRate: 0.3 },
    { validation: 0.3, earlyStopping: 2, epochs: 60 },
  ];
  return plans;
}

/** What the cost looks at: any numbers, probabilities, or shares. Behind a sigmoid, bce is computed as stableBce is. */
function lastLayers({ sigmoid, softmax }, cost, labels) {
  if (labels === "any") return [];
  return [labels === "distribution" || cost === "bce" ? softmax() : sigmoid()];
}

/** One of each schedule. */
export function schedules({ cosineDecay, exponentialDecay, reduceOnPlateau, stepDecay, warmUp }) {
  return {
    stepDecay: stepDecay({ every: 2, factor: 0.3 }),
    exponentialDecay: exponentialDecay({ factor: 0.9 }),
    cosineDecay: cosineDecay({ epochs: 5, lowest: 0.01 }),
    warmUp: warmUp({ epochs: 2, after: cosineDecay({ epochs: 7 }) }),
    reduceOnPlateau: reduceOnPlateau({ patience: 0, factor: 0.5 }),
  };
}

/** The network of every plan in both dtypes, trained, by name. */
export function* trainedNetworks(nbw) {
  const { X, Y } = examples(nbw);
  for (const [name, [layers, options, run]] of Object.entries(plans(nbw))) {
    for (const dtype of ["float64", "float32"]) {
      const network = new nbw.Network(layers, { seed: 12, dtype, ...options });
      network.fitSync(X, Y, { epochs: 8, batchSize: 16, ...run });
      yield [`${name}, ${dtype}`, network];
    }
  }
}
