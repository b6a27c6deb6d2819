import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

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

  /** What still runs is not left behind when an error ends the benchmark. */
  static #running = new Set();
  static {
    process.on("exit", () => {
      for (const child of Contender.#running) child.kill("SIGKILL");
    });
  }

  constructor(name, command, args, { threads = "1", env = {}, anew = false } = {}) {
    this.name = name;
    this.anew = anew;
    const limits = { OPENBLAS_NUM_THREADS: threads, OMP_NUM_THREADS: threads, MKL_NUM_THREADS: threads };
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
    return this.#ask({ prepare: workload });
  }

  /** Nanoseconds an iteration, over about the given time. */
  async time(milliseconds) {
    const { iterations, nanoseconds } = await this.#ask({ time: milliseconds });
    return nanoseconds / iterations;
  }

  close() {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  async #ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) {
      throw new Error(
        `${this.name} ended (${await this.#ended}) without an answer to ${JSON.stringify(request)}`,
      );
    }
    const answer = this.#read(value);
    if (answer.error) throw new Error(`${this.name}: ${answer.error}`);
    return answer;
  }

  #read(line) {
    try {
      return JSON.parse(line);
    } catch {
      throw new Error(`${this.name} answers ${JSON.stringify(line)}, which is no JSON`);
    }
  }
}
