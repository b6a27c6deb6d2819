import { afterEach, expect, it, vi } from "vitest";
import { Board } from "../../src/wasm/threads/board.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("a task that was seen in an earlier job cannot be taken, though as many of the next one's are gone", () => {
  const buffer = new SharedArrayBuffer(Board.bytes(1));
  const [caller, worker] = [new Board(buffer, 0, 1), new Board(buffer, 0, 1)];
  caller.clear();
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
