import kernels from "nothing-but-wasm/kernels.wasm";
import * as nbw from "nothing-but-wasm/slim";
import { family } from "./family.mjs";

nbw.init(kernels);

export default {
  fetch() {
    return Response.json({ family: family(nbw) });
  },
};
