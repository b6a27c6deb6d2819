import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { exported, isClass } from "../support/doors.ts";

// Vue makes a proxy of every object whose tag is "Object", and private fields cannot be read through one.

const layers = (value: { prototype?: object }) => "forward" in (value.prototype ?? {});
const classes = [...exported, ["Optimizer", library.Optimizer] as const].filter(
  ([, value]) => isClass(value) && !layers(value) && String(value).includes("#"),
);

describe("a class with private fields has a tag of its own", () => {
  it("all but layers, which docs/hosts.md names", () => {
    expect(classes.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        "Matrix",
        "Network",
        "RandomState",
        "Optimizer",
        "StandardScaler",
        "RecordEncoder",
      ]),
    );
  });

  it.each(classes)("%s", (name, value) => {
    const tag = name === "Adam" || name === "GradientDescent" ? "Optimizer" : name;
    expect(Object.prototype.toString.call(value.prototype)).toBe(`[object ${tag}]`);
  });
});
