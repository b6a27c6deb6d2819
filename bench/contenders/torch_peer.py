"""PyTorch: torch.nn layers, autograd and torch.optim.SGD, on as many threads as OMP_NUM_THREADS says."""
import os

import numpy as np
import torch

from protocol import checksum, element_check, numbers, serve, training_check

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
DTYPES = {"float64": torch.float64, "float32": torch.float32}


def filled(rows, cols, dtype, seed):
    return torch.tensor(numbers(rows * cols, seed).reshape(rows, cols)).to(DTYPES[dtype])


def train(workload):
    sizes, m, dtype = workload["sizes"], workload["batch"], workload["dtype"]
    X = filled(sizes[0], m, dtype, 1).T.contiguous()
    Y = (filled(sizes[-1], m, dtype, 2) > 0).to(DTYPES[dtype]).T.contiguous()
    layers = []
    for i, (k, n) in enumerate(zip(sizes, sizes[1:])):
        linear = torch.nn.Linear(k, n, dtype=DTYPES[dtype])
        with torch.no_grad():
            linear.weight.copy_(torch.tensor((numbers(n * k, 11 + i) * (1 / np.sqrt(k))).reshape(n, k)))
            linear.bias.zero_()
        layers += [linear, torch.nn.Sigmoid()]
    net = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)

    def step():
        optimizer.zero_grad()
        cost = ((Y - net(X)) ** 2).sum() / (2 * m)
        cost.backward()
        optimizer.step()
        return cost

    def run(iterations):
        for _ in range(iterations):
            step()

    weight = net[0].weight.detach().numpy()
    return training_check(step, run, lambda: weight), run, weight.dtype


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


serve({"train": train, "product": product, "sigmoid": sigmoid}, torch.__version__)
