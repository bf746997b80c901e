/** Reading a trace of the machine for who is where, and for how long. */
import type { ClientPorts } from './client.ts';

export type Ended = Extract<
  Awaited<ReturnType<ClientPorts['machine']['run']>>,
  { ok: unknown }
>['ok'];

export type TraceEvent = Ended['trace'][number];

/** With these a process is in user mode again, or no more. */
const LEAVES_KERNEL: ReadonlySet<string> = new Set([
  'returns',
  'restarts',
  'handles',
  'exits',
  'is killed',
]);

/** Where processes are after an event. */
export interface Occupancy {
  /** Processes whose system call has begun and not ended. */
  readonly inside: ReadonlySet<string>;
  /** Who has each processor. */
  readonly current: ReadonlyMap<number, string>;
}

/** Each event with where processes are once it has happened. */
export function* occupancies(
  trace: readonly TraceEvent[],
): Generator<Occupancy & { readonly event: TraceEvent }> {
  const inside = new Set<string>();
  const current = new Map<number, string>();
  for (const event of trace) {
    if (event.did === 'runs') current.set(event.processor, event.who);
    if (event.did === 'calls') inside.add(event.who);
    if (LEAVES_KERNEL.has(event.did)) inside.delete(event.who);
    yield { event, inside, current };
  }
}

/** How many processes were in the kernel at once, and how many of them ran at once, at most. */
export function mostInKernel(trace: readonly TraceEvent[]): { inside: number; running: number } {
  const most = { inside: 0, running: 0 };
  for (const { inside, current } of occupancies(trace)) {
    const running = [...current.values()].filter((process) => inside.has(process));
    most.inside = Math.max(most.inside, inside.size);
    most.running = Math.max(most.running, running.length);
  }
  return most;
}

/**
 * Steps that its processor spends on others from the step that wakes a process to its own first.
 *
 * @returns undefined — it was not woken, or never ran after it.
 */
export function stepsToRun({ trace }: Ended, name: string): number | undefined {
  const woken = trace.findIndex(({ did, what }) => did === 'wakes' && what === name);
  const runs = trace.findIndex(
    (event, at) => at > woken && event.did === 'runs' && event.who === name,
  );
  const [from, to] = [trace[woken], trace[runs]];
  return from === undefined || to === undefined ? undefined : to.step - from.step - 1;
}

/**
 * The first event that shows a process where it cannot be, in words; undefined if there is none.
 *
 * A process acts on the processor that runs it and on no other, and not between its sleep or its end
 * and the next time that it runs.
 */
export function misplaced(
  trace: readonly TraceEvent[],
  processes: readonly string[],
): string | undefined {
  const current = new Map<number, string>();
  for (const { processor, step, who, did } of trace) {
    if (!processes.includes(who) && who !== 'idle') continue;
    const where = `processor ${processor}, step ${step}: ${who} ${did}`;
    if (did === 'gets signal') continue;
    if (did === 'runs') {
      const other = [...current].find(([id, name]) => id !== processor && name === who);
      if (other !== undefined && who !== 'idle') return `${where}, and has processor ${other[0]}`;
      current.set(processor, who);
    } else if (current.get(processor) !== who) {
      return `${where}, but ${current.get(processor) ?? 'nobody'} has the processor`;
    }
    if (did === 'sleeps' || did === 'exits' || did === 'is killed') current.delete(processor);
  }
  return undefined;
}

/** Steps that a process has spent on trying for a lock, until it got it. */
export function stepsSpun(trace: readonly TraceEvent[], who: string): number {
  let spun = 0;
  let since: number | undefined;
  for (const event of trace) {
    if (event.who !== who) continue;
    if (event.did === 'spins') since = event.step;
    if (event.did !== 'locks' || since === undefined) continue;
    spun += event.step - since;
    since = undefined;
  }
  return spun;
}
