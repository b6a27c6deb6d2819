// Compiled for what the compiler says of each mistake.
import * as n from "nothing-but-wasm";
import { explain } from "nothing-but-wasm/explain";

new n.Network([n.linear(1)], { metrics: ["acuracy"] });
explain([new n.Adam()], n.Matrix.zeros(1, 1), n.Matrix.zeros(1, 1));
