// `npm start -- PROGRAM` runs one of the programs; each lies beside this file and runs by itself too.
const programs = {
  xor: "XOR with one hidden layer of 3 (unless you choose another)",
  or: "OR with a single neuron, from the weights the article works by hand",
  "xor-feature-cross": "XOR with a single neuron and the product of the inputs as a third feature",
  "xor-3-layer": "XOR with two hidden layers of 5 and 3",
  "learning-rates": "a learning rate too low, right and too high",
  explain: "one iteration on one neuron with every number, as text or (--markdown) as LaTeX",
  iris: "Iris by sepal and petal, three classes",
  digits: "handwritten digits, 8×8 pixels",
  "breast-cancer": "the breast-cancer table",
  gallery: "every picture of the README: [folder, out/gallery] [theme: auto, light or dark]",
};

/** The programs that look at the words behind their names themselves. */
const takesWords = ["explain", "gallery"];

const usage = `Usage: npm start -- [program]

Trains a network, prints its costs or its accuracy, and draws what it learned as SVG files.

Programs:
${Object.entries(programs)
  .map(([name, text]) => `  ${name.padEnd(19)}${text}`)
  .join("\n")}`;

const [program = "xor", ...more] = process.argv.slice(2);
if ([program, ...more].some((word) => word === "--help" || word === "-h")) {
  console.log(usage);
} else if (Object.hasOwn(programs, program) && (more.length === 0 || takesWords.includes(program))) {
  // It finds the words behind its name, as when it is run by itself.
  process.argv.splice(2, 1);
  await import(`./${program}.mjs`);
} else {
  console.error(`There is no program "${[program, ...more].join(" ")}".\n\n${usage}`);
  process.exitCode = 1;
}
