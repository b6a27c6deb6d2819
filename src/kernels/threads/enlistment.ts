/** What a worker is told when it is to serve a board. */
export interface Enlistment {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The board in the memory, and how many workers it was made for. */
  readonly address: number;
  readonly workers: number;
  /** This worker's number, from 0. */
  readonly worker: number;
  /** SCRATCH_BYTES of this worker's own. */
  readonly scratch: number;
  /** How long it spins before it sleeps, in milliseconds. */
  readonly spin: number;
}
