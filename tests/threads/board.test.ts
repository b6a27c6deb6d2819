import { afterEach, describe, expect, it, vi } from "vitest";
import { Board } from "../../src/wasm/threads/board.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

/** A board as its caller sees it, and as a worker does. */
function boards(workers = 1): [caller: Board, worker: Board] {
  const buffer = new SharedArrayBuffer(Board.bytes(workers));
  const [caller, worker] = [new Board(buffer, 0, workers), new Board(buffer, 0, workers)];
  caller.clear();
  return [caller, worker];
}

it("a task that was seen in an earlier job cannot be taken, though as many of the next one's are gone", () => {
  const [caller, worker] = boards();
  caller.post(5, [1]);
  expect([caller.take(), caller.take()]).toEqual([0, 1]);
  const real = Atomics.compareExchange;
  vi.spyOn(Atomics, "compareExchange").mockImplementationOnce(((...exchange: Parameters<typeof real>) => {
    // the worker has looked, and the caller goes on to a job of two before it takes
    caller.post(2, [1]);
    expect([caller.take(), caller.take()]).toEqual([0, 1]);
    return real(...exchange);
  }) as typeof real);
  expect(worker.take()).toBe(-1);
});

it("nor one of an earlier job, where a processor lets others see a store before the one that withdraws the ticket", () => {
  const [caller, worker] = boards();
  caller.post(1, [1]);
  expect(worker.take()).toBe(0);
  worker.finish();
  const real = Atomics.store;
  const taken: number[] = [];
  let late = () => {};
  // An atomic store is seen before the next one. Of the plain ones between the two nobody says so.
  vi.spyOn(Atomics, "store").mockImplementation(((...stored: Parameters<typeof real>) => {
    taken.push(worker.take());
    late();
    late = () => real(...stored);
  }) as typeof real);
  caller.post(2, [1]);
  vi.mocked(Atomics.store).mockRestore();
  late();
  expect(new Set(taken)).toEqual(new Set([-1]));
  expect([caller.take(), worker.take(), worker.take()]).toEqual([0, 1, -1]);
});

it("a job has room for 31 operands, which touch nothing else, and one more is refused", () => {
  const [caller, worker] = boards();
  const operands = Array.from({ length: 31 }, (_, i) => 2 ** 32 - i);
  caller.post(3, operands);
  expect(operands.map((_, i) => worker.operand(i))).toEqual(operands);
  expect([worker.pulse(0), worker.hasFailed(0), worker.done, worker.closed]).toEqual([0, false, 0, false]);
  expect(() => caller.post(3, [...operands, 1])).toThrow("32 operands do not fit on the board");
  expect(worker.take()).toBe(0);
});

it("each task is taken once, by whoever comes, and a board that is closed has none and says so", () => {
  const [caller, worker] = boards();
  expect([caller.take(), worker.take()]).toEqual([-1, -1]);
  const { bell } = worker;
  caller.post(3, [1]);
  expect(worker.bell).not.toBe(bell);
  expect([worker.take(), caller.take(), worker.take(), caller.take(), worker.take()]).toEqual([
    0, 1, 2, -1, -1,
  ]);
  for (let i = 1; i <= 3; i++) {
    worker.finish();
    expect(caller.done).toBe(i);
  }
  caller.post(3, [1]);
  expect([caller.done, worker.closed]).toEqual([0, false]);
  const rung = worker.bell;
  caller.close();
  expect([worker.closed, worker.take(), worker.bell !== rung]).toEqual([true, -1, true]);
});

it("a worker's pulse is odd while it holds a task and changes with each, and its failure is its own", () => {
  const [caller, worker] = boards(3);
  const seen = [
    () => worker.hold(1),
    () => worker.beat(1),
    () => worker.hold(1),
    () => worker.beat(1),
    () => worker.release(1),
  ];
  const pulses = seen.map((step) => {
    step();
    return caller.pulse(1);
  });
  expect(pulses.map((pulse) => pulse % 2)).toEqual([1, 1, 1, 1, 0]);
  expect(pulses[1]).not.toBe(pulses[0]);
  expect(pulses[3]).not.toBe(pulses[2]);
  expect([caller.pulse(0), caller.pulse(2), caller.failed]).toEqual([0, 0, false]);
  worker.fail(1);
  expect([0, 1, 2].map((each) => caller.hasFailed(each))).toEqual([false, true, false]);
  expect(caller.failed).toBe(true);
});

describe("a thread that may not sleep, as a page's", () => {
  /** A board there, and how often it has looked at the clock, which goes on by a millisecond each time. */
  async function boardOfPage() {
    vi.spyOn(Atomics, "wait").mockImplementation(() => {
      throw new TypeError("Atomics.wait cannot be called in this context");
    });
    let time = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => time++);
    vi.resetModules();
    const { Board: PageBoard } = await import("../../src/wasm/threads/board.ts");
    const board = new PageBoard(new SharedArrayBuffer(PageBoard.bytes(1)), 0, 1);
    board.clear();
    board.post(2, [1]);
    const looks = () => clock.mock.calls.length;
    return { board, looks };
  }

  it("waits by looking again and again, until its time is over", async () => {
    const { board, looks } = await boardOfPage();
    board.finish();
    board.waitUntilDone(2, 50);
    expect(looks()).toBe(51);
  });

  it("waits no longer for what is done, nor for a worker that has failed meanwhile", async () => {
    for (const end of ["finish", "fail"] as const) {
      vi.restoreAllMocks();
      const { board, looks } = await boardOfPage();
      board.finish();
      vi.mocked(performance.now).mockImplementation(() => {
        if (looks() === 5) board[end](0);
        return 0;
      });
      board.waitUntilDone(2, 50);
      expect(looks()).toBe(5);
    }
  });
});
