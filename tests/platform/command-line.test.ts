import { afterAll, beforeAll, describe, expect } from "vitest";
import fingerprints from "./programs/fingerprints.json" with { type: "json" };
import { type Host, inHost, missing } from "./support/hosts.ts";
import { installPacked } from "./support/packed.ts";
import { run } from "./support/run.ts";

let app: string;
let remove: () => void;

beforeAll(async () => {
  const lacking = missing();
  if (lacking.length > 0)
    console.log(`Hosts that this machine lacks, and that are not tested: ${lacking.join(", ")}`);
  ({ app, remove } = await installPacked());
});
afterAll(() => remove?.());

const denoRun = ["run", "--no-remote", "--node-modules-dir=manual", "--allow-read"];

/** Each host with what stands before the program's name, and the programs that it runs. */
const everyProgram = [
  "import.mjs",
  "require.cjs",
  "slim.mjs",
  "threads.mjs",
  "turbo.mjs",
  "without-webassembly.mjs",
];
const hosts: Partial<Record<Host, { before?: string[]; programs: string[] }>> = {
  "Node 20": { programs: everyProgram },
  "Node 22": { programs: everyProgram },
  "Node 24": { programs: everyProgram },
  "Node 26": { programs: everyProgram },
  Deno: { before: denoRun, programs: everyProgram },
  Bun: { programs: everyProgram },
};

describe("the packed package gives the committed fingerprints", () => {
  const fingerprintsOf = async (file: string, args: string[]) =>
    JSON.parse(await run(file, args, { cwd: app, env: { DENO_NO_UPDATE_CHECK: "1" } }));

  for (const [host, { before = [], programs }] of Object.entries(hosts)) {
    for (const program of programs) {
      inHost(host as Host, `on ${host}: ${program}`, async ([file]) => {
        expect(await fingerprintsOf(file, [...before, program])).toEqual(fingerprints);
      });
    }
  }

  // V8 has a baseline and an optimizing compiler, and one that pairs 128-bit operations into 256-bit ones, as the entry
  // turbo asks it to.
  const compilers: [Host, string[]][] = [
    ["Node 20", ["--liftoff-only", "import.mjs"]],
    ["Node 20", ["--no-liftoff", "import.mjs"]],
    ["Node 24", ["--no-liftoff", "--experimental-wasm-revectorize", "import.mjs"]],
    ["Node 24", ["--no-liftoff", "turbo.mjs"]],
    ["Node 26", ["--liftoff-only", "import.mjs"]],
    ["Node 26", ["--no-liftoff", "--experimental-wasm-revectorize", "import.mjs"]],
    ["Node 26", ["--no-liftoff", "turbo.mjs"]],
  ];
  for (const [host, args] of compilers) {
    inHost(host, `on ${host} ${args.join(" ")}`, async ([file]) => {
      expect(await fingerprintsOf(file, args)).toEqual(fingerprints);
    });
  }
});

inHost("Deno", "training asks for nothing that Deno makes only when it is asked", async ([deno]) => {
  const said = await run(deno, [...denoRun, "untouched.mjs"], {
    cwd: app,
    env: { DENO_NO_UPDATE_CHECK: "1" },
  });
  expect(JSON.parse(said)).toEqual({ asked: [], epochs: 5000 });
});
