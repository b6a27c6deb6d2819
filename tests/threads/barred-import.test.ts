import { afterEach, expect, it, vi } from "vitest";
import { dot, getThreads, HostError, Matrix, setThreads } from "../../src/index.ts";

const part = "../../src/kernels/threads/threads.ts";

afterEach(() => {
  vi.doUnmock(part);
});

it("a host that bars import() while it runs, as a service worker does, is told of by a HostError", async () => {
  vi.doMock(part, () => {
    throw new TypeError("import() is disallowed here");
  });
  const barred = setThreads(2);
  await expect(barred).rejects.toThrow(HostError);
  await expect(barred).rejects.toThrow(
    /^this host does not let the part of the library that runs threads be loaded: .*\. Everything goes on on one thread$/s,
  );
  expect(getThreads()).toBe(1);
  expect(dot(Matrix.from([[2]]), Matrix.from([[3]])).toArray()).toEqual([[6]]);
});
