/**
 * A function tracer: which kernel routines were entered, in order.
 *
 * Routines that an observer may ask about announce themselves by `enter`. The kernel runs one call
 * at a time and to its end, so one recording at a time is enough.
 *
 * Source: the idea of Linux's ftrace; 2.6.11 itself had kprobes at most.
 */
export interface Entered {
  /** Kernel name, such as csum_partial. */
  readonly routine: string;
  /** Octets that the routine was given to work through; 0 where that means nothing. */
  readonly octets: number;
}

let recording: Entered[] | undefined;

export function enter(routine: string, octets = 0): void {
  recording?.push({ routine, octets });
}

/** Runs the work and returns what was entered meanwhile. */
export function traceRoutines(work: () => void): readonly Entered[] {
  const entered: Entered[] = [];
  recording = entered;
  try {
    work();
  } finally {
    recording = undefined;
  }
  return entered;
}
