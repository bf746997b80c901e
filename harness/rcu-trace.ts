/** Reading a trace of RCU for what a grace period is there to forbid. */
import type { ClientPorts } from './client.ts';

type Run = ClientPorts['rcu']['run'];
type RunArgs = Parameters<Run>[0];
type Trace = Extract<Awaited<ReturnType<Run>>, { ok: unknown }>['ok']['trace'];
type Event = Trace[number];
type Action = RunArgs['tasks'][number]['actions'][number];

/** An event with the action that it is about, if it is about one. */
interface Seen {
  readonly at: number;
  readonly event: Event;
  readonly action: Action | undefined;
}

/** A read-side section, from its first lock to its last unlock, as places in the trace. */
interface Section {
  readonly task: string;
  readonly processor: number;
  readonly from: number;
  /** Infinity: it was not left. */
  readonly to: number;
}

function seen(tasks: RunArgs['tasks'], trace: Trace): Seen[] {
  const actions = new Map(tasks.map((task) => [task.name, task.actions]));
  return trace.map((event, at) => {
    const action = event.event === 'action' ? actions.get(event.task)?.[event.action] : undefined;
    return { at, event, action };
  });
}

function sections(events: readonly Seen[]): Section[] {
  const found: Section[] = [];
  const open = new Map<string, { from: number; depth: number }>();
  for (const { at, event, action } of events) {
    if (event.event !== 'action') continue;
    const { task, processor } = event;
    const own = open.get(task);
    if (action?.do === 'rcu-read-lock') {
      open.set(task, { from: own?.from ?? at, depth: (own?.depth ?? 0) + 1 });
    } else if (action?.do === 'rcu-read-unlock' && own !== undefined) {
      if (own.depth > 1) open.set(task, { ...own, depth: own.depth - 1 });
      else {
        open.delete(task);
        found.push({ task, processor, from: own.from, to: at });
      }
    }
  }
  for (const [task, { from }] of open) {
    const { processor } = events[from]?.event ?? { processor: -1 };
    found.push({ task, processor, from, to: Infinity });
  }
  return found;
}

/** From when a writer wants a grace period to when it has had it. */
interface GracePeriod {
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

function gracePeriods(events: readonly Seen[]): GracePeriod[] {
  const found: GracePeriod[] = [];
  const called = new Map<string, number[]>();
  const asleep = new Map<string, number>();
  for (const { at, event, action } of events) {
    if (event.event === 'sleep') asleep.set(event.task, asleep.get(event.task) ?? at);
    if (event.event === 'callback') {
      const what = `callback of ${event.task} for ${event.structure}`;
      const from = called.get(`${event.task} ${event.structure}`)?.shift() ?? at;
      found.push({ what, from, to: at });
    }
    if (event.event !== 'action') continue;
    if (action?.do === 'call-rcu') {
      const key = `${event.task} ${action.structure}`;
      called.set(key, [...(called.get(key) ?? []), at]);
    } else if (action?.do === 'synchronize-rcu') {
      found.push({
        what: `synchronize_rcu of ${event.task}`,
        from: asleep.get(event.task) ?? at,
        to: at,
      });
      asleep.delete(event.task);
    }
  }
  return found;
}

/** What RCU forbids and the trace shows, in words; undefined if there is nothing. */
export function rcuBreach(tasks: RunArgs['tasks'], trace: Trace): string | undefined {
  const events = seen(tasks, trace);
  const readers = sections(events);
  for (const { what, from, to } of gracePeriods(events)) {
    const reader = readers.find((section) => section.from < from && section.to > to);
    if (reader !== undefined) return `${what} comes while ${reader.task} still reads`;
  }
  for (const { at, event } of events) {
    if (event.event === 'action' && event.value === null) return `${event.task} reads poison`;
    if (event.event !== 'switch') continue;
    const reader = readers.find(
      ({ processor, from, to }) => processor === event.processor && from < at && at < to,
    );
    if (reader !== undefined)
      return `processor ${event.processor} switches while ${reader.task} reads`;
  }
  return undefined;
}

/** Per processor, the callbacks in the order of call_rcu and in that in which they ran. */
export function callbackOrders(
  tasks: RunArgs['tasks'],
  trace: Trace,
): { readonly called: string[]; readonly ran: string[] }[] {
  const orders = new Map<number, { called: string[]; ran: string[] }>();
  for (const { event, action } of seen(tasks, trace)) {
    const order = orders.get(event.processor) ?? { called: [], ran: [] };
    orders.set(event.processor, order);
    if (event.event === 'callback') order.ran.push(`${event.task} ${event.structure}`);
    if (event.event === 'action' && action?.do === 'call-rcu') {
      order.called.push(`${event.task} ${action.structure}`);
    }
  }
  return [...orders.values()];
}
