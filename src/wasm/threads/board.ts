// The board: a block of the shared memory through which the caller hands tasks to the workers.
//
//   ticket │ bell, sleepers │ done, caller asleep, failed, closed │ job: count, operands │ a line a worker: pulse, failed
//
// A job is `count` tasks, numbered from 0, that may run in any order on any thread. The ticket holds the number of the
// job and the next task; whoever raises it by one, by compare-and-exchange, has that task. A task that was read from
// an old job cannot be taken, since the ticket is another by then, and while a task is taken and not done the caller
// stays with the job: so what a worker reads of the job it works on is never half of another. Nobody waits for a
// worker that has taken nothing: one that sleeps late or is gone costs the caller its help and nothing else.

/** A cache line, and the neighbour that a processor may fetch with it. */
const LINE = 128;
const TICKET = 0;
const BELL = LINE / 4;
const SLEEPERS = BELL + 1;
const DONE = (2 * LINE) / 4;
const CALLER_SLEEPS = DONE + 1;
const FAILED = DONE + 2;
const CLOSED = DONE + 3;
/** The job's count, and its operands behind it. */
const COUNT = (3 * LINE) / 4;
const OPERAND = (3 * LINE) / 8 + 1;
const WORKERS = (5 * LINE) / 4;
const WORKER_WORDS = LINE / 4;
/** Numbers that a job may have beside its count: two lines of 8 bytes each. */
const OPERANDS = (2 * LINE) / 8 - 1;

const TASK_BITS = 32;
/** The number no job's task has; a ticket that shows it has nothing to give. */
const NO_TASK = 0xffffffffn;

const pause = () => (Atomics as { pause?: () => void }).pause?.();

/** What a job is: the kind of its tasks and the operands that they share. */
export type Job = readonly number[];

export class Board {
  readonly #tickets: BigInt64Array;
  readonly #words: Int32Array;
  readonly #operands: Float64Array;
  #number = 0n;

  /** Bytes of a board for so many workers, whole lines. */
  static bytes(workers: number): number {
    return 5 * LINE + workers * LINE;
  }

  /** The board at `address`, which is a multiple of 8; `clear` makes it an empty one. */
  constructor(buffer: ArrayBufferLike, address: number, workers: number) {
    const bytes = Board.bytes(workers);
    this.#tickets = new BigInt64Array(buffer, address, 1);
    this.#words = new Int32Array(buffer, address, bytes / 4);
    this.#operands = new Float64Array(buffer, address, bytes / 8);
  }

  // The caller's side.

  clear(): void {
    this.#words.fill(0);
    Atomics.store(this.#tickets, TICKET, NO_TASK);
  }

  /** Offers the tasks of a new job. Every taken task of the one before must be done. */
  post(count: number, job: Job): void {
    if (job.length > OPERANDS) throw new Error(`internal: ${job.length} operands do not fit on the board`);
    this.withdraw();
    // Not a plain store, which a processor may let others see before the ticket is withdrawn: who still looks at a ticket with
    // nothing left would find a task on it.
    Atomics.store(this.#words, COUNT, count);
    for (let i = 0; i < job.length; i++) this.#operands[OPERAND + i] = job[i];
    Atomics.store(this.#words, DONE, 0);
    Atomics.store(this.#tickets, TICKET, this.#number << BigInt(TASK_BITS));
    this.#ring();
  }

  /** Takes back what nobody has taken; the next job's ticket will be another. */
  withdraw(): void {
    this.#number++;
    Atomics.store(this.#tickets, TICKET, (this.#number << BigInt(TASK_BITS)) | NO_TASK);
  }

  /** Sends the workers home. */
  close(): void {
    this.withdraw();
    Atomics.store(this.#words, CLOSED, 1);
    this.#ring();
  }

  /** How many of the job's tasks are done. */
  get done(): number {
    return Atomics.load(this.#words, DONE);
  }

  /** Whether a task was left undone by a worker that knew it. */
  get failed(): boolean {
    return Atomics.load(this.#words, FAILED) !== 0;
  }

  /** Waits until the job's tasks are done, some worker has failed, or `milliseconds` are over. */
  waitUntilDone(count: number, milliseconds: number): void {
    const words = this.#words;
    const now = this.done;
    if (now === count || this.failed) return;
    if (!mayBlock()) {
      const end = performance.now() + milliseconds;
      while (this.done !== count && !this.failed && performance.now() < end) spinALittle();
      return;
    }
    Atomics.store(words, CALLER_SLEEPS, 1);
    // A worker that finishes between the look above and here sees the sleeper or has changed the word.
    if (!this.failed) Atomics.wait(words, DONE, now, milliseconds);
    Atomics.store(words, CALLER_SLEEPS, 0);
  }

  /** Spins until the job's tasks are done, or `milliseconds` are over. */
  spinUntilDone(count: number, milliseconds: number): void {
    if (this.done === count) return;
    const end = performance.now() + milliseconds;
    do spinALittle();
    while (this.done !== count && !this.failed && performance.now() < end);
  }

  /** The worker's pulse: it changes with every step, and is odd while it has a task. */
  pulse(worker: number): number {
    return Atomics.load(this.#words, WORKERS + worker * WORKER_WORDS);
  }

  hasFailed(worker: number): boolean {
    return Atomics.load(this.#words, WORKERS + worker * WORKER_WORDS + 1) !== 0;
  }

  #ring(): void {
    Atomics.add(this.#words, BELL, 1);
    if (Atomics.load(this.#words, SLEEPERS) > 0) Atomics.notify(this.#words, BELL);
  }

  // Both sides.

  /** Takes a task: its number, or −1 when there is none. */
  take(): number {
    for (;;) {
      const ticket = Atomics.load(this.#tickets, TICKET);
      const task = Number(BigInt.asUintN(TASK_BITS, ticket));
      if (task >= this.#count) return -1;
      if (Atomics.compareExchange(this.#tickets, TICKET, ticket, ticket + 1n) === ticket) return task;
    }
  }

  get #count(): number {
    return Atomics.load(this.#words, COUNT);
  }

  /** Says that a taken task is done. */
  finish(): void {
    const done = Atomics.add(this.#words, DONE, 1) + 1;
    if (done === this.#count && Atomics.load(this.#words, CALLER_SLEEPS) !== 0) this.#wakeCaller();
  }

  /** An operand of the job whose task one has taken. */
  operand(i: number): number {
    return this.#operands[OPERAND + i];
  }

  // The worker's side.

  get closed(): boolean {
    return Atomics.load(this.#words, CLOSED) !== 0;
  }

  /** The bell's count; a worker looks at it before it looks for tasks, so that it cannot miss a ring. */
  get bell(): number {
    return Atomics.load(this.#words, BELL);
  }

  /** Rests until the bell has rung since it showed `heard`: spins for a while, then sleeps. */
  rest(heard: number, spinMilliseconds: number): void {
    const words = this.#words;
    if (spinMilliseconds > 0) {
      const end = performance.now() + spinMilliseconds;
      do {
        if (Atomics.load(words, BELL) !== heard) return;
        spinALittle();
      } while (performance.now() < end);
    }
    Atomics.add(words, SLEEPERS, 1);
    Atomics.wait(words, BELL, heard);
    Atomics.sub(words, SLEEPERS, 1);
  }

  /** Begins to hold a task; a pulse that stays odd and unchanged is that of a worker that is lost with it. */
  hold(worker: number): void {
    Atomics.or(this.#words, WORKERS + worker * WORKER_WORDS, 1);
  }

  beat(worker: number): void {
    Atomics.add(this.#words, WORKERS + worker * WORKER_WORDS, 2);
  }

  release(worker: number): void {
    Atomics.add(this.#words, WORKERS + worker * WORKER_WORDS, 1);
  }

  /** Says that the worker's task will never be done. */
  fail(worker: number): void {
    Atomics.store(this.#words, WORKERS + worker * WORKER_WORDS + 1, 1);
    Atomics.store(this.#words, FAILED, 1);
    this.#wakeCaller();
  }

  #wakeCaller(): void {
    Atomics.notify(this.#words, DONE);
  }
}

/** A few dozen nanoseconds, without a system call and easy on the core's other thread. */
function spinALittle(): void {
  for (let i = 0; i < 16; i++) pause();
}

let blocks: boolean | undefined;

/** Whether this thread may sleep; a browser's main thread may not. */
function mayBlock(): boolean {
  if (blocks === undefined) {
    try {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
      blocks = true;
    } catch {
      blocks = false;
    }
  }
  return blocks;
}
