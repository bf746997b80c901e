/** Calls on the two ends of a stream, in any order. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Errno } from '../../contract/index.ts';
import type { MaybeAsleep } from '../../harness/client.ts';
import { streamAt } from '../../harness/lab/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { newHost, type Host } from './host.ts';
import { ModelStream, UNKNOWN, type Expected } from './stream-model.ts';

const PORT = 80;
const TASKS = ['client', 'server'] as const;

const who = fc.nat(1);
const octets = fc.integer({ min: 1, max: 2000 });

const call = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), who, octets }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('receive' as const), who, octets }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('shutDown' as const, 'close' as const, 'peer' as const),
      who,
      octets: fc.constant(0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('listen', 'accept', 'connect', 'bind' as const),
      who,
      octets: fc.constant(0),
    }),
  },
);

type Call = typeof call extends fc.Arbitrary<infer Each> ? Each : never;

/** Longer than an ACK or a small segment waits. */
const SETTLED_NS = 1_000_000_000;

/** Two programs on one host, and the model of what is between them. */
class Pair {
  readonly #context: Context;
  readonly #host: Host;
  readonly #model = new ModelStream();
  #sockets: readonly string[] = [];
  #listening = '';

  constructor(context: Context, host: Host) {
    this.#context = context;
    this.#host = host;
  }

  async connect(): Promise<void> {
    const { tcp } = this.#context.ports;
    const to = { address: this.#host.address, port: PORT };
    this.#listening = valueOf(await tcp.open({})).socket;
    valueOf(await tcp.bind({ socket: this.#listening, to }));
    valueOf(await tcp.listen({ socket: this.#listening, backlog: 1 }));
    const client = valueOf(await tcp.open({})).socket;
    const connecting = await tcp.connect({ socket: client, task: 'client', to });
    await this.#settle();
    valueOf('asleep' in connecting ? await connecting.asleep.poll() : connecting);
    const by = { socket: this.#listening, task: 'server', dontWait: true };
    this.#sockets = [client, valueOf(await tcp.accept(by)).socket];
  }

  async #settle(): Promise<void> {
    const { network } = this.#context.ports;
    const { at } = valueOf(await network.now({}));
    valueOf(await network.advance({ to: at + SETTLED_NS }));
  }

  /** @returns false where nothing can be told of what comes next. */
  async does(one: Call): Promise<boolean> {
    const end = this.#model.ends[one.who] ?? assert.fail();
    if (one.do === 'send' && !this.#model.takes(end, one.octets)) return true;
    const before = { sent: end.sent, read: end.read };
    const expected = this.#expected(one);
    if (expected === UNKNOWN) return false;
    const outcome = await this.#make(one, before.sent);
    await this.#settle();
    assertComesTo(outcome, expected, `${one.do} by the ${TASKS[one.who]}`);
    if (one.do === 'send') this.#assertTaken(outcome, expected);
    if (one.do === 'receive') this.#assertRead(outcome, before.read, expected);
    return true;
  }

  #expected(one: Call): Expected<unknown> | typeof UNKNOWN {
    const end = this.#model.ends[one.who] ?? assert.fail();
    switch (one.do) {
      case 'send':
        return this.#model.send(end, one.octets);
      case 'receive':
        return this.#model.receive(end, one.octets);
      case 'shutDown':
        return this.#model.shutDown(end);
      case 'close':
        return this.#model.close(end);
      case 'peer':
        return this.#model.peer(end);
      default:
        return this.#model.misused(end, one.do);
    }
  }

  #make(one: Call, place: number): Promise<MaybeAsleep> {
    const { tcp } = this.#context.ports;
    const socket = this.#sockets[one.who] ?? '';
    const by = { socket, task: TASKS[one.who] ?? '', dontWait: true };
    switch (one.do) {
      case 'send':
        return tcp.send({ ...by, octets: streamAt(place, one.octets) });
      case 'receive':
        return tcp.receive({ ...by, size: one.octets });
      case 'shutDown':
        return tcp.shutdown({ socket, how: 'SHUT_WR' });
      case 'close':
        return tcp.close({ socket, task: by.task });
      case 'peer':
        return tcp.peer({ socket });
      case 'listen':
        return tcp.listen({ socket, backlog: 1 });
      case 'accept':
        return tcp.accept(by);
      case 'connect':
        return tcp.connect({ ...by, to: { address: this.#host.address, port: PORT } });
      case 'bind':
        return tcp.bind({ socket, to: { address: this.#host.address, port: PORT + 1 } });
    }
  }

  #assertTaken(outcome: MaybeAsleep, { value }: Expected<unknown>): void {
    if (value === undefined) return;
    assert.equal(valueOf(outcome as MaybeAsleep<{ length: number }>).length, value, 'octets taken');
  }

  #assertRead(outcome: MaybeAsleep, place: number, { value }: Expected<unknown>): void {
    if (value === undefined) return;
    const got = valueOf(outcome as MaybeAsleep<{ octets: string }>).octets;
    assert.equal(got, streamAt(place, value as number), `what is read from ${place}`);
  }

  async close(): Promise<void> {
    const { tcp } = this.#context.ports;
    for (const socket of [...this.#sockets, this.#listening]) {
      const closed = await tcp.close({ socket, task: 'nobody' });
      // The calls may have closed it already.
      if (!('errno' in closed && closed.errno === 'EBADF')) valueOf(closed);
    }
  }
}

function assertComesTo(
  outcome: MaybeAsleep<unknown, Errno>,
  { errnos }: Expected<unknown>,
  what: string,
): void {
  const errno = 'errno' in outcome ? outcome.errno : null;
  if (errnos.length === 0) assert.equal(errno, null, what);
  else
    assert.ok(errno !== null && errnos.includes(errno), `${what}: ${errno}, not ${errnos.join()}`);
}

property(
  'the two ends of a stream behave like a model, whatever calls are made in whatever order',
  fc.array(call, { minLength: 1, maxLength: 20 }),
  async (context, calls) => {
    const pair = new Pair(context, await newHost(context));
    await pair.connect();
    for (const one of calls) if (!(await pair.does(one))) break;
    await pair.close();
  },
  { alone: true },
);
