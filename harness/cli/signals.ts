/** Signals that end a run. */
import { killAll } from '../subprocess.ts';

/** Exit codes of a run that was interrupted, as shells count them. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export interface Interruption {
  readonly signal: AbortSignal;
  /** The exit code that the signal stands for, once one has come. */
  exit(): number | undefined;
  stop(): void;
}

/** The first signal ends the run and keeps what was finished; the second ends the process. */
export function onSignals(): Interruption {
  const controller = new AbortController();
  let exit: number | undefined;
  const handlers = Object.entries(SIGNALS).map(([name, code]) => {
    const handler = (): void => {
      if (exit !== undefined) {
        killAll();
        process.exit(code);
      }
      exit = code;
      controller.abort(`interrupted by ${name}`);
      killAll();
    };
    process.on(name, handler);
    return [name, handler] as const;
  });
  return {
    signal: controller.signal,
    exit: () => exit,
    stop: () => {
      // An interrupted run is still going on inside; nothing is to hold the process any longer.
      if (exit !== undefined) return;
      for (const [name, handler] of handlers) process.off(name, handler);
    },
  };
}
