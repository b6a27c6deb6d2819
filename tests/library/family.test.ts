import { describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import * as everySchedule from "../../src/optimizers/schedules.ts";
import { family, trainXor } from "../platform/programs/family.mjs";
import fingerprints from "../platform/programs/fingerprints.json" with { type: "json" };
import { schedules, trainedNetworks } from "../platform/programs/networks.mjs";

describe("the family of trained networks", () => {
  it("has the committed fingerprints on these kernels", () => {
    const how = "npm run fingerprints writes those of what is new, and shows what changed";
    expect(family(library), how).toEqual(fingerprints);
  });

  it("holds NaN where it overflows, and finite numbers elsewhere", () => {
    const broken = new Set<number>();
    let trained = -1;
    family({
      ...library,
      fingerprint(layers) {
        trained++;
        const linears = [layers]
          .flat(2)
          .flatMap((part) =>
            part instanceof library.Network ? part.linears : (part as library.LinearLayer),
          );
        const matrices = linears.flatMap(({ params }) => [params.W, params.b]);
        if (matrices.some(({ data }) => data.some(Number.isNaN))) broken.add(trained);
        return "";
      },
    });
    const names = Object.keys(fingerprints);
    expect([...broken].map((i) => names[i])).toEqual([
      ...names.filter((name) => name.includes("NaN")),
      "all",
    ]);
  });

  it("tells every network from every other", () => {
    const values = Object.values(fingerprints);
    expect(new Set(values).size).toBe(values.length);
  });

  it("notices one parameter that is off by its last bit", () => {
    const layers = trainXor(library);
    expect(library.fingerprint(layers)).toBe(fingerprints["the article's XOR"]);
    const { data } = layers[1].params.W;
    new Uint32Array(data.buffer, data.byteOffset, 1)[0] ^= 1;
    expect(library.fingerprint(layers)).not.toBe(fingerprints["the article's XOR"]);
  });
});

describe("nothing that trains escapes the family", () => {
  const names = Object.keys(fingerprints);
  const classesOf = (ending: string) =>
    Object.keys(library)
      .filter((name) => name.endsWith(ending) && /^[A-Z]/.test(name))
      .map((name) => name.slice(0, -ending.length).toLowerCase())
      .sort();
  const lower = (list: readonly string[]) => list.map((name) => name.toLowerCase()).sort();

  it("every layer, cost and penalty that is exported has the name by which the family finds it", () => {
    expect(classesOf("Layer").filter((name) => name !== "activation")).toEqual(lower(library.layerKinds));
    expect(classesOf("Cost")).toEqual(lower(library.costNames));
    expect(classesOf("Penalty")).toEqual(lower(Object.keys(library.penalties)));
  });

  it("so has every optimizer", () => {
    const classes = Object.entries(library).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof library.Optimizer,
    );
    expect(lower(classes.map(([name]) => name))).toEqual(lower(library.optimizerNames));
  });

  it("and every schedule", () => {
    expect(Object.keys(schedules(library)).sort()).toEqual(Object.keys(everySchedule).sort());
    for (const name of Object.keys(everySchedule)) expect(library).toHaveProperty(name);
  });

  it("and each is in a network with a constant, in both dtypes", () => {
    const parts = Object.entries({
      layer: library.layerKinds,
      cost: library.costNames,
      optimizer: library.optimizerNames,
      penalty: Object.keys(library.penalties),
      schedule: Object.keys(everySchedule),
    });
    for (const [kind, list] of parts) {
      for (const name of list) {
        for (const dtype of ["float64", "float32"]) {
          const found = names.filter((title) => title.match(`^${kind} ${name}\\b.*, ${dtype}$`));
          expect(found.length, `${kind} ${name}, ${dtype}`).toBeGreaterThan(0);
        }
      }
    }
  });

  it("and the networks learn: the doctor stops none, and early stopping stops one", () => {
    const ends = [...trainedNetworks(library)].map(([name, { history }]) => [name, history.stoppedBy]);
    for (const [name, end] of ends) {
      expect(end, name).toBe(name?.startsWith("stopped early") ? "earlyStopping" : "epochs");
    }
  });
});
