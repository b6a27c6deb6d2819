// What threads need, in one file that is loaded by the first call for them.

export { threadSource } from "../../wasm/generated/thread.ts";
export { Session } from "./session.ts";
