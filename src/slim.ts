// How the entry "nothing-but-wasm/slim" starts: it carries no kernels, so only once it is given them.
import { HostError } from "./errors.ts";
import { startOtherwiseWith } from "./kernels/runtime.ts";

/** Says what the first use says that comes before `init`. */
export function begin(): void {
  startOtherwiseWith(() => {
    throw new HostError(
      'no kernels yet: "nothing-but-wasm/slim" carries none, so call init() with the WebAssembly.Module of nothing-but-wasm/kernels.wasm before anything else',
    );
  });
}
