export { trainInWorker } from "./network/train-in-worker.ts";
