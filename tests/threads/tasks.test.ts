import { describe, expect, it } from "vitest";
import { COL_BLOCK, DEPTH_BLOCK, ROW_BLOCK } from "../../src/kernels/blocked-product.ts";
import { bytesOf, suffixOf } from "../../src/kernels/dtype.ts";
import { createPlainKernels } from "../../src/kernels/runtime.ts";
import { createSharedKernels, type Pool } from "../../src/kernels/threads/kernels.ts";
import {
  createTasks,
  MULTIPLY,
  mapJob,
  multiplyCount,
  PACK_RIGHT,
  packCount,
  productJob,
  rightBlocksBytes,
  SCRATCH_BYTES,
} from "../../src/kernels/threads/tasks.ts";
import { Workspace } from "../../src/kernels/workspace.ts";
import { Arena } from "../../src/wasm/arena.ts";
import { instantiate } from "../../src/wasm/instantiate.ts";
import { LinearMemory } from "../../src/wasm/memory.ts";
import { Board, type Job } from "../../src/wasm/threads/board.ts";
import { bytesOfBuild, dtypes, startReference } from "../kernels/runtimes.ts";

// One thread does every task here, the last one first: what it writes beyond its own scratch room, or reads of what another task
// has not written, would be the others'.

const GUARD_BYTES = 256;
const SENTINEL = 0xa5;

describe.each(["wasm", "turbo"] as const)("the tasks of threads, on the %s build", (build) => {
  const { exports, memory: pages } = instantiate(bytesOfBuild(build));
  const memory = new LinearMemory(pages);
  const arena = new Arena(memory);
  memory.reserve(2 ** 25);
  const oracle = startReference();

  function guarded(bytes: number): { pointer: number; isIntact: () => boolean } {
    const pointer = arena.allocate(bytes + GUARD_BYTES);
    memory.u8.fill(SENTINEL, pointer + bytes, pointer + bytes + GUARD_BYTES);
    const behind = () => memory.u8.subarray(pointer + bytes, pointer + bytes + GUARD_BYTES);
    return { pointer, isIntact: () => behind().every((byte) => byte === SENTINEL) };
  }

  /** Does the tasks of a job and says whether the scratch room sufficed, and how many signs of life it gave. */
  function runAll(count: number, job: Job): { isIntact: boolean; beats: number } {
    const address = arena.allocate(Board.bytes(0));
    const board = new Board(memory.buffer, address, 0);
    const scratch = guarded(SCRATCH_BYTES);
    let beats = 0;
    const run = createTasks(exports, memory.buffer, board, scratch.pointer, () => beats++);
    board.clear();
    board.post(count, job);
    for (let task = count - 1; task >= 0; task--) run(task);
    arena.free(address);
    arena.free(scratch.pointer);
    return { isIntact: scratch.isIntact(), beats };
  }

  const drawn = (count: number, seed: number) =>
    Array.from({ length: count }, (_, i) => (((i + seed) * 7919) % 1009) / 504 - 1);

  it.each(dtypes)("multiply %s in blocks within their rooms, to the bits of the reference", (dtype) => {
    const Elements = dtype === "float64" ? Float64Array : Float32Array;
    const size = bytesOf(dtype);
    const place = ({ arena, memory }: Pick<typeof oracle, "arena" | "memory">, values: number[]) => {
      const pointer = arena.allocate(values.length * size);
      new Elements(memory.buffer, pointer, values.length).set(values);
      return pointer;
    };
    for (const [m, n, k, tileRows, tileCols] of [
      [41, 130, 2 * DEPTH_BLOCK + 9, ROW_BLOCK, 64],
      [46, 300, DEPTH_BLOCK, 20, COL_BLOCK],
      [26, 129, 31, 25, 128],
      [6, 17, DEPTH_BLOCK + 1, ROW_BLOCK, 64],
      [26, 301, 3, 25, COL_BLOCK],
      [7, 256, 20, ROW_BLOCK, 64],
    ]) {
      for (const [transposeA, transposeB] of [
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ]) {
        const [A, B] = [drawn(m * k, 1), drawn(k * n, 2)];
        const [a, b, c] = [place({ arena, memory }, A), place({ arena, memory }, B), guarded(m * n * size)];
        // columns in two blocks, of which the second is not as wide, and the depth in two
        const cols = Math.ceil(n / 2);
        const most = DEPTH_BLOCK + 1;
        const panels = guarded(rightBlocksBytes(Math.min(k, most), cols, dtype));
        for (let j = 0; j < n; j += cols) {
          for (let p = 0; p < k; p += most) {
            const depth = Math.min(most, k - p);
            const part = { j, cols: Math.min(cols, n - j), p, depth, tileRows, tileCols };
            const operands = { c: c.pointer, a, b, m, n, k, transposeA, transposeB, panels: panels.pointer };
            const block = { dtype, ...operands, ...part };
            const packed = runAll(packCount(block), productJob(PACK_RIGHT, block));
            const multiplied = runAll(multiplyCount(block), productJob(MULTIPLY, block));
            const steps = multiplyCount(block) * Math.ceil(depth / DEPTH_BLOCK);
            expect([packed, multiplied]).toEqual([
              { isIntact: true, beats: 0 },
              { isIntact: true, beats: steps },
            ]);
          }
        }
        expect([panels.isIntact(), c.isIntact()]).toEqual([true, true]);
        // op(a) and op(b) as they are without a transpose
        const turned = (values: number[], rows: number, cols: number) =>
          values.map((_, at) => values[(at % cols) * rows + Math.floor(at / cols)]);
        const theirs = place(oracle, transposeA ? turned(A, m, k) : A);
        const others = place(oracle, transposeB ? turned(B, k, n) : B);
        const wanted = oracle.arena.allocate(m * n * size);
        oracle.kernels[dtype].matmulNN(wanted, theirs, others, m, n, k);
        const ours = new Uint8Array(memory.buffer, c.pointer, m * n * size);
        const bits = new Uint8Array(oracle.memory.buffer, wanted, m * n * size);
        expect(Buffer.compare(ours, bits), `${m}×${n} over ${k} ${transposeA} ${transposeB}`).toBe(0);
        for (const pointer of [a, b, c.pointer, panels.pointer]) arena.free(pointer);
        for (const pointer of [theirs, others, wanted]) oracle.arena.free(pointer);
      }
    }
  });

  it.each(dtypes)("map elements of %s, each once, by kernels with a record and without", (dtype) => {
    const Elements = dtype === "float64" ? Float64Array : Float32Array;
    const size = bytesOf(dtype);
    const n = 152;
    const names = Object.keys(exports);
    const suffix = suffixOf(dtype);
    for (const [name, inputs] of [
      [`tanhGradient${suffix}`, 2],
      ["sigmoidGradient", 2],
      [`tanh${suffix}`, 1],
      ["sigmoid", 1],
    ] as const) {
      const places = Array.from({ length: 1 + inputs }, () => guarded(n * size));
      const views = places.map(({ pointer }) => new Elements(memory.buffer, pointer, n));
      for (const [i, view] of views.entries()) view.set(drawn(n, i));
      const pointers = places.map(({ pointer }) => pointer);
      const { isIntact } = runAll(3, mapJob(names.indexOf(name), size, n, 64, pointers));
      expect([isIntact, ...places.map((place) => place.isIntact())].every(Boolean)).toBe(true);
      const [, upstream, a] = views;
      const { round, tanh, exp } = {
        round: size === 8 ? Number : Math.fround,
        tanh: Math.tanh,
        exp: Math.exp,
      };
      const expected = {
        [`tanhGradient${suffix}`]: (i: number) => round(upstream[i] * round(1 - round(a?.[i] * a?.[i]))),
        sigmoidGradient: (i: number) => round(round(upstream[i] * a?.[i]) * round(1 - a?.[i])),
        [`tanh${suffix}`]: (i: number) => tanh(upstream[i]),
        sigmoid: (i: number) => 1 / (1 + exp(-upstream[i])),
      }[name];
      for (const [i, value] of views[0].entries())
        expect(value).toBeCloseTo(expected(i), size === 8 ? 14 : 6);
      for (const pointer of pointers) arena.free(pointer);
    }
  });

  it.each(
    dtypes,
  )("are made of products of %s of few columns from a width on, of which far ones need less", (dtype) => {
    const size = bytesOf(dtype);
    const workspace = new Workspace(arena);
    const plain = createPlainKernels(exports, dtype, memory, workspace);
    let jobs = 0;
    const pool: Pool = { helpers: 1, panels: workspace, recovers: false, run: () => jobs++ };
    const { matmulNN } = createSharedKernels(exports, dtype, memory, workspace, pool, plain);
    const isShared = (m: number, lineBytes: number, k: number) => {
      const n = lineBytes / size;
      const pointers = [m * n, m * k, k * n].map((count) => arena.allocate(count * size));
      jobs = 0;
      matmulNN(pointers[0], pointers[1], pointers[2], m, n, k);
      for (const pointer of pointers) arena.free(pointer);
      return jobs > 0;
    };
    // on either side of 256 KiB, 20 rows, and 8 MiB of multiply-adds times bytes
    const least = size === 8 ? 32 : 28;
    expect(isShared(32, least, 9400)).toBe(true);
    expect(isShared(32, 24, 17_600)).toBe(false);
    expect(isShared(19, least, 17_600)).toBe(false);
    expect(isShared(40, 64, 4000)).toBe(true);
    expect(isShared(32, 64, 4000)).toBe(false);
    // of many rows shorter ones too
    expect(isShared(256, 40, 4000)).toBe(true);
    expect(isShared(255, 40, 4000)).toBe(false);
    expect(isShared(256, 32, 4000)).toBe(false);
  });

  // who is slow with one task gives no sign of life before its end
  it.each(dtypes)("that map elements of %s have 2 MiB at most, however many elements there are", (dtype) => {
    const size = bytesOf(dtype);
    const jobs: [count: number, job: Job][] = [];
    const workspace = new Workspace(arena);
    const plain = createPlainKernels(exports, dtype, memory, workspace);
    const pool: Pool = {
      helpers: 3,
      panels: workspace,
      recovers: false,
      run: (count, job) => jobs.push([count, job]),
    };
    const { tanh } = createSharedKernels(exports, dtype, memory, workspace, pool, plain);
    const index = Object.keys(exports).indexOf(`tanh${suffixOf(dtype)}`);
    // nothing is there: nobody does these jobs
    const tasks = [
      [2 ** 20, 2 ** 16],
      [2 ** 24, 2 ** 20],
      [2 ** 26, 2 ** 21],
      [1300 * 2 ** 20, 2 ** 21],
    ];
    for (const [bytes] of tasks) tanh(4096, 8192, bytes / size);
    expect(jobs).toEqual(
      tasks.map(([bytes, each]) => [
        bytes / each,
        mapJob(index, size, bytes / size, each / size, [4096, 8192]),
      ]),
    );
  });
});
