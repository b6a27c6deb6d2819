// A progress bar on a terminal; nothing where there is none.

/**
 * @param {number} total how many steps there are
 * @returns {(done: number, text?: string) => void} call it after each step
 */
export function progressBar(total, stream = process.stderr) {
  if (!stream.isTTY) return () => {};
  const width = 30;
  return (done, text = "") => {
    const filled = Math.round((width * done) / total);
    const bar = "█".repeat(filled) + "░".repeat(width - filled);
    // Back to the start of the line before, and the rest of the line wiped after.
    stream.write(`\r${bar} ${done}/${total} ${text}\x1b[K${done === total ? "\n" : ""}`);
  };
}
