/** What becomes of a command whose words cannot be written. */

/** As of a folder that reports cannot be written to. */
const NOT_WRITTEN = 2;

/** Heard of before anything is printed. */
export function hearOfStreams(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // Whoever reads only the first lines, as "head" does, closes the pipe; that is no error. What is known of the
    // exit code by then is kept: a command prints last.
    if (code === 'EPIPE') return setImmediate(() => process.exit());
    process.stderr.write(
      `kernspec: its output cannot be written: ${message}; give it room, or another place\n`,
    );
    return process.exit(NOT_WRITTEN);
  });
  // Progress that nobody sees must not end the run.
  process.stderr.on('error', () => undefined);
}
