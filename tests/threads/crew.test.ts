import { afterEach, expect, it, vi } from "vitest";
import { HostError } from "../../src/index.ts";
import { threadSource } from "../../src/wasm/generated/thread.ts";
import { Crew } from "../../src/wasm/threads/crew.ts";
import { collectWorkers } from "./faulty-workers.ts";

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 20_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** The timers by which answers are waited for, and those of them that were cleared. */
function watchPatience() {
  const set = vi.spyOn(globalThis, "setTimeout");
  const clear = vi.spyOn(globalThis, "clearTimeout");
  const begun = () =>
    set.mock.results.filter((_, i) => set.mock.calls[i][1] === PATIENCE).map(({ value }) => value);
  const ended = () => begun().filter((timer) => clear.mock.calls.some(([cleared]) => cleared === timer));
  return { begun, ended };
}

it("waits for each answer with a timer that goes with the answer, which would keep the process alive", async () => {
  const { begun, ended } = watchPatience();
  const lost: unknown[] = [];
  const crew = await Crew.start(threadSource, 2, (reason) => lost.push(reason));
  await crew.ask(() => ({}));
  expect([begun().length, ended().length]).toEqual([2, 2]);
  await expect(Crew.start('throw new Error("as the test wants")', 2, () => {})).rejects.toThrow(HostError);
  expect([begun().length, ended().length]).toEqual([3, 3]);
  expect([crew.size, crew.numbers]).toEqual([2, [0, 1]]);
  await crew.stop();
  expect([crew.size, lost]).toEqual([0, []]);
});

it("gives up on a worker that says nothing, and ends all", async () => {
  const workers = collectWorkers();
  const real = globalThis.setTimeout;
  // time flies for who waits for an answer
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((call: () => void, wait: number) =>
    real(call, wait === PATIENCE ? 1 : wait)) as typeof setTimeout);
  const started = Crew.start("setInterval(() => {}, 1000);", 2, () => {});
  await expect(started).rejects.toThrow(
    new HostError("a worker could not be started: no answer within 20 s"),
  );
  expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1]);
});

it("tells of a worker that ends by itself, once, and not of one that is dropped", async () => {
  const workers = collectWorkers();
  const lost: unknown[] = [];
  const crew = await Crew.start(threadSource, 3, (reason) => lost.push(reason));
  crew.drop(1);
  expect(crew.numbers).toEqual([0, 2]);
  await vi.waitFor(() => expect(workers[1].threadId).toBe(-1), { timeout: 30_000 });
  expect(lost).toEqual([]);
  await workers[0].terminate();
  expect([crew.numbers, lost.length]).toEqual([[2], 1]);
  await crew.stop();
  expect(lost.length).toBe(1);
});
