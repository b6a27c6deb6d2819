// Programs that are run to their end. This process waits without standing still, so that a signal still stops it.
import { execFile } from "node:child_process";

/** What still runs is not left behind. */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** What a program prints; rejects where it fails, with the signal that ended it if one did. */
export function outputOf(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { encoding: "utf8", env }, (error, stdout) => {
      running.delete(child);
      if (error) reject(error);
      else resolve(stdout);
    });
    running.add(child);
  });
}
