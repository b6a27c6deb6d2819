"""Writes the JSON files beside it: NumPy's own numbers, which the tests hold the library to.

    /usr/bin/python3 tests/golden/write_goldens.py        (Debian: python3-numpy, python3-mpmath)

The networks are the article's code, word for word where it matters: np.dot, + b, 1 / (1 + np.exp(-Z)),
(1 / (2 * m)) * np.sum(np.square(Y - Y_hat)), np.sum(dZ, axis=1, keepdims=True). Inputs are not stored: they come
from seeds, by operations that are exact in both languages.
"""

import json
import pathlib
import subprocess

import mpmath
import numpy as np

HERE = pathlib.Path(__file__).parent
DTYPES = {"float64": np.float64, "float32": np.float32}


def write(name, content):
    text = json.dumps(content, separators=(",", ":")).replace(']},{"', ']},\n{"')
    (HERE / name).write_text(text + "\n")
    print(f"{name}: {len(text)} bytes")


def number(value):
    """The shortest text that reads back as the very value, in its own dtype."""
    return float(f"{value:.9g}") if isinstance(value, np.float32) else float(value)


# ---------------------------------------------------------------------------------------------- random numbers


def random_goldens():
    cases = []
    for seed in [0, 1, 2, 42, 48, 12345, 2**31, 2**32 - 1]:
        r = np.random.RandomState(seed)
        case = {"seed": seed, "randn": r.randn(3, 5).ravel().tolist()}  # odd, so that a Gaussian waits
        case["permutation"] = r.permutation(10).tolist()
        case["more"] = r.randn(2).tolist()  # the waiting one comes first
        case["sample"] = r.random_sample(8).tolist()
        case["large"] = r.permutation(1000)[::100].tolist()
        case["uint32"] = np.random.RandomState(seed).randint(0, 2**32, size=5, dtype=np.uint32).tolist()
        cases.append(case)
    draws = np.random.RandomState(48).randn(1_000_000)
    write(
        "random.json",
        {
            "cases": cases,
            "million": {
                "seed": 48,
                "everyThousandth": draws[::1000].tolist(),
            },
        },
    )
    print_randn_share(draws)


def print_randn_share(draws):
    """How many of the draws the built library makes with NumPy's very bits."""
    program = f"""
        import {{ RandomState }} from "{HERE.parents[1] / "dist" / "index.js"}";
        const random = new RandomState(48);
        const draws = Float64Array.from({{ length: {len(draws)} }}, () => random.gauss());
        process.stdout.write(Buffer.from(draws.buffer));
    """
    run = subprocess.run(["node", "--input-type=module", "-e", program], stdout=subprocess.PIPE, check=True)
    ours = np.frombuffer(run.stdout, np.float64)
    ulps = np.abs(ours.view(np.int64) - draws.view(np.int64))
    print(f"randn: {np.mean(ulps == 0):.4%} of {len(draws)} draws are NumPy's to the bit, the rest differ by at most {ulps.max()} ulp")


# --------------------------------------------------------------------------------------------------- networks


class Network:
    """Linear and sigmoid nodes by turns, as the article chains them."""

    def __init__(self, sizes, dtype, seed, ini_type):
        r = np.random.RandomState(seed)
        scale = {
            "plain": lambda w, n_in: w * 0.01,
            "xavier": lambda w, n_in: w / np.sqrt(n_in),
            "he": lambda w, n_in: w * np.sqrt(2 / n_in),
        }[ini_type]
        self.W = [scale(r.randn(o, i), i).astype(dtype) for i, o in zip(sizes, sizes[1:])]
        self.b = [np.zeros((o, 1), dtype) for o in sizes[1:]]

    def iterate(self, X, Y):
        """Forward, cost and backward; every result by name, numbered by layer from 1."""
        m = Y.shape[1]
        values = {}
        A = X
        inputs, outputs = [], []
        for l, (W, b) in enumerate(zip(self.W, self.b), 1):
            inputs.append(A)
            values[f"Z{l}"] = Z = np.dot(W, A) + b
            values[f"A{l}"] = A = 1 / (1 + np.exp(-Z))
            outputs.append(A)
        values["cost"] = (1 / (2 * m)) * np.sum(np.square(Y - A))
        values["dYHat"] = upstream = -1 / m * (Y - A)
        for l in range(len(self.W), 0, -1):
            A = outputs[l - 1]
            values[f"dZ{l}"] = dZ = upstream * A * (1 - A)
            values[f"dW{l}"] = np.dot(dZ, inputs[l - 1].T)
            values[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True)
            values[f"dAPrev{l}"] = upstream = np.dot(self.W[l - 1].T, dZ)
        return values

    def update(self, values, rate):
        for l in range(1, len(self.W) + 1):
            self.W[l - 1] = self.W[l - 1] - rate * values[f"dW{l}"]
            self.b[l - 1] = self.b[l - 1] - rate * values[f"db{l}"]


def problem(sizes, m, dtype, seed):
    """Inputs in [-1, 1) and labels 0 or 1."""
    r = np.random.RandomState(seed)
    X = r.random_sample((sizes[0], m)) * 2 - 1
    Y = (r.random_sample((sizes[-1], m)) > 0.5).astype(np.float64)
    return X.astype(dtype), Y.astype(dtype)


def digest(array):
    """A small array whole; of a large one about 24 elements, and what all of them add up to."""
    if np.ndim(array) == 0:
        return float(array)
    flat = array.ravel()
    every = 1 if flat.size <= 40 else (flat.size // 24) | 1
    exact = flat.astype(np.float64)
    return [
        list(array.shape),
        every,
        [number(v) for v in flat[::every]],
        float(np.sum(exact)),
        float(np.sum(np.abs(exact))),
    ]


def gradient_goldens():
    shapes = [
        ([2, 1], 1, "plain"), ([1, 1], 2, "he"), ([2, 1], 4, "plain"), ([5, 3], 7, "xavier"), ([4, 3], 150, "xavier"),
        ([2, 3, 1], 4, "xavier"), ([3, 7, 2], 7, "he"), ([9, 5, 1], 1, "he"), ([4, 16, 3], 150, "xavier"),
        ([2, 5, 3, 1], 4, "xavier"), ([6, 13, 11, 3], 7, "xavier"), ([5, 8, 6, 2], 2, "he"), ([17, 33, 9, 5], 150, "he"),
    ]  # fmt: skip
    cases = []
    for dtype in DTYPES:
        for seed, (sizes, m, ini_type) in enumerate(shapes, 100):
            X, Y = problem(sizes, m, DTYPES[dtype], seed + 1000)
            net = Network(sizes, DTYPES[dtype], seed, ini_type)
            iterations = []
            for _ in range(2):
                values = net.iterate(X, Y)
                iterations.append({name: digest(v) for name, v in values.items()})
                assert all(np.asarray(v).dtype == DTYPES[dtype] for n, v in values.items() if n != "cost")
                net.update(values, 1.0)
            cases.append(
                {"dtype": dtype, "sizes": sizes, "m": m, "seed": seed, "iniType": ini_type, "iterations": iterations}
            )
    write("gradients.json", cases)


# ------------------------------------------------------------------------------------------------ trajectories

GRID = np.array([[0, 0, 1, 1], [0, 1, 0, 1]], np.float64)
XOR = np.array([[0, 1, 1, 0]], np.float64)
OR = np.array([[0, 1, 1, 1]], np.float64)


def train(net, X, Y, epochs, every=100):
    costs = []
    for epoch in range(epochs):
        values = net.iterate(X, Y)
        if epoch % every == 0:
            costs.append(float(values["cost"]))
        net.update(values, 1.0)
    costs.append(float(net.iterate(X, Y)["cost"]))
    return costs


def neuron(weights):
    net = Network([len(weights), 1], np.float64, 0, "plain")
    net.W[0] = np.array([weights], np.float64)
    return net


def trajectory_goldens():
    cross = np.vstack([GRID, GRID[:1] * GRID[1:]])
    feature_cross = neuron([0.1, 0.6, 0.2])
    first = {name: np.ravel(v).tolist() for name, v in feature_cross.iterate(cross, XOR).items()}
    content = {
        "xor_2_3_1": train(Network([2, 3, 1], np.float64, 48, "xavier"), GRID, XOR, 5000),
        "xor_2_5_3_1": train(Network([2, 5, 3, 1], np.float64, 48, "xavier"), GRID, XOR, 5000),
        "or": train(neuron([0.1, 0.6]), GRID, OR, 5000),
        "featureCross": train(feature_cross, cross, XOR, 5000),
        "featureCrossFirst": first,
    }

    # Mini-batches of 32 of 150 examples in an order drawn anew each epoch; the last batch has 22.
    X, _ = problem([4, 16, 3], 150, np.float64, 7)
    Y = (X[:3] + X[3] > 0).astype(np.float64)
    net = Network([4, 16, 3], np.float64, 48, "xavier")
    order = np.random.RandomState(1)
    costs = []
    for _ in range(60):
        shuffled = order.permutation(150)
        for start in range(0, 150, 32):
            batch = shuffled[start : start + 32]
            net.update(net.iterate(X[:, batch], Y[:, batch]), 0.5)
        costs.append(float(net.iterate(X, Y)["cost"]))
    content["miniBatches_4_16_3"] = costs
    write("trajectories.json", content)


# -------------------------------------------------------------------------------------------------------- sums


def sum_goldens():
    # NumPy 1.24 and 2.2 cut longer rows into buffers of 8192 and add up the sums of those. NumPy 2.4 sums a row as one
    # tree, as the library does; a larger buffer makes the others agree.
    np.setbufsize(2**20)
    lengths = [*range(1, 301), 511, 512, 513, 1000, 1023, 1025, 4096, 9999, 65537, 200001]
    content = {"seed": 5, "lengths": lengths}
    for dtype in DTYPES:
        r = np.random.RandomState(content["seed"])
        sums = []
        for n in lengths:
            # Three rows of very different magnitudes, so that the order of the additions shows.
            rows = (r.random_sample((3, n)) - 0.5) * np.array([[1.0], [2.0**20], [2.0**-20]])
            sums.append([number(s) for s in np.sum(rows.astype(DTYPES[dtype]), axis=1, keepdims=True).ravel()])
        content[dtype] = sums
    content["costShapes"] = [[1, 1], [1, 7], [3, 50], [7, 100], [2, 3000], [5, 20001]]
    for dtype, T in DTYPES.items():
        r = np.random.RandomState(6)
        costs = []
        for n, m in content["costShapes"]:
            Y, Y_hat = r.random_sample((n, m)).astype(T), r.random_sample((n, m)).astype(T)
            costs.append(float((1 / (2 * m)) * np.sum(np.square(Y - Y_hat))))
        content[f"costs_{dtype}"] = costs
    write("sums.json", content)


# --------------------------------------------------------------------------------------------------------- exp


def exp_goldens():
    """e^x as high + low, high the nearest double and low what it misses, from 200 bits; scaled by 2^-scale where the
    result is subnormal."""
    mpmath.mp.prec = 200
    r = np.random.RandomState(3)
    points = [0.0, 1.0, -1.0, 0.5, 709.782712893384, -708.3964185322641, -745.1332191019411, -744.4400719213812]
    points += [1e-300, -1e-17, 2.0**-53, 0.34657359027997264, 0.34657359027997270, -0.3465735902799727]
    points += ((r.random_sample(150) * 2 - 1) * 708).tolist()
    points += ((r.random_sample(100) * 2 - 1) * 2).tolist()
    points += (-708 - r.random_sample(40) * 37).tolist()
    rows = []
    for x in points:
        exact = mpmath.exp(mpmath.mpf(x))
        n = int(mpmath.nint(mpmath.mpf(x) / mpmath.log(2)))
        mantissa = mpmath.ldexp(exact, -n)
        high = float(mantissa)
        rows.append([x, n, high, float(mantissa - mpmath.mpf(high))])
    write("exp.json", {"columns": ["x", "n", "high", "low"], "rows": rows})


def main():
    print("NumPy", np.__version__, "mpmath", mpmath.__version__)
    random_goldens()
    gradient_goldens()
    trajectory_goldens()
    sum_goldens()
    exp_goldens()


if __name__ == "__main__":
    main()
