"""Writes costs.json: the article's costs in NumPy, the others and every gradient in PyTorch. Run: python3 costs.py"""

import json
import pathlib

import numpy as np
import torch

np.random.seed(7)
n, m = 3, 37
Z = np.random.randn(n, m) * 4
P = 1 / (1 + np.exp(-Z))
Y = (np.random.rand(n, m) > 0.5).astype(float)
classes = np.random.randint(0, n, m)
oneHot = np.eye(n)[classes].T
target = np.random.randn(n, m) * 4
weights = np.random.rand(1, m) + 0.5


def numpy_stable(Z):
    cost = (1 / m) * np.sum(np.maximum(Z, 0) - Z * Y + np.log(1 + np.exp(-np.abs(Z))))
    return cost, (1 / m) * (1 / (1 + np.exp(-Z)) - Y)


def numpy_keras_like(P):
    held = np.clip(P, 1e-7, 1 - 1e-7)
    return numpy_stable(np.log(held / (1 - held)))


def numpy_bce():
    cost = (1 / m) * np.sum(-Y * np.log(P) - (1 - Y) * np.log(1 - P))
    return cost, (1 / m) * (-(Y / P) + (1 - Y) / (1 - P))


def torch_cost(values, cost):
    X = torch.tensor(values, requires_grad=True)
    total = cost(X)
    total.backward()
    return total.item(), X.grad.numpy()


tTarget, tOneHot, tW = torch.tensor(target), torch.tensor(oneHot), torch.tensor(weights)
f = torch.nn.functional
results = {
    "bce": (Y, P, numpy_bce()),
    "stableBce": (Y, Z, numpy_stable(Z)),
    "kerasLikeBce": (Y, P, numpy_keras_like(P)),
    "softmaxCrossEntropy": (oneHot, Z, torch_cost(Z, lambda X: f.cross_entropy(X.T, tOneHot.T))),
    "absoluteError": (target, Z, torch_cost(Z, lambda X: f.l1_loss(X, tTarget, reduction="sum") / m)),
    "huber": (target, Z, torch_cost(Z, lambda X: f.huber_loss(X, tTarget, reduction="sum", delta=0.8) / m)),
}
weighted = {
    "squaredError": (target, Z, torch_cost(Z, lambda X: (tW * (X - tTarget) ** 2).sum() / (2 * m))),
    "stableBce": (
        Y,
        Z,
        torch_cost(
            Z,
            lambda X: f.binary_cross_entropy_with_logits(X, torch.tensor(Y), weight=tW, reduction="sum") / m,
        ),
    ),
}


def listed(table):
    return {
        name: {"Y": y.tolist(), "YHat": x.tolist(), "cost": float(cost), "gradient": gradient.tolist()}
        for name, (y, x, (cost, gradient)) in table.items()
    }


golden = {"weights": weights.tolist(), "costs": listed(results), "weighted": listed(weighted)}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
