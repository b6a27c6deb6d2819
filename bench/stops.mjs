// What ends a command before it is done. A signal runs no `finally` and no listener of the exit; here it does both.

/** What a shell takes the exit of who is stopped for. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 };

/** Ends the process quietly, as if by this signal. */
export const stop = (signal) => process.exit(EXIT_CODES[signal]);

/** Calls `last` with the signal that is to end the process. */
export function onSignals(last) {
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.once(signal, last);
}

/** The signal that ended a program that was run for us, if it is one that may have been meant for us too, as Ctrl-C is. */
export const signalOf = ({ signal }) => (signal in EXIT_CODES ? signal : undefined);

/** Goes on where nobody reads what is printed any more, as behind `| head`, while there are files to be written. */
export function outliveReader(...files) {
  process.stdout.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
    if (files.every((file) => file === undefined)) stop("SIGPIPE");
  });
}
