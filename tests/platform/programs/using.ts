// Compiled, not run: what gives memory back by `using`, where the project's types know Symbol.dispose.
import { GradientDescent, LinearLayer, linear, Matrix, Network, SigmoidLayer } from "nothing-but-wasm";

using matrix = Matrix.zeros(1, 2);
using layer = new LinearLayer([1, 2], 1);
using activation = new SigmoidLayer([1, 2]);
using optimizer = new GradientDescent();
using network = new Network([linear(1)], { optimizer });
matrix[Symbol.dispose]();
export const all = [matrix, layer, activation, optimizer, network];
