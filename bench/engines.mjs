// The JavaScript engines that a run compares. Each is given as on a command line, "PATH --flag …", and named by what it
// says of itself. The word `turbo` at the end has ours come from the entry of that name.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Refusal } from "./command-line.mjs";

/** An engine by its path and flags. */
export function readEngine(given) {
  const words = given.split(/\s+/).filter(Boolean);
  const entry = words.at(-1) === "turbo" ? words.pop() : "index";
  const [command, ...flags] = pathFirst(words, given);
  if (!command) throw new Refusal(`--engine wants "PATH --flag …", got ${JSON.stringify(given)}`);
  const stray = flags.find((flag) => !flag.startsWith("-"));
  if (stray) {
    const wanted = `--engine wants "PATH --flag …", and ${JSON.stringify(stray)} of ${JSON.stringify(given)}`;
    throw new Refusal(`${wanted} is no flag (Deno's "run -A" is added here; a flag's value follows its =)`);
  }
  return engineOf(command, flags, entry);
}

/** The words, of which those before the first flag are one where a file has that path, with spaces in it. */
function pathFirst(words, given) {
  const [path] = given.trim().split(/\s+(?=-|turbo$)/);
  return existsSync(path) ? [path, ...words.slice(path.split(/\s+/).length)] : words;
}

/** What the report calls an engine, and what runs a file on it. */
function engineOf(command, flags, entry) {
  const says = versionOf(command);
  const [, prefix, version] = says.match(/^(v|deno |)(\d+(?:\.\d+)+)/) ?? [];
  if (!version) {
    throw new Refusal(
      `${command} --version says ${JSON.stringify(says)}, which is none of Node's, Deno's or Bun's`,
    );
  }
  const kind = { v: "Node", "deno ": "Deno", "": "Bun" }[prefix];
  if (kind === "Node" && flags.length > 0) refuseFlags(command, flags, version);
  // Deno asks for every right that it was not given.
  const before = kind === "Deno" ? ["run", "-A", ...flags] : flags;
  return {
    name: [`${kind} ${version}`, ...flags, ...(entry === "index" ? [] : [entry])].join(" "),
    entry,
    kind,
    isNode: kind === "Node",
    command,
    flags,
    args: (...rest) => [...before, ...rest],
  };
}

/** Node 20 knows no revectorizer, for one. */
function refuseFlags(command, flags, version) {
  const { status, stderr } = spawnSync(command, [...flags, "--version"], { encoding: "utf8" });
  if (status === 0) return;
  throw new Refusal(`--engine: Node ${version} does not start with ${flags.join(" ")} (${stderr.trim()})`);
}

function versionOf(command) {
  const { stdout, error } = spawnSync(command, ["--version"], { encoding: "utf8" });
  if (error) throw new Refusal(`--engine: ${command} does not start (${error.code})`);
  return stdout.trim().split("\n")[0];
}

/** Engines by names of their own: two that say the same of themselves are told apart by a number. */
export const distinct = (engines) =>
  engines.map((engine, i) => {
    const same = engines.slice(0, i).filter(({ name }) => name === engine.name).length;
    return same === 0 ? engine : { ...engine, name: `${engine.name} #${same + 1}` };
  });

/** This very process's engine, as it was started: of its flags some have values that are words of their own. */
export const thisEngine = () => engineOf(process.execPath, process.execArgv, "index");
