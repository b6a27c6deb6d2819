import { defineConfig } from "vitest/config";

// The behaviour of the library is tested three times over: on the compiled kernels, on a build of them with its
// assertions on, and on the plain TypeScript reference. What does not depend on the kernels runs once.
const everyKernels = ["tests/library/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    // Vitest leaves a processor free: of two, one works. With both the tests take 240 s for 356.
    maxWorkers: "100%",
    setupFiles: ["tests/setup/kernels.ts"],
    projects: [
      ...["wasm", "checked", "reference"].map((kernels) => ({
        extends: true as const,
        test: {
          name: kernels,
          include: everyKernels,
          env: { NBW_KERNELS: kernels },
        },
      })),
      {
        extends: true,
        test: {
          name: "once",
          include: ["tests/**/*.test.ts"],
          exclude: [...everyKernels, "**/node_modules/**"],
        },
      },
    ],
  },
});
