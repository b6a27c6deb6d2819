import { instantiateSync } from "@assemblyscript/loader";
import { describe, expect, it } from "vitest";
import type { Runtime } from "../../src/kernels/runtime.ts";
import { HEAP_START } from "../../src/wasm/memory.ts";
import { callKernel, kernelCases, kernelNames, recordedNames } from "./cases.ts";
import { ordinary } from "./numbers.ts";
import { builds, bytesOfBuild, dtypes, startBuild, startReference } from "./runtimes.ts";
import { perform } from "./stage.ts";

/** The exports that are one for both dtypes. */
const takeTheDtype: readonly string[] = [...recordedNames, "linearWays", "multiplyBlock"];
/** The export that is a step of a product in blocks: no kernel, but compiled for each dtype as these. */
const blockStep = "packRight";
const buildNames = Object.keys(builds) as (keyof typeof builds)[];

describe("every kernel has a case", () => {
  it.each(dtypes)("in the table and in every runtime, by the same names, for %s", (dtype) => {
    const plain = kernelNames.filter((name) => !kernelCases[name].isRecorded);
    const named = ({ kernels }: Runtime) => Object.keys(kernels[dtype]).sort();
    expect(named(startReference())).toEqual([...plain, "prepare"].sort());
    for (const build of buildNames) {
      expect(named(startBuild(build))).toEqual([...plain, "prepare", blockStep].sort());
    }
  });

  it.each(
    buildNames,
  )("and every export of the %s build comes in f64 and f32, or takes which it is", (build) => {
    const module = new WebAssembly.Module(bytesOfBuild(build));
    const names = WebAssembly.Module.exports(module)
      .filter(({ kind }) => kind === "function")
      .map(({ name }) => name);
    const stems = new Set(names.map((name) => name.replace(/(64|32)$/, "")));
    const exported = [...stems].flatMap((stem) =>
      takeTheDtype.includes(stem) ? [stem] : [`${stem}32`, `${stem}64`],
    );
    expect(names.sort()).toEqual(exported.sort());
    expect([...stems].sort()).toEqual([...kernelNames, blockStep, "linearWays", "multiplyBlock"].sort());
  });
});

it.each(buildNames)("the %s build keeps its constants below the first address of a matrix", (build) => {
  const memory = new WebAssembly.Memory({ initial: 16 });
  const abort = () => {};
  new WebAssembly.Instance(new WebAssembly.Module(bytesOfBuild(build)), { env: { memory, abort } });
  expect(new Uint8Array(memory.buffer).findLastIndex((byte) => byte !== 0)).toBeLessThan(HEAP_START);
});

describe("the checked build", () => {
  it.each(
    kernelNames,
  )("traps on a pointer to %s that is not aligned to its element, where the other runs on", (kernel) => {
    const checked = startBuild("checked");
    const dims = kernelCases[kernel].dims.map(() => 2);
    for (const dtype of dtypes) {
      const call = { kernel, dtype, dims, draw: () => ordinary(1) };
      expect(() => perform(checked, call)).not.toThrow();
      const run = ({ kernels }: Runtime, pointers: number[]) =>
        callKernel(kernels[dtype], kernel, [...pointers, ...dims], scalars);
      const pointers = kernelCases[kernel].operands(dims).map((_, i) => 4096 + i * 256);
      const scalars = Array.from({ length: kernelCases[kernel].scalars ?? 0 }, () => 1);
      const release = startBuild("wasm");
      for (const i of pointers.keys()) {
        const askew = pointers.with(i, pointers[i] + 1);
        expect(() => run(release, askew)).not.toThrow();
        expect(() => run(checked, askew), `pointer ${i}`).toThrow(/^unreachable$/);
      }
    }
  });

  it("and tells AssemblyScript's loader, which reads its strings, what was asserted and where", () => {
    const memory = new WebAssembly.Memory({ initial: 16 });
    const { exports } = instantiateSync(bytesOfBuild("checked"), { env: { memory } });
    const tanh = exports.tanh64 as (a: number, z: number, n: number) => void;
    expect(() => tanh(4096, 8193, 2)).toThrow(
      /^abort: a pointer is null or not aligned to its element at assembly\/lanes\.ts:\d+:\d+$/,
    );
  });
});
