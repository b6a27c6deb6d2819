// How the entry "nothing-but-wasm/turbo" starts: on kernels laid out in pairs of vectors, with V8's revectorizer turned on,
// which makes 256-bit operations of pairs. The bits stay the same. Where there is no revectorizer it is the usual entry.
import { bringWideRule } from "./kernels/blocking-rule.ts";
import { startPreferablyWith, startWasm } from "./kernels/runtime.ts";
import { wideRule } from "./kernels/wide-rule.ts";
import { kernelBytes } from "./wasm/bytes.ts";
import { turnOnRevectorizer } from "./wasm/revectorizer.ts";
import { turboKernelBytes } from "./wasm/turbo-bytes.ts";

/** Says what the kernels will be started from. */
export function begin(): void {
  bringWideRule(wideRule);
  startPreferablyWith(() => {
    const bytes = turnOnRevectorizer() ? turboKernelBytes : kernelBytes;
    return startWasm(bytes(), bytes);
  }, kernelBytes);
}
