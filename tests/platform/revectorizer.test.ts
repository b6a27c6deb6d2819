import path from "node:path";
import { describe, expect } from "vitest";
import { kernelNames } from "../kernels/cases.ts";
import { type Host, inHost } from "./support/hosts.ts";
import { root } from "./support/packed.ts";
import { run } from "./support/run.ts";

// V8's revectorizer is an experiment: Node 24's negates f64 wrongly where the result has a register of its own. So the kernels that
// it makes are held against the reference one by one, those of the usual entry too, which it pairs where the flag is a user's.
describe("with V8's revectorizer, compiled from the first call on, every kernel gives the reference's bits", () => {
  const flags = ["--no-liftoff", "--experimental-wasm-revectorize"];
  const program = path.join(root, "tests/platform/programs/every-kernel.mjs");

  for (const host of ["Node 24", "Node 26"] satisfies Host[]) {
    for (const build of ["turbo", "wasm"]) {
      inHost(host, `on ${host}, the ${build} build`, async ([file]) => {
        const printed = await run(file, [...flags, program, build], { cwd: root });
        expect(JSON.parse(printed)).toEqual(kernelNames);
      });
    }
  }
});
