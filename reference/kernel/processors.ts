/**
 * Several processors, one step at a time.
 *
 * A kernel function that more than one processor may be in is written as a generator: what lies
 * between two yields is one indivisible step, and the yielded word says what was done. On one
 * processor it is simply run to its end; with several, whoever holds the schedule decides who takes
 * the next step, and can thereby try every interleaving there is.
 */
import { KernelBug } from './bug.ts';

/** One processor's way through a kernel function. */
export type Steps<Result = void> = Generator<string, Result, void>;

export interface StepTaken {
  readonly processor: number;
  readonly step: string;
}

/** No sensible program is longer; a longer one waits for something that will not happen. */
const MAX_STEPS = 100_000;

/** Nor is a schedule that somebody still wants to read. */
const MAX_TRACE = 20_000;

/**
 * Runs a program that has the machine to itself.
 *
 * @throws KernelBug — it spins, which nobody could end, or goes in a circle.
 */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  for (let taken = 0; taken <= MAX_STEPS; taken++) {
    const step = steps.next();
    if (step.done) return step.value;
    if (step.value === 'spin') throw new KernelBug('the only processor spins on a held lock');
  }
  throw new KernelBug('the processor does not come to an end');
}

/**
 * Runs one program a processor by a schedule.
 *
 * @param schedule - the processor of each next step; entries for one that has finished are skipped,
 * and when it is used up the unfinished take turns from processor 0.
 * @throws KernelBug — the processors do not come to an end.
 */
export function interleave(
  programs: readonly Steps[],
  schedule: readonly number[],
): readonly StepTaken[] {
  const taken: StepTaken[] = [];
  const running = new Map(programs.entries());

  const advance = (processor: number): void => {
    const step = running.get(processor)?.next();
    if (step === undefined) return;
    if (step.done) running.delete(processor);
    else taken.push({ processor, step: step.value });
    if (taken.length > MAX_TRACE) throw new KernelBug('the processors do not come to an end');
  };

  for (const processor of schedule) advance(processor);
  while (running.size > 0) for (const processor of [...running.keys()]) advance(processor);
  return taken;
}
