"""Prints, as JSON, how accurate scikit-learn's MLPClassifier is on the examples' data: the same networks, scaling,
optimizer and batch size as in examples/*.mjs (it has no dropout), learned from and tried on the very examples that
they are.

    node .tools/ready.mjs && /usr/bin/python3 bench/sklearn_baseline.py        (Debian: python3-sklearn)

The data and the splits come from the library itself by way of node: "plain", whose held-out fifth begins
RandomState(48).permutation(n), and "stratified", of the same seed. MLPClassifier depends on its random_state, so each
network is trained with several.
"""

import json
import pathlib
import subprocess
import time
import warnings

import numpy as np
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import MinMaxScaler, StandardScaler

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEEDS = range(5)
NETWORKS = {
    "digits": {"hidden": 256, "activation": "relu", "scaler": MinMaxScaler, "epochs": 30, "batch": 32, "rate": 0.002},
    "breastCancer": {"hidden": 16, "activation": "relu", "scaler": StandardScaler, "epochs": 60, "batch": 32, "rate": 0.002},
    "iris": {"hidden": 8, "activation": "tanh", "scaler": StandardScaler, "epochs": 100, "batch": 16, "rate": 0.01},
}
DATA = """
import { trainTestSplit } from "nothing-but-wasm";
import { breastCancer } from "./examples/data/breast-cancer.mjs";
import { digits } from "./examples/data/digits.mjs";
import { iris } from "./examples/data/iris.mjs";

const sets = Object.entries({ digits, breastCancer, iris }).map(([name, load]) => {
  const { features, labels } = load();
  const split = (stratify) => {
    const { train, test } = trainTestSplit(features, labels, { testShare: 0.2, stratify, seed: 48 });
    return { train: [...train.indices], test: [...test.indices] };
  };
  return [name, { features, labels, splits: { plain: split(false), stratified: split(true) } }];
});
console.log(JSON.stringify(Object.fromEntries(sets)));
"""


def main():
    warnings.simplefilter("ignore", ConvergenceWarning)  # the number of epochs is part of the comparison
    command = ["node", "--input-type=module", "--eval", DATA]
    data = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    results = {name: measure(data[name], **network) for name, network in NETWORKS.items()}
    print(json.dumps({"scikit-learn": sklearn.__version__, "seeds": list(SEEDS), "results": results}, indent=2))


def measure(data, hidden, activation, scaler, epochs, batch, rate):
    features, labels = np.array(data["features"]), np.array(data["labels"])
    result = {"hidden": hidden, "activation": activation, "epochs": epochs, "batch": batch, "rate": rate}
    for kind, split in data["splits"].items():
        train, test = split["train"], split["test"]
        check_split(labels, train, test, stratify=labels if kind == "stratified" else None)
        learned = scaler().fit(features[train])
        accuracies, times = [], []
        for seed in SEEDS:
            network = MLPClassifier(
                (hidden,),
                activation=activation,
                solver="adam",
                alpha=0,
                learning_rate_init=rate,
                batch_size=batch,
                max_iter=epochs,
                n_iter_no_change=epochs,
                random_state=seed,
            )
            start = time.perf_counter()
            network.fit(learned.transform(features[train]), labels[train])
            times.append(time.perf_counter() - start)
            accuracies.append(network.score(learned.transform(features[test]), labels[test]))
        result[kind] = {
            "heldOut": len(test),
            "accuracies": [round(accuracy, 4) for accuracy in accuracies],
            "mean": round(float(np.mean(accuracies)), 4),
            "seconds": round(float(np.median(times)), 2),
        }
    return result


def check_split(labels, train, test, stratify):
    """The library promises scikit-learn's splits, and so NumPy's permutation."""
    n = len(labels)
    theirs = train_test_split(np.arange(n), test_size=0.2, random_state=48, stratify=stratify)
    assert train == theirs[0].tolist() and test == theirs[1].tolist()
    if stratify is None:
        assert test + train == np.random.RandomState(48).permutation(n).tolist()


if __name__ == "__main__":
    main()
