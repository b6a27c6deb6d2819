// What the commands of this folder have in common: their options, told in words where they are wrong.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

/** What whoever asked can mend: told in its words alone. Any other error is a fault in here, and shows its stack. */
export class Refusal extends Error {}

/** What `read` gives. Where it refuses, its words are printed and the process ends. */
export function inWords(read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** The options as parseArgs has them; --help prints what there is, and ends the process. */
export function readOptions(options, help) {
  const values = parse({ ...options, help: { type: "boolean", default: false } });
  if (!values.help) return values;
  console.log(help);
  process.exit(0);
}

function parse(options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    if (!error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
    // What follows is Node's advice on positional arguments, which none of the commands takes.
    throw new Refusal(`${error.message.split(/\.\s/)[0]}; --help says what there is`);
  }
}

/** The most threads that setThreads takes. */
export const MOST_THREADS = 64;

/** The whole number of an option, which has bounds. */
export function wholeNumber(option, given, { least = 1, most = Number.POSITIVE_INFINITY } = {}) {
  const value = Number(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const bounds = `above ${least - 1}${Number.isFinite(most) ? ` and at most ${most}` : ""}`;
  throw new Refusal(`--${option} wants a whole number ${bounds}, got ${given}`);
}

export function refuseUnknown(option, given, known) {
  for (const name of given) {
    if (!known.includes(name)) throw new Refusal(`--${option} wants one of ${known.join(", ")}, got ${name}`);
  }
}

/** Before hours of measuring, not after them. */
export function refuseUnwritable(option, file) {
  if (file === undefined) return;
  if (file === "") throw new Refusal(`--${option} wants a file, got ""`);
  if (/[\\/]$/.test(file) || isFolder(file)) throw new Refusal(`--${option} ${file}: a folder, no file`);
  const [place, words] = existsSync(file)
    ? [file, "takes no writing"]
    : [`${path.dirname(file)}/`, "its folder takes no file"];
  try {
    accessSync(place, constants.W_OK);
  } catch ({ code }) {
    throw new Refusal(`--${option} ${file}: ${words} (${code})`);
  }
}

const isFolder = (file) => existsSync(file) && statSync(file).isDirectory();
