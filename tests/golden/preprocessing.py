"""Writes preprocessing.json beside itself: what scikit-learn's scalers and train_test_split give.

Run: python3 tests/golden/preprocessing.py
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler

random = np.random.RandomState(7)
tables = {
    "gaussian": random.randn(40, 4) * [1, 10, 0.001, 1e6] + [0, 100, -3, 1e9],
    "one row": np.array([[3.5, -2.0, 0.0]]),
    "constant columns": np.array([[0.1, 7.0, 1.0], [0.1, 7.0, 2.0], [0.1, 7.0, 3.0]]),
    "nearly constant": 1e9 + np.array([[0.0], [1e-7], [0.0], [2e-7]]),
    "whole numbers": random.randint(-5, 17, size=(25, 3)).astype(float),
    "tiny widths": np.array([[0.0, 1e-16], [1e-15, 0.0], [5e-16, 3e-17]]),
}
scalers = []
for name, table in tables.items():
    later = table[: min(5, len(table))] * 1.5 + 0.25
    standard = StandardScaler().fit(table)
    unit = MinMaxScaler().fit(table)
    wide = MinMaxScaler((-1, 3)).fit(table)
    scalers.append(
        {
            "name": name,
            "rows": table.tolist(),
            "later": later.tolist(),
            "mean": standard.mean_.tolist(),
            "scale": standard.scale_.tolist(),
            "standard": standard.transform(table).tolist(),
            "standardLater": standard.transform(later).tolist(),
            "standardInverse": standard.inverse_transform(later).tolist(),
            "minMax": unit.transform(table).tolist(),
            "minMaxLater": unit.transform(later).tolist(),
            "minMaxInverse": unit.inverse_transform(later).tolist(),
            "minMaxWide": wide.transform(later).tolist(),
        }
    )

splits = []
for seed, n, share, kinds in [
    (48, 10, 0.2, 2),
    (48, 150, 0.2, 3),
    (0, 97, 0.25, 4),
    (1, 33, 1 / 3, 5),
    (2**32 - 1, 200, 0.5, 7),
    (5, 61, 0.9, 3),
]:
    labels = np.random.RandomState(n).randint(0, kinds, size=n)
    indices = np.arange(n)
    for stratify in (False, True):
        train, test = train_test_split(
            indices, test_size=share, random_state=seed, stratify=labels if stratify else None
        )
        splits.append(
            {
                "seed": seed,
                "testShare": share,
                "stratify": stratify,
                "labels": labels.tolist(),
                "train": train.tolist(),
                "test": test.tolist(),
            }
        )

versions = {"numpy": np.__version__, "scikit-learn": sklearn.__version__}
out = pathlib.Path(__file__).with_suffix(".json")
out.write_text(json.dumps({"versions": versions, "scalers": scalers, "splits": splits}) + "\n")
