// Which kernels OpenBLAS takes here. It knows the processors of its own day, and takes its oldest kernels on a newer one:
// measured on a Xeon of 2023, 15.7 GF/s of the 72 that the same library reaches when it is told to use AVX-512. A benchmark
// that let it would flatter us.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const OLDEST = "Prescott";

/** The kernels' name as OpenBLAS says it when numpy or torch loads it; undefined when another library multiplies. */
function coreOf(python, module, env = {}) {
  const product = `import ${module}; ${module}.ones((2, 2)) @ ${module}.ones((2, 2))`;
  const { stdout, stderr } = spawnSync(python, ["-c", product], {
    env: { ...process.env, OPENBLAS_VERBOSE: "2", ...env },
    encoding: "utf8",
  });
  return `${stdout}${stderr}`.match(/^Core: (\S+)/m)?.[1];
}

/** What this processor can do, by the names that Linux gives; nothing elsewhere. */
function features() {
  try {
    return new Set(
      readFileSync("/proc/cpuinfo", "utf8")
        .match(/^flags\s*:(.*)$/m)?.[1]
        .split(" "),
    );
  } catch {
    return new Set();
  }
}

const known = new Map();

/**
 * The environment in which the OpenBLAS of this python's module uses the processor, and the name of the kernels it uses
 * then. What the caller's own OPENBLAS_CORETYPE says stands.
 */
export function openBlas(python, module) {
  const key = `${python} ${module}`;
  if (!known.has(key)) known.set(key, ask(python, module));
  return known.get(key);
}

function ask(python, module) {
  const core = coreOf(python, module);
  if (core !== OLDEST || process.env.OPENBLAS_CORETYPE) return { core, env: {} };
  const can = features();
  const better = can.has("avx512f") ? "SkylakeX" : can.has("avx2") ? "Haswell" : undefined;
  if (better === undefined) return { core, env: {} };
  const env = { OPENBLAS_CORETYPE: better };
  return { core: coreOf(python, module, env), env };
}
