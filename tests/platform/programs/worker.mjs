// A Workers-like host: it draws and trains while the module loads, where such hosts bar `crypto`, and answers with the family.
import * as nbw from "nothing-but-wasm";
import { family } from "./family.mjs";
import { trainXor } from "./xor.mjs";

const unseeded = new nbw.Network([nbw.linear(2)], { inputs: 1 }).predict([[1]]).length;
const xor = trainXor();

export default {
  async fetch() {
    const { message } = await nbw.setThreads(2).catch((error) => error);
    return Response.json({ unseeded, xor, family: family(nbw), message });
  },
};
