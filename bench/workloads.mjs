// What is measured. Every group is one table of the report; `flops` turns a time into a rate where that says more.

const dtypes = ["float64", "float32"];

const train = (name, sizes, batch) =>
  dtypes.map((dtype) => ({ name: `${name}, ${dtype}`, kind: "train", sizes, batch, dtype }));

/** Epochs of a network's `fit`: examples in an order that is drawn anew, a batch at a time, the last of which may be shorter. */
const fit = (sizes, examples, batch) =>
  dtypes.map((dtype) => ({
    name: `${sizes.join("-")}, an epoch of ${examples} in batches of ${batch}, ${dtype}`,
    kind: "fit",
    sizes,
    examples,
    batch,
    dtype,
  }));

/** Outputs as lists of numbers for examples that are such lists, as a program has them that asks a trained network. */
const predict = (sizes, examples) =>
  dtypes.map((dtype) => ({
    name: `${sizes.join("-")}, predicting ${examples}, ${dtype}`,
    kind: "predict",
    sizes,
    examples,
    dtype,
  }));

const product = (m, n, k, forms = ["NN", "NT", "TN"]) =>
  dtypes.flatMap((dtype) =>
    forms.map((form) => ({
      name: `${m}×${k}×${n} ${form}, ${dtype}`,
      kind: "product",
      m,
      n,
      k,
      form,
      dtype,
      flops: 2 * m * n * k,
    })),
  );

/** Sizes at which a kernel with tiles, panels or cache lines to fill could stumble. */
const EDGES = [
  64, 65, 96, 127, 128, 129, 192, 255, 256, 257, 384, 511, 512, 513, 768, 1023, 1024, 1025, 1536, 2047, 2048,
  2049,
];
const PLAIN = [64, 127, 128, 129, 256, 511, 512, 513, 1024, 2048];
/** The reference would take seconds for each: it adds up its operands instead, which gives the checksums. */
const sizes = [
  ...EDGES.flatMap((n) => product(n, n, n, n <= 1025 || n === 2048 ? undefined : ["NN"])),
  ...PLAIN.flatMap((n) => [...product(1, n, n), ...product(n, 1, n)]),
  ...product(784, 64, 128),
  ...product(128, 64, 784),
  ...product(128, 784, 64),
  ...product(64, 784, 128),
].map((workload) => ({ ...workload, untimed: ["reference"] }));

export const groups = {
  article: [
    ...train("XOR 2-3-1, batch 4", [2, 3, 1], 4),
    ...train("XOR 2-3-1, batch 1", [2, 3, 1], 1),
    ...train("OR 2-1, batch 4", [2, 1], 4),
    ...train("XOR 2-5-3-1, batch 4", [2, 5, 3, 1], 4),
    ...train("4-16-3, batch 150 (Iris)", [4, 16, 3], 150),
    ...train("784-128-10, batch 64", [784, 128, 10], 64),
  ],
  network: [
    ...fit([4, 16, 3], 150, 32),
    ...fit([20, 32, 16, 1], 4000, 32),
    ...predict([4, 16, 3], 1),
    ...predict([4, 16, 3], 150),
  ],
  large: train("784-512-10, batch 512", [784, 512, 10], 512),
  products: [
    ...[128, 256, 512, 1024].flatMap((n) => product(n, n, n)),
    ...product(128, 64, 784),
    ...product(784, 64, 128),
    ...product(128, 784, 64),
  ],
  sigmoid: dtypes.map((dtype) => ({ name: `sigmoid of 10⁶, ${dtype}`, kind: "sigmoid", n: 1e6, dtype })),
  sizes,
};

/** What a run without --group measures: all but the sizes and cliffs, which take minutes; the start of a process too. */
export const usual = [...Object.keys(groups).filter((name) => name !== "sizes"), "cold"];
/** Every name that --group knows. */
export const groupNames = [...Object.keys(groups), "cliffs", "cold"];
