import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { it } from "vitest";
import { root } from "./packed.ts";

const own = path.join(root, "tests/platform/node_modules");

function onPath(...names: string[]): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    for (const name of names) {
      try {
        const file = path.join(folder, name);
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

const existing = (...parts: string[]) => {
  const file = path.join(...parts);
  return existsSync(file) ? file : undefined;
};

/** Deno's binary, which lies in a package named after the platform. */
function deno(): string | undefined {
  const folder = path.join(root, "node_modules/@deno");
  const [platform] = existsSync(folder) ? readdirSync(folder) : [];
  return (platform && existing(folder, platform, "deno")) || onPath("deno");
}

const npm = "npm run hosts:install";
const apt = "Debian's packages chromium and firefox-esr";

/** Every host that the package is tested in: where this machine has it, and how to come by it. */
const hosts = {
  "Node 20": { file: process.execPath, from: "the running Node" },
  "Node 22": { file: existing(own, "node22/bin/node"), from: npm },
  "Node 24": { file: existing(own, "node24/bin/node"), from: npm },
  "Node 26": { file: existing(own, "node26/bin/node"), from: npm },
  Deno: { file: deno(), from: "npm ci" },
  Bun: { file: existing(own, "@oven/bun-linux-x64/bin/bun") ?? onPath("bun"), from: npm },
  workerd: {
    file: existing(own, "@cloudflare/workerd-linux-64/bin/workerd") ?? onPath("workerd"),
    from: npm,
  },
  Chromium: { file: onPath("chromium", "chromium-browser", "google-chrome"), from: apt },
  Firefox: { file: onPath("firefox-esr", "firefox"), from: apt },
  Vite: { file: existing(own, "vite/bin/vite.js"), from: npm },
  webpack: { file: existing(own, "webpack/package.json"), from: npm },
} as const;

export type Host = keyof typeof hosts;

/** Where the host is, or undefined when this machine has none. */
export function find(host: Host): string | undefined {
  return hosts[host].file;
}

export const everyHost = Object.keys(hosts) as Host[];

/** What this machine lacks, in words. */
export function missing(among: readonly Host[] = everyHost): string[] {
  return among.filter((host) => find(host) === undefined).map((host) => `${host} (${hosts[host].from})`);
}

/**
 * A test in a host. Without the host it is skipped, and its title says so; where CI is set, it fails and says how to
 * install it.
 */
export function inHost(
  needed: Host | readonly Host[],
  title: string,
  test: (files: string[]) => Promise<void>,
): void {
  const wanted = [needed].flat() as Host[];
  const lacking = missing(wanted);
  if (lacking.length === 0) {
    it(title, () => test(wanted.map((host) => find(host)!)));
  } else if (process.env.CI) {
    it(title, () => {
      throw new Error(`CI runs every host, but this machine lacks ${lacking.join(", ")}`);
    });
  } else {
    it.skip(`${title} — not run, this machine lacks ${lacking.join(", ")}`);
  }
}
