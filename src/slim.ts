// The entry "nothing-but-wasm/slim": the surface alone. It carries no kernels; `init` is given a module of them.
export * from "./index.ts";
