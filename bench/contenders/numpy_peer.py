"""NumPy, written as the article writes it."""
# Before what takes long to import.
from protocol import Kept, checksum, element_check, example_rows, numbers, repeated, serve, training_check, xavier

import numpy as np


def filled(rows, cols, dtype, seed):
    return numbers(rows * cols, seed).reshape(rows, cols).astype(dtype)


def forward(X, Ws, bs):
    As = [X]
    for W, b in zip(Ws, bs):
        Z = np.dot(W, As[-1]) + b
        As.append(1 / (1 + np.exp(-Z)))
    return As


def descend(X, Y, Ws, bs, rate):
    """One step of gradient descent; gives the cost before it."""
    m = X.shape[1]
    As = forward(X, Ws, bs)
    difference = Y - As[-1]
    cost = (1 / (2 * m)) * np.sum(np.square(difference))
    upstream = -1 / m * difference
    gradients = []
    for i in reversed(range(len(Ws))):
        A = As[i + 1]
        dZ = upstream * A * (1 - A)
        gradients.append((i, np.dot(dZ, As[i].T), np.sum(dZ, axis=1, keepdims=True)))
        if i > 0:
            upstream = np.dot(Ws[i].T, dZ)
    for i, dW, db in gradients:
        Ws[i] = Ws[i] - rate * dW
        bs[i] = bs[i] - rate * db
    return float(cost)


def train(workload):
    sizes, m, dtype = workload["sizes"], workload["batch"], workload["dtype"]
    X = filled(sizes[0], m, dtype, 1)
    Y = (filled(sizes[-1], m, dtype, 2) > 0).astype(dtype)
    Ws = [(numbers(n * k, 11 + i) * (1 / np.sqrt(k))).reshape(n, k).astype(dtype) for i, (k, n) in enumerate(zip(sizes, sizes[1:]))]
    bs = [np.zeros((n, 1), dtype) for n in sizes[1:]]
    rate = np.dtype(dtype).type(0.1)

    def step():
        return descend(X, Y, Ws, bs, rate)

    run = repeated(step)
    return training_check(step, run, lambda: Ws[0], lambda: bs), run, Ws[0].dtype


def fit(workload):
    """Examples lie in rows here, so that an order picks whole lines."""
    sizes, count, size, dtype = (workload[key] for key in ("sizes", "examples", "batch", "dtype"))
    X = np.ascontiguousarray(filled(sizes[0], count, dtype, 1).T)
    Y = np.ascontiguousarray((filled(sizes[-1], count, dtype, 2) > 0).astype(dtype).T)
    random = np.random.RandomState(48)
    Ws = xavier(random, sizes, dtype)
    bs = [np.zeros((n, 1), dtype) for n in sizes[1:]]
    rate = np.dtype(dtype).type(0.1)

    def epoch():
        order = random.permutation(count)
        total = 0
        for start in range(0, count, size):
            batch = order[start : start + size]
            total += descend(X[batch].T, Y[batch].T, Ws, bs, rate) * len(batch)
        return total / count

    run = repeated(epoch)
    return training_check(epoch, run, lambda: Ws[0], lambda: bs), run, Ws[0].dtype


def predict(workload):
    sizes, dtype = workload["sizes"], workload["dtype"]
    rows = example_rows(workload["examples"], sizes[0])
    Ws = xavier(np.random.RandomState(48), sizes, dtype)
    bs = [np.zeros((n, 1), dtype) for n in sizes[1:]]

    def outputs():
        return forward(np.array(rows, dtype).T, Ws, bs)[-1].T.tolist()

    run = Kept(outputs)
    return element_check(run.result), run, Ws[0].dtype


def product(workload):
    m, n, k, form, dtype = (workload[key] for key in ("m", "n", "k", "form", "dtype"))
    a = filled(k, m, dtype, 1).T if form == "TN" else filled(m, k, dtype, 1)
    b = filled(n, k, dtype, 2).T if form == "NT" else filled(k, n, dtype, 2)
    out = np.empty((m, n), dtype)

    def run(iterations):
        for _ in range(iterations):
            np.dot(a, b, out)

    run(1)
    return checksum(out), run, out.dtype


def sigmoid(workload):
    Z = filled(1, workload["n"], workload["dtype"], 1) * np.dtype(workload["dtype"]).type(16)
    run = Kept(lambda: 1 / (1 + np.exp(-Z)))
    return element_check(run.result), run, run.result.dtype


serve({"train": train, "fit": fit, "predict": predict, "product": product, "sigmoid": sigmoid}, np.__version__)
