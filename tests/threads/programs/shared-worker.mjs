import { abilities } from "./context.mjs";

self.onconnect = async ({ ports: [port] }) => port.postMessage(await abilities());
