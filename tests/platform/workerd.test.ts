import { afterAll, beforeAll, describe, expect } from "vitest";
import fingerprints from "./programs/fingerprints.json" with { type: "json" };
import { inHost } from "./support/hosts.ts";
import { installPacked } from "./support/packed.ts";
import { answer, bundleWorker } from "./support/workers.ts";

let app: string;
let remove: () => void;

beforeAll(async () => {
  ({ app, remove } = await installPacked());
});
afterAll(() => remove?.());

describe("workerd, which compiles no bytes", () => {
  inHost("workerd", "takes the kernels as a module, by the condition workerd", async ([workerd]) => {
    const folder = await bundleWorker(app, "worker.mjs", ["workerd", "worker", "browser"], "kernels.wasm");
    expect(await answer(workerd, folder)).toEqual({
      unseeded: 1,
      xor: fingerprints["the article's XOR"],
      family: fingerprints,
      message: "this host has no workers (neither Worker nor node:worker_threads)",
    });
  });

  inHost("workerd", "takes the kernels as a module given to init, by the slim entry", async ([workerd]) => {
    const folder = await bundleWorker(app, "worker-slim.mjs", [], "nothing-but-wasm/kernels.wasm");
    expect(await answer(workerd, folder)).toEqual({ family: fingerprints });
  });

  inHost("workerd", "refuses inlined bytes with one HostError that says what to do", async ([workerd]) => {
    const folder = await bundleWorker(app, "worker-barred.mjs", []);
    expect(await answer(workerd, folder)).toEqual({
      isHostError: true,
      message: expect.stringMatching(
        /forbids compiling WebAssembly .* give init\(\) a compiled WebAssembly\.Module \(in workerd by its condition\)/s,
      ),
    });
  });
});
