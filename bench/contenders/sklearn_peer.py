"""scikit-learn's MLPClassifier on the tasks of bench/accuracy.mjs, which come as JSON on stdin: data, split, layers
and all. Prints the held-out accuracies as JSON."""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import MinMaxScaler, StandardScaler

SCALERS = {"standard": StandardScaler, "minMax": MinMaxScaler}


def main():
    warnings.simplefilter("ignore", ConvergenceWarning)  # the number of epochs is part of the comparison
    asked = json.load(sys.stdin)
    accuracies = [measure(task, asked["seeds"]) for task in asked["tasks"]]
    print(json.dumps({"version": sklearn.__version__, "accuracies": accuracies}))


def measure(task, seeds):
    train, test = task["train"], task["test"]
    check_split(train, test)
    scaler = SCALERS[task["scaler"]]().fit(train["rows"])
    accuracies = []
    for seed in seeds:
        network = MLPClassifier(
            (task["hidden"],),
            activation=task["activation"],
            solver="adam",
            alpha=0,
            learning_rate_init=task["rate"],
            batch_size=task["batch"],
            max_iter=task["epochs"],
            n_iter_no_change=task["epochs"],
            random_state=seed,
        )
        network.fit(scaler.transform(train["rows"]), train["labels"])
        accuracies.append(network.score(scaler.transform(test["rows"]), test["labels"]))
    return accuracies


def check_split(train, test):
    """The library promises scikit-learn's splits."""
    places = [list(part["indices"].values()) for part in (train, test)]
    labels = np.empty(len(places[0]) + len(places[1]), dtype=object)
    for part, indices in zip((train, test), places):
        labels[indices] = part["labels"]
    theirs = train_test_split(np.arange(len(labels)), test_size=0.2, random_state=48, stratify=list(labels))
    assert places == [part.tolist() for part in theirs], "the split is not scikit-learn's"


if __name__ == "__main__":
    main()
