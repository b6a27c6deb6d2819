// What a worker runs: bundled on its own to one script, which .tools/build.mjs writes into the library as text.

import { exportsOf } from "../../wasm/exports.ts";
import { Board } from "../../wasm/threads/board.ts";
import { serveOwner } from "../../wasm/threads/host-worker.ts";
import type { Enlistment } from "./enlistment.ts";
import { createTasks } from "./tasks.ts";

const say = serveOwner((message) => {
  const enlistment = message as Enlistment;
  if (enlistment.memory === undefined) {
    say("up");
    return;
  }
  try {
    serve(enlistment);
  } catch (error) {
    say({ failure: String(error) });
    throw error;
  }
});

/** Takes tasks from the board until it is closed. While it serves, the worker hears no messages. */
function serve({ module, memory, address, workers, worker, scratch, spin }: Enlistment): void {
  const board = new Board(memory.buffer, address, workers);
  const exports = exportsOf(module, memory);
  const run = createTasks(exports, memory.buffer, board, scratch, () => board.beat(worker));
  say("ready");
  for (;;) {
    const heard = board.bell;
    if (board.closed) return;
    board.hold(worker);
    try {
      for (let task = board.take(); task >= 0; task = board.take()) {
        run(task);
        board.finish();
        board.beat(worker);
      }
    } catch (error) {
      board.fail(worker);
      throw error;
    }
    board.release(worker);
    board.rest(heard, spin);
  }
}
