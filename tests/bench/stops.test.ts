// How a run ends that is stopped, or that nobody reads any more.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bench, inFolder } from "./commands.ts";

/** What becomes of a run in a process group of its own, once it has printed `until`. */
function stopped(
  asked: readonly string[],
  folder: string,
  until: string,
  stop: (run: ReturnType<typeof spawn>) => void,
) {
  const run = spawn(process.execPath, [path.join(bench, "run.mjs"), ...asked], {
    env: { ...process.env, TMPDIR: folder },
    detached: true,
  });
  let [said, complained, isStopped] = ["", "", false];
  run.stdout.on("data", (part) => {
    said += part;
    if (isStopped || !said.includes(until)) return;
    isStopped = true;
    stop(run);
  });
  run.stderr.on("data", (part) => {
    complained += part;
  });
  return new Promise<{ code: number; complained: string }>((resolve) => {
    run.on("close", (code) => resolve({ code: code!, complained }));
  });
}

const figures = (folder: string) => JSON.parse(readFileSync(path.join(folder, "figures.json"), "utf8"));

describe.skipIf(process.platform === "win32")("a run that is stopped", () => {
  // Ctrl-C is for all of the group, the others for whom they are sent to.
  it.each([
    ["SIGINT", 130, "cold", -1],
    ["SIGINT", 130, "cliffs", -1],
    ["SIGTERM", 143, "cold", 1],
    ["SIGHUP", 129, "article", 1],
  ] as const)("by %s ends with %i and no words in %s, has written its figures and leaves nothing behind", (signal, wanted, group, whom) =>
    inFolder(async (folder) => {
      const asked = ["--group", group, "--rounds", "40", "--json", path.join(folder, "figures.json")];
      const only = group === "article" ? ["--only", "C"] : [];
      const { code, complained } = await stopped([...asked, ...only], folder, `— ${group}`, (run) =>
        process.kill(whom * run.pid!, signal),
      );
      expect([code, complained]).toEqual([wanted, ""]);
      expect(readdirSync(folder)).toEqual(["figures.json"]);
      expect(figures(folder).ended).toBe("interrupted");
    }));
});

describe("a run that nobody reads any more", () => {
  const asked = ["--check", "--only", "none", "--name", "XOR 2-3-1"];

  it("goes on where it is to write its figures", () =>
    inFolder(async (folder) => {
      const { code, complained } = await stopped(
        [...asked, "--json", path.join(folder, "figures.json")],
        folder,
        "Contenders",
        ({ stdout }) => stdout!.destroy(),
      );
      expect([code, complained]).toEqual([0, ""]);
      const { results, ended } = figures(folder);
      expect([results.length, ended]).toEqual([4, undefined]);
    }));

  it("ends without a word where it has nothing to write", () =>
    inFolder(async (folder) => {
      const { code, complained } = await stopped(asked, folder, "Contenders", ({ stdout }) =>
        stdout!.destroy(),
      );
      expect([code, complained]).toEqual([141, ""]);
    }));
});
