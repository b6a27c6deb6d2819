// Imports point down only. The rooms, from the ground up; a file may import from its own room and from those
// below it.
const rooms = [
  ["errors", "^src/(errors|list)\\.ts$"],
  ["options", "^src/(describe|options)\\.ts$"],
  ["wasm", "^src/wasm/"],
  ["kernels", "^src/kernels/"],
  ["matrix", "^src/(matrix|matrix-checks|block|compared|record-room|products)\\.ts$"],
  ["random", "^src/(random|precise-log|initializers)\\.ts$"],
  ["data", "^src/data/"],
  ["metrics", "^src/metrics/"],
  ["layers", "^src/(layers|costs|optimizers)/"],
  ["network", "^src/(predict\\.ts|fingerprint\\.ts|threads\\.ts|network/)"],
  ["explain", "^src/explain/"],
  ["entries", "^src/(index|layers|inlined|slim|turbo|reference|workerd|plot|explain|worker)\\.ts$"],
];

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-loader-at-run-time",
      comment: "src/wasm/exports.ts says what it costs; it serves the tests",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "assemblyscript" },
    },
    {
      name: "plot-stands-alone",
      comment:
        "plot takes numbers and gives text; it needs nothing of the library but the errors, what is a list and how options are named",
      severity: "error",
      from: { path: "^src/plot/" },
      to: { path: "^src/", pathNot: "^src/(plot/|(errors|list|options)\\.ts$)" },
    },
    {
      name: "in-a-room",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/plot/", ...rooms.map(([, path]) => path)] },
      to: {},
    },
    ...rooms.map(([name, path], i) => ({
      name: `${name}-imports-nothing-above`,
      severity: "error",
      from: { path },
      to: {
        path:
          rooms
            .slice(i + 1)
            .map(([, above]) => above)
            .join("|") || "^$",
      },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
  },
};
