import { execFile } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Host, inHost } from "../platform/support/hosts.ts";
import { openPage } from "./chromium.ts";

const program = (name: string) => path.join(import.meta.dirname, "programs", name);

/** What a host prints for a program; rejects unless it ends by itself, with code 0. */
function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: 60_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(" ")}: ${error.message}\n${stderr}`));
      else resolve(stdout);
    });
  });
}

const sameBits = { bits: [true, true, true, true, true], threads: [2, 3, 1, 2] };

const sameTraining = { same: true, costs: true, reports: 8, stoppedBy: "abort", aborted: true };

const hosts: [Host, string[]][] = [
  ["Node 20", []],
  ["Node 22", []],
  ["Node 24", []],
  ["Node 26", []],
  ["Deno", ["run", "--quiet", "--allow-read"]],
  ["Bun", []],
];

describe.each(hosts)("in %s", (host, args) => {
  inHost(host, "threads change no bit, and the process ends by itself", async ([command]) => {
    const report = JSON.parse(await run(command, [...args, program("run.mjs"), "threads"]));
    expect(report).toMatchObject(sameBits);
    expect(report.error).toBeUndefined();
  });

  inHost(host, "a worker trains to the same bits, and hears an abort", async ([command]) => {
    const report = JSON.parse(await run(command, [...args, program("run.mjs"), "train-in-worker"]));
    expect(report).toMatchObject(sameTraining);
    expect(report.accuracy).toBeGreaterThan(0.95);
  });
});

it("what the program was told to import first is imported by no worker", async () => {
  const first = 'data:text/javascript,console.log("imported first")';
  const printed = await run(process.execPath, ["--import", first, program("run.mjs"), "threads"]);
  expect(printed.match(/imported first/g)).toHaveLength(1);
  expect(JSON.parse(printed.replace("imported first", ""))).toMatchObject(sameBits);
});

it("workers that are starting keep the process alive, whatever became of its timers, and idle ones do not", async () => {
  expect(await run(process.execPath, [program("stopped-clock.mjs")])).toBe("3\n");
});

describe("in Chromium", () => {
  inHost(
    "Chromium",
    "a worker trains on the digits to the same bits without headers, and the page lives",
    async ([browser]) => {
      const report = await openPage(browser, program("train-in-worker.mjs"), { isolated: false });
      expect(report).toMatchObject(sameTraining);
      expect(report.accuracy).toBeGreaterThan(0.95);
      // A busy machine keeps a page waiting now and then; what the library itself did would come back each time.
      const { whileTraining } = report as { whileTraining: number[] };
      expect(Math.min(...whileTraining)).toBeLessThan(50);
    },
  );

  inHost("Chromium", "threads change no bit on a page with both headers", async ([browser]) => {
    expect(await openPage(browser, program("threads.mjs"), { isolated: true })).toMatchObject(sameBits);
  });

  inHost("Chromium", "a page without them is told so, and goes on on one thread", async ([browser]) => {
    const report = await openPage(browser, program("threads.mjs"), { isolated: false });
    expect(report).toMatchObject({ bits: [true], threads: [1], error: { host: true } });
    const { said } = report.error as { said: string };
    expect(said).toContain("Cross-Origin-Opener-Policy: same-origin");
    expect(said).toContain("Cross-Origin-Embedder-Policy: require-corp");
    expect(said).toContain('over https or from localhost, and in a frame with allow="cross-origin-isolated"');
  });
});

describe("the entry without kernels", () => {
  const start = async (from: string) => JSON.parse(await run(process.execPath, [program("slim.mjs"), from]));

  it("has threads when it is started from bytes", async () => {
    expect(await start("bytes")).toEqual({ threads: 2 });
  });

  it("says that it needs the bytes when it is started from a module", async () => {
    const { threads, name, message } = await start("module");
    expect([threads, name]).toEqual([1, "HostError"]);
    expect(message).toContain("give init() the bytes of nothing-but-wasm/kernels.wasm");
  });
});

it("the kernels in plain TypeScript stay on one thread and say so, and how to go on", async () => {
  const elsewhere = 'where WebAssembly is allowed, import from "nothing-but-wasm"';
  expect(JSON.parse(await run(process.execPath, [program("reference.mjs")]))).toEqual({
    said: [
      `HostError: the kernels in plain TypeScript run on one thread, on which everything goes on; ${elsewhere}`,
      `HostError: the kernels in plain TypeScript train on this thread: call network.fit; ${elsewhere}`,
    ],
    threads: 1,
  });
});
