import { describe, expect, it } from "vitest";
import { Knowing, layoutChanged, layoutVersion } from "../../src/kernels/layout.ts";

class Told extends Knowing {
  times = 0;
  timesWeakened = 0;

  override get weakly() {
    this.timesWeakened++;
    return super.weakly;
  }

  protected forget(): void {
    this.times++;
  }
}

const endOfJob = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("a change of the layout", () => {
  it("raises the version", () => {
    const before = layoutVersion;
    layoutChanged();
    expect(layoutVersion).toBe(before + 1);
  });

  it("is told once to who relies on it, and again when he relies anew", () => {
    const one = new Told();
    const other = new Told();
    layoutChanged();
    expect([one.times, other.times]).toEqual([0, 0]);
    one.rely();
    one.rely();
    other.rely();
    layoutChanged();
    layoutChanged();
    expect([one.times, other.times]).toEqual([1, 1]);
    one.rely();
    layoutChanged();
    expect([one.times, other.times]).toEqual([2, 1]);
  });

  it("is told after the job, too, to who is held only weakly by then", async () => {
    const early = new Told();
    early.rely();
    await endOfJob();
    const late = new Told();
    late.rely();
    layoutChanged();
    expect([early.times, late.times]).toEqual([1, 1]);
    await endOfJob();
    layoutChanged();
    expect([early.times, late.times]).toEqual([1, 1]);
  });

  it("finds nobody held strongly after the job in which he relied on it, whichever job that was", async () => {
    layoutChanged();
    for (let job = 0; job < 3; job++) {
      const one = new Told();
      one.rely();
      expect(one.timesWeakened).toBe(0);
      await endOfJob();
      expect(one.timesWeakened).toBe(1);
      expect(one.weakly).toBeInstanceOf(WeakRef);
    }
  });

  it("comes by itself when 4,096 rely on it, so that the list is no longer than that", async () => {
    layoutChanged();
    const many = Array.from({ length: 4096 }, () => new Told());
    for (const each of many.slice(0, 2000)) each.rely();
    await endOfJob();
    for (const each of many.slice(2000)) each.rely();
    expect(many.every(({ times }) => times === 0)).toBe(true);
    const last = new Told();
    last.rely();
    expect(many.every(({ times }) => times === 1)).toBe(true);
    expect(last.times).toBe(0);
    layoutChanged();
    expect(last.times).toBe(1);
  });
});
