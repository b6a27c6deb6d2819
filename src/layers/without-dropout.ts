/** What drops elements in training, known by its switch: the class itself would bring its masks into every page that predicts. */
interface Dropping {
  training: boolean;
}

function drops(layer: object): layer is Dropping {
  return "training" in layer && typeof layer.training === "boolean";
}

/** @internal Does `work` while none of the layers drops anything, and then leaves each as it was. */
export function withoutDropout<Result>(layers: readonly object[], work: () => Result): Result {
  const inTraining = layers.filter(drops).filter((layer) => layer.training);
  for (const layer of inTraining) layer.training = false;
  try {
    return work();
  } finally {
    for (const layer of inTraining) layer.training = true;
  }
}
