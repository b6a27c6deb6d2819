import path from "node:path";
import { describe, expect } from "vitest";
import { inHost } from "../platform/support/hosts.ts";
import { openPage } from "./chromium.ts";

const scripts = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";
const trusted = "require-trusted-types-for 'script'";
const both = { threads: 2, training: "epochs" };

/** What comes of setThreads and trainInWorker under a page's policy; a pattern is what an error says. */
const policies: [string, string, { threads: unknown; training: unknown }][] = [
  ["that allows worker-src blob:", `${scripts}; worker-src blob:`, both],
  ["that does not", scripts, refused(/^HostError: a worker could not be started: .*worker-src blob:/)],
  ["that requires trusted types", trusted, both],
  ["that allows the one policy by name, once", `${trusted}; trusted-types nothing-but-wasm`, both],
  [
    "that allows no policy",
    `${trusted}; trusted-types 'none'`,
    refused(/^HostError: this host does not let a worker start: .*trusted-types nothing-but-wasm/),
  ],
  ["that allows no policy and requires none", "trusted-types 'none'", both],
];

function refused(said: RegExp) {
  return { threads: expect.stringMatching(said), training: expect.stringMatching(said) };
}

describe("in Chromium, under a page's policy", () => {
  for (const [title, policy, expected] of policies) {
    inHost("Chromium", title, async ([browser]) => {
      const program = path.join(import.meta.dirname, "programs/workers.mjs");
      expect(await openPage(browser, program, { isolated: true, policy })).toEqual(expected);
    });
  }
});
