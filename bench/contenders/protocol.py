"""The Python side of protocol.mjs: one JSON request a line in, one JSON answer a line out."""
import json
import signal
import sys
import time

# Ctrl-C is for the whole benchmark, which says so itself: no traceback of each that it stops, nor of one that still imports.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import numpy as np

# As in protocol.mjs.
STRIDE = 9973
WEIGHTS = 29


def numbers(count, seed=1):
    """The benchmark's own numbers: a 32-bit linear congruential generator in [-1/2, 1/2)."""
    values = np.empty(count)
    state = seed
    for i in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        values[i] = state / 2**32 - 0.5
    return values


def checksum(values):
    flat = np.asarray(values, dtype=np.float64).ravel()
    return [float(flat.sum()), float((flat * (np.arange(flat.size) % WEIGHTS + 1)).sum())]


def element_check(values):
    """What tells an activation's values from others: their sums, and some of them as they are."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    return [*checksum(flat), *flat[::STRIDE].tolist()]


def training_check(step, run, weights, biases):
    """As trainingCheck of protocol.mjs: eight of ten steps go through run, which is what is timed."""
    first = float(step())
    run(8)
    last = float(step())
    return [first, last, *checksum(weights()), *checksum(np.concatenate([b.ravel() for b in biases()]))]


def xavier(random, sizes, dtype):
    """First weights, layer by layer, as the library draws them."""
    return [(random.randn(n, k) / np.sqrt(k)).astype(dtype) for k, n in zip(sizes, sizes[1:])]


def example_rows(count, width):
    """As exampleRows of protocol.mjs."""
    return numbers(count * width).reshape(count, width).tolist()


def repeated(step):
    """A run of so many steps."""

    def run(iterations):
        for _ in range(iterations):
            step()

    return run


class Kept:
    """A run of work that gives its result, of which the last is kept: what is timed is what is checked."""

    def __init__(self, work):
        self.work = work
        self(1)

    def __call__(self, iterations):
        for _ in range(iterations):
            self.result = self.work()


def timed(run, milliseconds):
    iterations = 1
    while True:
        start = time.perf_counter_ns()
        run(iterations)
        took = time.perf_counter_ns() - start
        if took > milliseconds * 0.5e6:
            return {"iterations": iterations, "nanoseconds": took}
        aimed = iterations * milliseconds * 1e6 / max(took, 1000)
        iterations = max(iterations + 1, min(int(aimed) + 1, iterations * 100))


def serve(makers, about):
    """makers: by kind of workload, a function (workload) -> (check, run, dtype) or None; about: the version, which the
    first answer tells."""
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        if "prepare" in request:
            make = makers.get(request["prepare"]["kind"])
            made = make(request["prepare"]) if make else None
            if made is None:
                answer = {"unsupported": True}
            else:
                check, run, dtype = made
                answer = {"check": check, "dtype": str(dtype)}
        else:
            answer = timed(run, request["time"])
        if about:
            answer["about"], about = about, None
        print(json.dumps(answer), flush=True)
