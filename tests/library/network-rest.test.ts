import { afterEach, describe, expect, it, vi } from "vitest";
import type { Training } from "../../src/network/training.ts";

// How a run rests is the host's, and is settled when the library is loaded; so it is loaded anew here, on other hosts.

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.resetModules();
});

/** A run of so many steps that do nothing. */
function stepsOf(count: number) {
  let steps = 0;
  const training = {
    get finished() {
      return steps === count;
    },
    step: () => void steps++,
    stop: () => {},
    finish: vi.fn(),
  };
  return { training: training as unknown as Training, finish: training.finish, steps: () => steps };
}

/** Drives 30 steps by a clock that goes 5 ms each time it is read, on the library as a host with these globals loads it. */
async function driveOn(host: Record<string, unknown>, onClock = (time: number) => time + 5): Promise<void> {
  for (const [name, value] of Object.entries(host)) vi.stubGlobal(name, value);
  vi.resetModules();
  const { drive } = await import("../../src/network/drive.ts");
  vi.unstubAllGlobals();
  let time = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => {
    time = onClock(time);
    return time;
  });
  const { training, finish, steps } = stepsOf(30);
  await drive(training, undefined, undefined);
  expect([steps(), finish.mock.calls.length]).toEqual([30, 1]);
}

describe("a run rests", () => {
  it("by setImmediate where there is one", async () => {
    const setImmediate = vi.fn(globalThis.setImmediate);
    const channels = vi.fn();
    await driveOn({ setImmediate, MessageChannel: channels });
    expect(setImmediate.mock.calls.length).toBeGreaterThan(3);
    expect(channels).not.toHaveBeenCalled();
  });

  it("as often when the clock is put back meanwhile, as a test's may be", async () => {
    let [looks, restsBefore] = [0, 0];
    const setImmediate = vi.fn(globalThis.setImmediate);
    await driveOn({ setImmediate }, (time) => {
      if (++looks !== 20) return time + 5;
      restsBefore = setImmediate.mock.calls.length;
      return time - 1e9;
    });
    expect(restsBefore).toBeGreaterThan(3);
    expect(setImmediate.mock.calls.length - restsBefore).toBeGreaterThan(3);
  });

  it.each([
    ["a page", { setImmediate: undefined }],
    [
      "Deno, whose setImmediate is not there until it is asked for",
      { Deno: {}, setImmediate: () => expect.unreachable() },
    ],
  ])("by messages in %s, and leaves no port open, which would keep its channel", async (_, host) => {
    const open = new Set<MessagePort>();
    let opened = 0;
    class Channel extends MessageChannel {
      constructor() {
        super();
        opened++;
        for (const port of [this.port1, this.port2]) {
          open.add(port);
          const { close } = port;
          port.close = () => {
            open.delete(port);
            close.call(port);
          };
        }
      }
    }
    const setTimeout = vi.fn(globalThis.setTimeout);
    await driveOn({ ...host, MessageChannel: Channel, setTimeout });
    expect(opened).toBeGreaterThan(3);
    expect(open.size).toBe(0);
    expect(setTimeout).not.toHaveBeenCalled();
  });

  it("for a turn of its own, however many runs there are at once", async () => {
    const { drive } = await import("../../src/network/drive.ts");
    let time = performance.now();
    vi.spyOn(performance, "now").mockImplementation(() => (time += 5));
    const turns: number[] = [];
    const look = () => {
      turns.push(time);
      turning = setImmediate(look);
    };
    const runs = Array.from({ length: 20 }, () => stepsOf(30));
    const ends = runs.map(({ training }) => drive(training, undefined, undefined));
    let turning = setImmediate(look);
    await Promise.all(ends);
    clearImmediate(turning);
    expect(runs.map(({ steps }) => steps())).toEqual(Array(20).fill(30));
    const held = turns.slice(1).map((turn, i) => turn - turns[i]);
    expect(Math.max(...held)).toBeLessThan(40);
  });

  it("and if its host fails at that, it fails alone", async () => {
    const { setImmediate } = globalThis;
    const once = vi.fn(setImmediate).mockImplementationOnce(() => {
      throw new Error("no turn");
    });
    await expect(driveOn({ setImmediate: once })).rejects.toThrow("no turn");
    const { drive } = await import("../../src/network/drive.ts");
    const { training, steps } = stepsOf(30);
    await drive(training, undefined, undefined);
    expect(steps()).toBe(30);
  });

  it("by timers that wait for nothing where there is neither", async () => {
    const setTimeout = vi.fn(globalThis.setTimeout);
    await driveOn({ setImmediate: undefined, MessageChannel: undefined, setTimeout });
    expect(setTimeout.mock.calls.length).toBeGreaterThan(3);
    expect(new Set(setTimeout.mock.calls.map(([, wait]) => wait))).toEqual(new Set([0]));
  });
});
