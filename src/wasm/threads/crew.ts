import { type HostWorker, startFailure, startWorker } from "./host-worker.ts";

/** How long a worker may take to start and to answer, in milliseconds: far more than any takes that will. */
const PATIENCE = 20_000;

interface Member {
  readonly worker: HostWorker;
  /** Settles the answer that is waited for. */
  answered: (reason?: unknown) => void;
}

/** The workers, numbered from 0; numbers of those that are gone stay free. */
export class Crew {
  readonly #members = new Map<number, Member>();
  readonly #onLoss: (reason: unknown) => void;

  /** @param onLoss told when a worker ends that was not asked to */
  private constructor(onLoss: (reason: unknown) => void) {
    this.#onLoss = onLoss;
  }

  /**
   * Starts `count` workers from a source and hears from each that it runs.
   * @throws HostError when one does not; none is left then
   */
  static async start(source: string, count: number, onLoss: (reason: unknown) => void): Promise<Crew> {
    const crew = new Crew(onLoss);
    try {
      for (let i = 0; i < count; i++) crew.#add(i, source);
      await crew.ask(() => ({}));
    } catch (cause) {
      await crew.stop();
      throw cause;
    }
    return crew;
  }

  /** Lets the process end while the workers are alive: they wait for work then, and nobody for their answers. */
  unref(): void {
    for (const { worker } of this.#members.values()) worker.unref();
  }

  /** Workers that are alive, as far as is known. */
  get size(): number {
    return this.#members.size;
  }

  /** Their numbers. */
  get numbers(): number[] {
    return [...this.#members.keys()];
  }

  /** Tells each worker something. */
  tell(message: (worker: number) => unknown): void {
    for (const [number, { worker }] of this.#members) worker.post(message(number));
  }

  /**
   * Tells each worker something and waits for its answer.
   * @throws HostError when one fails or does not answer in time
   */
  async ask(message: (worker: number) => unknown): Promise<void> {
    const members = [...this.#members.values()];
    const answers = members.map(
      (member) =>
        new Promise<void>((resolve, reject) => {
          member.answered = (reason) => {
            if (reason === undefined) resolve();
            else reject(startFailure(reason));
          };
        }),
    );
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(startFailure(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
    });
    try {
      this.tell(message);
      await Promise.race([Promise.all(answers), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends a worker without waiting for its end. */
  drop(number: number): void {
    const member = this.#members.get(number);
    this.#members.delete(number);
    void member?.worker.terminate();
  }

  /** Ends every worker, and resolves when they are gone. */
  async stop(): Promise<void> {
    const members = [...this.#members.values()];
    this.#members.clear();
    await Promise.all(members.map(({ worker }) => worker.terminate()));
  }

  #add(number: number, source: string): void {
    const member: Member = {
      answered: () => {},
      worker: startWorker(source, {
        message: (data) => member.answered(failureIn(data)),
        end: (reason) => {
          const wasMember = this.#members.get(number) === member;
          if (wasMember) this.#members.delete(number);
          member.answered(reason);
          if (wasMember) this.#onLoss(reason);
        },
      }),
    };
    this.#members.set(number, member);
  }
}

/** A worker answers with a word, or with why it cannot do what it was told. */
function failureIn(data: unknown): unknown {
  return (data as { failure?: unknown }).failure;
}
