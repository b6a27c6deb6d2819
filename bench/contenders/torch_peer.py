"""PyTorch: torch.nn layers, autograd and torch.optim.SGD, on as many threads as OMP_NUM_THREADS says."""
import os

# Before what takes long to import.
from protocol import Kept, checksum, element_check, example_rows, numbers, repeated, serve, training_check, xavier

import numpy as np
import torch

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
DTYPES = {"float64": torch.float64, "float32": torch.float32}


def filled(rows, cols, dtype, seed):
    return torch.tensor(numbers(rows * cols, seed).reshape(rows, cols)).to(DTYPES[dtype])


def network(sizes, weights, dtype):
    layers = []
    for (k, n), W in zip(zip(sizes, sizes[1:]), weights):
        linear = torch.nn.Linear(k, n, dtype=DTYPES[dtype])
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(W))
            linear.bias.zero_()
        layers += [linear, torch.nn.Sigmoid()]
    net = torch.nn.Sequential(*layers)
    return net, torch.optim.SGD(net.parameters(), lr=0.1), net[0].weight.detach().numpy()


def biases_of(net):
    return [layer.bias.detach().numpy() for layer in net if isinstance(layer, torch.nn.Linear)]


def descend(net, optimizer, X, Y):
    """One step; gives the cost before it."""
    optimizer.zero_grad()
    cost = ((Y - net(X)) ** 2).sum() / (2 * len(X))
    cost.backward()
    optimizer.step()
    return cost


def train(workload):
    sizes, m, dtype = workload["sizes"], workload["batch"], workload["dtype"]
    X = filled(sizes[0], m, dtype, 1).T.contiguous()
    Y = (filled(sizes[-1], m, dtype, 2) > 0).to(DTYPES[dtype]).T.contiguous()
    weights = [(numbers(n * k, 11 + i) * (1 / np.sqrt(k))).reshape(n, k) for i, (k, n) in enumerate(zip(sizes, sizes[1:]))]
    net, optimizer, weight = network(sizes, weights, dtype)

    def step():
        return descend(net, optimizer, X, Y)

    run = repeated(step)
    return training_check(step, run, lambda: weight, lambda: biases_of(net)), run, weight.dtype


def fit(workload):
    sizes, count, size, dtype = (workload[key] for key in ("sizes", "examples", "batch", "dtype"))
    X = filled(sizes[0], count, dtype, 1).T.contiguous()
    Y = (filled(sizes[-1], count, dtype, 2) > 0).to(DTYPES[dtype]).T.contiguous()
    random = np.random.RandomState(48)
    net, optimizer, weight = network(sizes, xavier(random, sizes, dtype), dtype)

    def epoch():
        order = torch.from_numpy(random.permutation(count))
        total = 0
        for start in range(0, count, size):
            batch = order[start : start + size]
            total = total + descend(net, optimizer, X[batch], Y[batch]).detach() * len(batch)
        return total / count

    run = repeated(epoch)
    return training_check(epoch, run, lambda: weight, lambda: biases_of(net)), run, weight.dtype


def predict(workload):
    sizes, dtype = workload["sizes"], workload["dtype"]
    rows = example_rows(workload["examples"], sizes[0])
    net, _, weight = network(sizes, xavier(np.random.RandomState(48), sizes, dtype), dtype)

    def outputs():
        with torch.inference_mode():
            return net(torch.tensor(rows, dtype=DTYPES[dtype])).tolist()

    run = Kept(outputs)
    return element_check(run.result), run, weight.dtype


def product(workload):
    m, n, k, form, dtype = (workload[key] for key in ("m", "n", "k", "form", "dtype"))
    a = filled(k, m, dtype, 1).T if form == "TN" else filled(m, k, dtype, 1)
    b = filled(n, k, dtype, 2).T if form == "NT" else filled(k, n, dtype, 2)
    out = torch.empty((m, n), dtype=DTYPES[dtype])

    def run(iterations):
        for _ in range(iterations):
            torch.mm(a, b, out=out)

    run(1)
    return checksum(out.numpy()), run, out.numpy().dtype


def sigmoid(workload):
    Z = filled(1, workload["n"], workload["dtype"], 1) * 16
    out = torch.empty_like(Z)

    def run(iterations):
        for _ in range(iterations):
            torch.sigmoid(Z, out=out)

    run(1)
    return element_check(out.numpy()), run, out.numpy().dtype


serve({"train": train, "fit": fit, "predict": predict, "product": product, "sigmoid": sigmoid}, torch.__version__)
