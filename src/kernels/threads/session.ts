import { HostError, OutOfMemoryError, ThreadError } from "../../errors.ts";
import type { WasmExports } from "../../wasm/exports.ts";
import { instantiate } from "../../wasm/instantiate.ts";
import { Board, type Job } from "../../wasm/threads/board.ts";
import { Crew } from "../../wasm/threads/crew.ts";
import { checkSharing, checkWorkers, processors } from "../../wasm/threads/host-worker.ts";
import { moveMemory } from "../../wasm/threads/move-memory.ts";
import { createSharedMemory, forSharedMemory } from "../../wasm/threads/shared-memory.ts";
import type { DType } from "../dtype.ts";
import { layoutChanged } from "../layout.ts";
import { createPlainKernels, type Runtime } from "../runtime.ts";
import { Workspace } from "../workspace.ts";
import type { Enlistment } from "./enlistment.ts";
import { createSharedKernels, type Pool } from "./kernels.ts";
import { createTasks, SCRATCH_BYTES } from "./tasks.ts";

/** How long a thread spins before it sleeps, in milliseconds: about what waking it costs, a few times over. */
const SPIN = 0.2;
/** A worker that holds a task and shows no sign of life for so many looks, so long each, is taken for lost. */
const LOOKS = 7;
const LOOK = 100;

/** How a session is started. */
export interface SessionOptions {
  /** What the workers run. */
  readonly source: string;
  /** Told of every worker that is lost; when given, an operation that loses one is begun anew instead of throwing. */
  readonly onFault?: ((error: ThreadError) => void) | undefined;
}

type Wasm = NonNullable<Runtime["wasm"]>;

/** The time in which the library runs on a shared memory, with workers. */
export class Session implements Pool {
  readonly panels: Workspace;
  readonly recovers: boolean;
  readonly #runtime: Runtime;
  readonly #wasm: Wasm;
  readonly #module: WebAssembly.Module;
  readonly #onFault: ((error: ThreadError) => void) | undefined;
  readonly #spin: number;
  readonly #crew: Crew;
  /** How many workers the board was made for. */
  readonly #places: number;
  /** The block that holds the board, then the scratch room of the caller and of each worker. */
  readonly #block: number;
  #memory: WebAssembly.Memory;
  #board: Board;
  #runTask: (task: number) => void;

  /**
   * Starts the workers, then moves the runtime to a shared memory.
   * @throws HostError or OutOfMemoryError; nothing has changed then
   */
  static async start(
    runtime: Runtime,
    wasm: Wasm,
    threads: number,
    options: SessionOptions,
  ): Promise<Session> {
    // first, since a host that has none may bar the bytes too, which are asked for below
    checkWorkers();
    checkSharing();
    if (wasm.bytes === undefined) {
      throw new HostError(
        "threads need the bytes of the kernels, to build them for shared memory, and these were started from a WebAssembly.Module; give init() the bytes of nothing-but-wasm/kernels.wasm. Everything goes on on one thread",
      );
    }
    const { module } = instantiate(forSharedMemory(wasm.bytes()), createSharedMemory(1, 1));
    let session: Session | undefined;
    const report = (cause: unknown) => session?.lose(cause);
    const crew = await Crew.start(options.source, threads - 1, report);
    try {
      session = new Session(runtime, wasm, module, crew, threads, options);
      await crew.ask((worker) => session!.#enlistment(worker));
      crew.unref();
    } catch (cause) {
      await (session ?? crew).stop();
      session?.leave();
      throw cause;
    }
    return session;
  }

  private constructor(
    runtime: Runtime,
    wasm: Wasm,
    module: WebAssembly.Module,
    crew: Crew,
    threads: number,
    { onFault }: SessionOptions,
  ) {
    this.#runtime = runtime;
    this.#wasm = wasm;
    this.#module = module;
    this.#crew = crew;
    this.#onFault = onFault;
    this.recovers = onFault !== undefined;
    this.#places = threads - 1;
    // More threads than processors: one that spins keeps from its work the one that it waits for.
    this.#spin = threads <= processors() ? SPIN : 0;
    this.panels = new Workspace(runtime.arena);
    this.#block = runtime.arena.allocate(Board.bytes(this.#places) + threads * SCRATCH_BYTES);
    try {
      const { memory, board, runTask } = this.#move();
      this.#memory = memory;
      this.#board = board;
      this.#runTask = runTask;
    } catch (cause) {
      runtime.arena.free(this.#block);
      throw cause;
    }
  }

  get helpers(): number {
    return this.#crew.size;
  }

  run(count: number, job: Job): void {
    const board = this.#board;
    board.post(count, job);
    try {
      for (let task = board.take(); task >= 0; task = board.take()) {
        this.#runTask(task);
        board.finish();
      }
    } catch (cause) {
      this.#flee([], "failed");
      throw cause;
    }
    if (board.done === count) return;
    board.spinUntilDone(count, this.#spin);
    if (board.done !== count) this.#await(count);
  }

  /** Waits for what others have taken; a worker that is lost with a task ends the wait. */
  #await(count: number): void {
    const board = this.#board;
    const { numbers } = this.#crew;
    const look = () => numbers.map((worker) => board.pulse(worker));
    let pulses = look();
    let done = board.done;
    let idle = 0;
    while (board.done !== count) {
      board.waitUntilDone(count, LOOK);
      const now = look();
      const failed = numbers.filter((worker) => board.hasFailed(worker));
      if (failed.length > 0) throw this.#flee(failed, "threw an error");
      const moved = board.done !== done || now.some((pulse, i) => pulse !== pulses[i]);
      idle = moved ? 0 : idle + 1;
      if (idle === LOOKS) {
        const still = numbers.filter((_, i) => now[i] % 2 !== 0);
        throw this.#flee(still, "stopped answering");
      }
      pulses = now;
      done = board.done;
    }
  }

  /**
   * Leaves the memory to the lost workers and goes on in a copy of it with the others. Nobody can tell a dead worker
   * from one that is late, and no thread can be stopped at once; but what a late one still writes goes to the memory
   * that was left.
   */
  #flee(lost: number[], what: string): ThreadError {
    const who = ["this thread", "a worker thread"][lost.length] ?? `${lost.length} worker threads`;
    this.#board.close();
    for (const worker of lost) this.#crew.drop(worker);
    let left: string;
    try {
      const { memory, board, runTask } = this.#move();
      this.#memory = memory;
      this.#board = board;
      this.#runTask = runTask;
      this.#crew.tell((worker) => this.#enlistment(worker));
      left = this.helpers === 0 ? "on one thread" : `on ${this.helpers + 1} threads`;
    } catch (cause) {
      if (!(cause instanceof OutOfMemoryError)) throw cause;
      // No room for a copy: all are told to end, and nobody is asked again.
      void this.#crew.stop();
      left = "on one thread";
    }
    const error = new ThreadError(
      `${who} ${what} in the middle of an operation. Its operands are intact; call it again, and it runs ${left}`,
    );
    this.#onFault?.(error);
    return error;
  }

  /** A worker has ended between operations, or its end has become known only now. */
  lose(cause: unknown): void {
    const left = this.helpers === 0 ? "one thread is left" : `${this.helpers + 1} threads are left`;
    this.#onFault?.(new ThreadError(`a worker thread ended; ${left}`, { cause: cause as Error }));
  }

  /** Ends the workers; then `leave` may follow, or another session. */
  async stop(): Promise<void> {
    // Deno wakes none that sleeps at the board: each would stay for ever, with its thread and 12 MB.
    this.#board.close();
    await this.#crew.stop();
  }

  /**
   * Moves the runtime back to a memory of its own, on one thread.
   * @throws OutOfMemoryError when there is no room to move; the library goes on as it is then, on one thread
   */
  leave(): void {
    const { arena, memory, kernels } = this.#runtime;
    this.panels.release();
    arena.free(this.#block);
    const { exports, memory: pages } = instantiate(this.#wasm.module);
    moveMemory(memory, pages, arena.top);
    for (const dtype of ["float64", "float32"] as DType[]) {
      Object.assign(kernels[dtype], createPlainKernels(exports, dtype, memory, this.#wasm.workspace));
    }
    layoutChanged();
  }

  /** Where the threads' scratch rooms begin, this one's first: behind the board. */
  get #scratch(): number {
    return this.#block + Board.bytes(this.#places);
  }

  #enlistment(worker: number): Enlistment {
    return {
      module: this.#module,
      memory: this.#memory,
      address: this.#block,
      workers: this.#places,
      worker,
      scratch: this.#scratch + (worker + 1) * SCRATCH_BYTES,
      spin: this.#spin,
    };
  }

  /** Moves the runtime to a new shared memory and its kernels with it. */
  #move(): { memory: WebAssembly.Memory; board: Board; runTask: (task: number) => void } {
    const { memory: linear, arena, kernels } = this.#runtime;
    const memory = createSharedMemory(arena.top);
    const { exports } = instantiate(this.#module, memory);
    moveMemory(linear, memory, arena.top);
    const board = new Board(memory.buffer, this.#block, this.#places);
    board.clear();
    this.#install(kernels, exports);
    return { memory, board, runTask: createTasks(exports, memory.buffer, board, this.#scratch, () => {}) };
  }

  #install(kernels: Runtime["kernels"], exports: WasmExports): void {
    for (const dtype of ["float64", "float32"] as DType[]) {
      Object.assign(
        kernels[dtype],
        createSharedKernels(exports, dtype, this.#runtime.memory, this.#wasm.workspace, this, kernels[dtype]),
      );
    }
    layoutChanged();
  }
}
