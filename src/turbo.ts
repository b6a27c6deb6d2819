// The entry "nothing-but-wasm/turbo": the surface on kernels whose tile is twice as wide, with V8's revectorizer turned on,
// which makes 256-bit operations of pairs. The bits stay the same. Where there is no revectorizer it is the usual entry.
import { startByDefaultWith, startWasm } from "./kernels/runtime.ts";
import { kernelBytes } from "./wasm/bytes.ts";
import { turnOnRevectorizer } from "./wasm/revectorizer.ts";
import { turboKernelBytes } from "./wasm/turbo-bytes.ts";

startByDefaultWith(() => {
  const bytes = turnOnRevectorizer() ? turboKernelBytes : kernelBytes;
  return startWasm(bytes(), bytes);
});

export * from "./index.ts";
