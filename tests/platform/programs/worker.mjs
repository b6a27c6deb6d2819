// A Workers-like host: it trains while the module loads, where such hosts bar randomness, and answers with the family.
import * as nbw from "nothing-but-wasm";
import { family } from "./family.mjs";
import { trainXor } from "./xor.mjs";

const xor = trainXor();

export default {
  async fetch() {
    const { message } = await nbw.setThreads(2).catch((error) => error);
    return Response.json({ xor, family: family(nbw), message });
  },
};
