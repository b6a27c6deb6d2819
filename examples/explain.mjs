// One iteration as the article writes it down: every equation in symbols, in numbers, and what comes out.
//
// First the article's neuron on the single example x = (0, 0), whose weights cannot learn, then the OR gate's four
// examples at once. `npm start -- explain --markdown` writes LaTeX instead, for GitHub or a notebook.
import { LinearLayer, Matrix, SigmoidLayer } from "nothing-but-wasm";
import { explain, toMarkdown, toText } from "nothing-but-wasm/explain";

const words = process.argv.slice(2);
if (words.length > 1 || (words.length === 1 && words[0] !== "--markdown")) {
  console.error("Usage: npm start -- explain [--markdown]");
  process.exit(1);
}
const render = words.length > 0 ? toMarkdown : toText;
const learningRate = 1;

const Z1 = new LinearLayer([2, 1], 1);
const A1 = new SigmoidLayer([1, 1]);
Z1.params.W.data.set([0.1, 0.6]);

const one = explain([Z1, A1], Matrix.from([[0], [0]]), Matrix.from([[0]]), { learningRate });
console.log(render(one));

// The OR gate: a column is an example.
const X = Matrix.from([
  [0, 0, 1, 1],
  [0, 1, 0, 1],
]);
const Y = Matrix.from([[0, 1, 1, 1]]);
console.log(render(explain([Z1, A1], X, Y, { learningRate })));
