import { type ChildProcess, spawn } from "node:child_process";

/** A program that was started; its whole process group ends with it. */
export interface Started {
  readonly child: ChildProcess;
  readonly exited: Promise<number | string>;
  /** What it has printed so far, both streams together. */
  printed(): string;
  stop(): void;
}

interface StartOptions {
  cwd: string;
  env?: Record<string, string>;
  /** Further streams, as in `spawn`, after the usual three. */
  stdio?: "pipe"[];
}

/** Starts a program in a process group of its own, so that whatever it starts can be ended with it. */
export function start(command: string, args: readonly string[], options: StartOptions): Started {
  const child = spawn(command, args, {
    cwd: options.cwd,
    detached: true,
    env: { ...bareEnvironment(), ...options.env },
    stdio: ["ignore", "pipe", "pipe", ...(options.stdio ?? [])],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream!.setEncoding("utf8").on("data", (piece) => {
      text += piece;
    });
  }
  const exited = new Promise<number | string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(code ?? signal ?? "ended"));
  });
  const stop = () => {
    process.off("exit", stop);
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // The group has ended already.
    }
  };
  process.on("exit", stop);
  exited.then(() => stop());
  return { child, exited, printed: () => text, stop };
}

/** Runs a program to its end and returns what it printed on standard output; anything but success throws. */
export async function run(
  command: string,
  args: readonly string[],
  { timeout = 60_000, ...options }: StartOptions & { timeout?: number },
): Promise<string> {
  const started = start(command, args, options);
  let out = "";
  started.child.stdout!.on("data", (piece) => {
    out += piece;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no end after ${timeout / 1000} s`), timeout);
  });
  try {
    const end = await Promise.race([started.exited, late]);
    if (end !== 0) throw new Error(`${command} ${args.join(" ")}: ${end}\n${started.printed()}`);
    return out;
  } finally {
    clearTimeout(timer);
    started.stop();
  }
}

/** The environment without what the test runner, or whoever started it, set for Node alone. */
function bareEnvironment(): Record<string, string> {
  const bare: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(NODE_|VITE|NBW_|npm_|DENO_|BUN_)/.test(name)) bare[name] = value;
  }
  return bare;
}
