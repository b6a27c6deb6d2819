import path from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { installPacked, root } from "../platform/support/packed.ts";
import { run } from "../platform/support/run.ts";

let app: string;
let remove: () => void;

beforeAll(async () => {
  ({ app, remove } = await installPacked());
});
afterAll(() => remove?.());

describe("the declarations of the packed package", () => {
  it.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("are whole and right under module %s, moduleResolution %s", async (module, moduleResolution) => {
    const options = { module, moduleResolution, target: "es2022", lib: "es2023,esnext.disposable,dom" };
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const tsc = path.join(root, "node_modules/typescript/bin/tsc");
    await run(
      process.execPath,
      [tsc, "--noEmit", "--strict", "--skipLibCheck", "false", ...flags, "types.ts"],
      {
        cwd: app,
      },
    );
  });
});
