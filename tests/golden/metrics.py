"""Writes metrics.json beside itself: what scikit-learn's metrics give for random and for awkward examples.

Run: python3 tests/golden/metrics.py
"""
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

warnings.simplefilter("ignore")  # figures of classes that were never predicted are 0, and scikit-learn says so
random = np.random.RandomState(11)


def of_classes(name, truth, predicted):
    truth, predicted = np.asarray(truth), np.asarray(predicted)
    case = {
        "name": name,
        "truth": truth.tolist(),
        "predicted": predicted.tolist(),
        "accuracy": m.accuracy_score(truth, predicted),
        "classes": np.unique(np.concatenate([truth, predicted])).tolist(),
        "confusion": m.confusion_matrix(truth, predicted).tolist(),
    }
    for average in ["macro", "micro", "weighted", None] + (["binary"] if set(case["classes"]) == {0, 1} else []):
        p, r, f, support = m.precision_recall_fscore_support(truth, predicted, average=average)
        figures = {"precision": p, "recall": r, "f1": f}
        if average is None:
            figures = {key: value.tolist() for key, value in figures.items()} | {"support": support.tolist()}
        case[average or "perClass"] = figures
    return case


classes = [
    of_classes("two classes", random.randint(0, 2, 50), random.randint(0, 2, 50)),
    of_classes("two classes, one never predicted", random.randint(0, 2, 20), np.zeros(20, int)),
    of_classes("three classes", random.randint(0, 3, 60), random.randint(0, 3, 60)),
    of_classes("a class that only the prediction has", random.randint(0, 3, 30), random.randint(0, 4, 30)),
    of_classes("ten classes, mostly right", *(lambda t: (t, np.where(random.rand(300) < 0.9, t, (t + 1) % 10)))(random.randint(0, 10, 300))),
    of_classes("words", random.choice(["b", "a", "C", "é"], 40), random.choice(["b", "a", "C"], 40)),
    of_classes("numbers out of order", random.choice([100, -3, 20], 30), random.choice([100, -3, 20], 30)),
]

areas = []
for name, truth, scores in [
    ("no ties", random.randint(0, 2, 40), random.rand(40)),
    ("many ties", random.randint(0, 2, 60), random.randint(0, 5, 60) / 4),
    ("all tied", [0, 1, 1, 0, 1], [0.5] * 5),
    ("perfect", [0, 0, 1, 1], [1, 2, 3, 4]),
    ("inverted", [0, 0, 1, 1], [4, 3, 2, 1]),
    ("one positive", [0] * 9 + [1], np.r_[np.arange(9), 4]),
]:
    areas.append(
        {
            "name": name,
            "truth": np.asarray(truth).tolist(),
            "scores": np.asarray(scores, float).tolist(),
            "area": m.roc_auc_score(truth, scores),
        }
    )
truth = random.randint(0, 4, 80)
scores = random.randint(1, 6, (80, 4)) + 2 * np.eye(4)[truth]
scores = scores / scores.sum(axis=1, keepdims=True)
several = {
    "truth": truth.tolist(),
    "scores": scores.tolist(),
    "area": m.roc_auc_score(truth, scores, multi_class="ovr", average="macro"),
}

numbers = []
for name, truth, predicted in [
    ("near", *(lambda t: (t, t + 0.1 * random.randn(50)))(random.randn(50))),
    ("worse than the mean", random.randn(30), 5 * random.randn(30)),
    ("far from zero", *(lambda t: (t, t + random.randn(40)))(1e6 + random.randn(40))),
    ("several outputs", *(lambda t: (t, t + 0.3 * random.randn(25, 3)))(random.randn(25, 3))),
    ("constant truth, no error", [2.0, 2.0, 2.0], [2.0, 2.0, 2.0]),
    ("constant truth, some error", [2.0, 2.0, 2.0], [2.0, 2.5, 2.0]),
]:
    numbers.append(
        {
            "name": name,
            "truth": np.asarray(truth).tolist(),
            "predicted": np.asarray(predicted).tolist(),
            "rSquared": m.r2_score(truth, predicted),
            "meanAbsoluteError": m.mean_absolute_error(truth, predicted),
        }
    )

versions = {"numpy": np.__version__, "scikit-learn": sklearn.__version__}
out = pathlib.Path(__file__).with_suffix(".json")
data = {"versions": versions, "classes": classes, "areas": areas, "several": several, "numbers": numbers}
out.write_text(json.dumps(data) + "\n")
