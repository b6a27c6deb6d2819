// @ts-expect-error: a script of the build, without types
import { entries } from "../../.tools/entries.mjs";

/** The entries that every host can import: all but that of workerd, which imports a file of Wasm. */
export const importable = Object.keys(entries).filter((entry) => entry !== "workerd");
