import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Milliseconds that a contender may be silent beyond what it was asked for. The slowest, a product of 2048³ in plain
 *  JavaScript on a busy machine, takes less than a minute. */
const PATIENCE = 120_000;

/** What tells the libraries that NumPy and PyTorch may be built on how many threads to take. */
const THREADS = [
  "OPENBLAS_NUM_THREADS",
  "OMP_NUM_THREADS",
  "MKL_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "BLIS_NUM_THREADS",
];

/** A contender that gave no answer: it ended, was killed, failed, or answers what is none. */
export class NoAnswer extends Error {}

/**
 * One competitor of the benchmark: a process of its own that answers the requests of contenders/protocol.mjs. With `anew`
 * each workload has a process of its own: a JavaScript engine compiles by what it has seen, and a net that trains after
 * others of another dtype or depth takes up to a fifth more time than one that trains alone.
 */
export class Contender {
  #child;
  #answers;
  #start;
  #ended;
  #patience;

  /** What it says of its version, once it has answered. */
  version;
  /** How it failed, and on which workload: nothing is asked of it after that. */
  lost;

  /** What still runs is not left behind when an error ends the benchmark. */
  static #running = new Set();
  static {
    process.on("exit", () => {
      for (const child of Contender.#running) child.kill("SIGKILL");
    });
  }

  constructor(name, command, args, { threads = "1", env = {}, anew = false, patience = PATIENCE } = {}) {
    this.name = name;
    this.anew = anew;
    this.#patience = patience;
    const limits = Object.fromEntries(THREADS.map((name) => [name, threads]));
    this.#start = () => {
      this.#child = spawn(command, args, {
        stdio: ["pipe", "pipe", "inherit"],
        env: { ...process.env, ...limits, ...env },
      });
      const child = this.#child;
      Contender.#running.add(child);
      this.#ended = new Promise((resolve) => {
        child.on("error", ({ message }) => resolve(message));
        child.on("close", (code, signal) => {
          Contender.#running.delete(child);
          resolve(signal ?? `exit code ${code}`);
        });
      });
      // Whoever has ended reads no request; the answer that does not come says so.
      child.stdin.on("error", () => {});
      this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    };
  }

  /** Builds the workload: { check, note }, the numbers to check, or { unsupported } when this contender cannot do it. */
  prepare(workload) {
    if (this.anew) this.close();
    if (this.#child === undefined) this.#start();
    return this.#ask({ prepare: workload }, 0);
  }

  /** Nanoseconds an iteration, over about the given time. */
  async time(milliseconds) {
    const { iterations, nanoseconds } = await this.#ask({ time: milliseconds }, milliseconds);
    return nanoseconds / iterations;
  }

  close() {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  /** Drops it from the run, which says so loudly and goes on. */
  lose(workload, { message }) {
    this.lost = { from: workload.name, how: message };
    this.close();
    console.log(`!! ${this.name} IS DROPPED from ${workload.name} on: ${message}`);
  }

  async #ask(request, milliseconds) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#nextLine(request, milliseconds);
    if (done) {
      throw new NoAnswer(
        `${this.name} ended (${await this.#ended}) without an answer to ${JSON.stringify(request)}`,
      );
    }
    const answer = this.#read(value);
    if (answer.error) throw new NoAnswer(`${this.name}: ${answer.error}`);
    this.version ??= answer.about;
    return answer;
  }

  async #nextLine(request, milliseconds) {
    const child = this.#child;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, milliseconds + this.#patience);
    const line = await this.#answers.next();
    clearTimeout(timer);
    if (late) {
      const seconds = (milliseconds + this.#patience) / 1000;
      throw new NoAnswer(
        `${this.name} was killed: no answer to ${JSON.stringify(request)} within ${seconds} s`,
      );
    }
    return line;
  }

  #read(line) {
    try {
      return JSON.parse(line);
    } catch {
      throw new NoAnswer(`${this.name} answers ${JSON.stringify(line)}, which is no JSON`);
    }
  }
}
