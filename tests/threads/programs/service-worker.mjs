import { abilities } from "./context.mjs";

self.onmessage = async ({ source }) => source.postMessage(await abilities());
