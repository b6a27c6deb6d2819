// The entry with inlined bytes, where the host forbids compiling them.
import { HostError, Matrix } from "nothing-but-wasm";

export default {
  fetch() {
    try {
      Matrix.zeros(1, 1);
    } catch (error) {
      return Response.json({ isHostError: error instanceof HostError, message: error.message });
    }
    return Response.json({});
  },
};
