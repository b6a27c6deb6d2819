// `npm start -- PROGRAM` runs one of the article's programs; each lies beside this file and runs by itself too.
const programs = {
  xor: "XOR with one hidden layer of 3 (unless you choose another)",
  or: "OR with a single neuron, from the weights the article works by hand",
  "xor-feature-cross": "XOR with a single neuron and the product of the inputs as a third feature",
  "xor-3-layer": "XOR with two hidden layers of 5 and 3",
  "learning-rates": "a learning rate too low, right and too high",
};

const usage = `Usage: npm start -- [program]

Trains a network of the article, prints its costs and predictions, and draws its pictures as SVG files.

Programs:
${Object.entries(programs)
  .map(([name, text]) => `  ${name.padEnd(19)}${text}`)
  .join("\n")}`;

const [program = "xor", ...more] = process.argv.slice(2);
if (program === "--help" || program === "-h") {
  console.log(usage);
} else if (Object.hasOwn(programs, program) && more.length === 0) {
  await import(`./${program}.mjs`);
} else {
  console.error(`There is no program "${[program, ...more].join(" ")}".\n\n${usage}`);
  process.exitCode = 1;
}
