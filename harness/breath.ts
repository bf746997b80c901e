/**
 * A pause now and then, in which this process hears of signals and of other processes.
 *
 * An implementation that is a module of this process answers at once. A run of it waits for nothing, and so would
 * never come to where Node listens; Ctrl-C would be heard when all is over. Between two boots nothing is under way, so
 * that a pause there, whenever it comes, changes the order of nothing.
 */
const EVERY_MS = 50;

let last = performance.now();

/** @returns the pause to wait for; undefined: none is due. While one is waited for, another is due for everybody else. */
export function breath(): Promise<void> | undefined {
  if (performance.now() - last < EVERY_MS) return undefined;
  return new Promise((resolve) => {
    setImmediate(() => {
      last = performance.now();
      resolve();
    });
  });
}
