import path from "node:path";
import { beforeAll, describe, expect } from "vitest";
import { find, inHost } from "../platform/support/hosts.ts";
import { openFile, openPage } from "./chromium.ts";

const program = (name: string) => path.join(import.meta.dirname, "programs", name);

const product = [[11]];
const both = { product, threads: 2, training: "epochs" };
const onOne = {
  product,
  threads: expect.stringMatching(/^HostError: this page is not cross-origin isolated, .* on one thread$/),
  training: "epochs",
};
const noWorkers = "HostError: this host has no workers (neither Worker nor node:worker_threads)";
const hidden = "not shown";

describe("in Chromium, beside a page", () => {
  let isolated: Record<string, unknown>;
  let plain: Record<string, unknown>;
  beforeAll(async () => {
    const chromium = find("Chromium");
    if (chromium === undefined) return;
    isolated = await openPage(chromium, program("contexts.mjs"), { isolated: true });
    plain = await openPage(chromium, program("contexts.mjs"), { isolated: false });
  }, 120_000);

  inHost("Chromium", "a frame with the two headers has threads in a page that has them", async () => {
    expect(isolated.frames).toMatchObject({ own: both, ownWithoutHeaders: hidden });
    expect(plain.frames).toMatchObject({ own: onOne, ownWithoutHeaders: onOne });
  });

  inHost("Chromium", "a sandboxed one has them where it is allowed", async () => {
    expect(isolated.frames).toMatchObject({ sandboxed: onOne, sandboxedAllowed: both });
    expect(plain.frames).toMatchObject({ sandboxed: onOne, sandboxedAllowed: onOne });
  });

  inHost("Chromium", "one of another origin too, which a third header lets be shown", async () => {
    expect(isolated.frames).toMatchObject({ other: onOne, otherAllowed: both, otherWithoutCorp: hidden });
    expect(plain.frames).toMatchObject({ other: onOne, otherAllowed: onOne, otherWithoutCorp: onOne });
  });

  inHost("Chromium", "a shared worker computes, and starts no workers", async () => {
    for (const { shared } of [isolated, plain]) {
      expect(shared).toEqual({ product, threads: noWorkers, training: noWorkers });
    }
  });

  inHost("Chromium", "a service worker computes, and starts no workers", async () => {
    for (const { service } of [isolated, plain]) {
      expect(service).toEqual({
        product,
        threads: expect.stringMatching(/^HostError: .*[^.]\. Everything goes on on one thread$/s),
        training: noWorkers,
      });
    }
  });
});

describe("in Chromium, from a file", () => {
  inHost("Chromium", "a page has all but threads in one script, and loads no module", async ([chromium]) => {
    expect(await openFile(chromium, program("context.mjs"))).toEqual({ ...onOne, module: "refused" });
  });
});
