/** poll: which of several sockets are ready. */
import type { Call, Expression } from './ast.ts';
import {
  argumentsOf,
  type CallScene,
  type Came,
  type Planned,
  type Sleeping,
} from './call-scene.ts';
import { flagsOf, numberOf } from './constants.ts';
import { Difference, Unsupported } from './problems.ts';

/** Those that the contract can tell. */
const EVENTS = {
  POLLIN: 'readable',
  POLLRDNORM: 'readable',
  POLLOUT: 'writable',
  POLLWRNORM: 'writable',
  POLLPRI: 'exceptional',
} as const;

type Event = keyof typeof EVENTS;

interface Polled {
  readonly fd: Expression;
  readonly events: readonly Event[];
  readonly revents: ReadonlySet<string>;
}

export function planPoll(call: Call): Planned {
  const args = argumentsOf(call, 3);
  const [list, count, timeout] = args as [Expression, Expression, Expression];
  if (list.kind !== 'list' || list.items.length !== numberOf(count)) {
    throw new Unsupported(list.place, 'poll without a list of as many structs as it says');
  }
  const polled = list.items.map(polledOf);
  const timeoutMs = numberOf(timeout);
  return { needs: ['tcp'], act: (scene) => poll(scene, polled, timeoutMs) };
}

function polledOf(expression: Expression): Polled {
  const fields = expression.kind === 'struct' ? expression.fields : [];
  const field = (name: string) => fields.find((each) => each.name === name)?.value;
  const [fd, events, revents] = [field('fd'), field('events'), field('revents')];
  if (fd === undefined || events === undefined) {
    throw new Unsupported(expression.place, 'a struct that is not {fd=…, events=…, revents=…}');
  }
  const known = Object.keys(EVENTS);
  return {
    fd,
    events: [...flagsOf(events, known)] as Event[],
    revents: revents === undefined ? new Set() : flagsOf(revents, known),
  };
}

/** A negative timeout has no end. */
async function poll(
  scene: CallScene,
  polled: readonly Polled[],
  timeoutMs: number,
): Promise<Came | Sleeping> {
  const endNs = timeoutMs < 0 ? Infinity : scene.wire.now + timeoutMs * 1_000_000;
  const look = async (): Promise<Came | undefined> => {
    const found = await Promise.all(polled.map((each) => readyEvents(scene, each)));
    const ready = found.filter((events) => events.length > 0).length;
    if (ready === 0 && scene.wire.now < endNs) return undefined;
    polled.forEach((each, at) => check(each, found[at] ?? [], at));
    return { value: ready };
  };
  return (await look()) ?? { look, ...(endNs < Infinity && { endNs }) };
}

async function readyEvents(scene: CallScene, { fd, events }: Polled): Promise<Event[]> {
  const outcome = await scene.ports.tcp.ready({ socket: scene.descriptor(fd).socket });
  if (!('ok' in outcome)) return [];
  return events.filter((event) => outcome.ok[EVENTS[event]]);
}

function check({ revents }: Polled, found: readonly Event[], at: number): void {
  const named = (events: Iterable<string>) => [...events].sort().join('|') || 'none';
  const [wanted, got] = [named(revents), named(found)];
  if (wanted === got) return;
  throw new Difference(`revents of struct ${at}: expected ${wanted}, got ${got}`, wanted, got);
}
