/** Laws of local sockets. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Errno, UnixSocketType } from '../../contract/index.ts';
import type { MaybeAsleep } from '../../harness/client.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import {
  dissolve,
  ModelHost,
  newModelSocket,
  type Expected,
  type LocalName,
  type ModelSocket,
} from './unix-model.ts';

const SOCKETS = 4;

/** Names by number: two files, and one that is none. */
const name = fc.nat(2);
const who = fc.nat(SOCKETS - 1);

const one = <Kind extends string>(kind: Kind) => fc.record({ do: fc.constant(kind), who });

const named = <Kind extends string>(kind: Kind) => fc.record({ do: fc.constant(kind), who, name });

/** Octets of a message that is sent, and of one that is asked for. */
const length = fc.integer({ min: 1, max: 6 });

const shared = [
  { weight: 3, arbitrary: named('bind') },
  { weight: 5, arbitrary: named('connect') },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('receive' as const), who, size: fc.nat(6) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('shutdown' as const),
      who,
      how: fc.constantFrom('SHUT_RD' as const, 'SHUT_WR' as const, 'SHUT_RDWR' as const),
    }),
  },
  { weight: 2, arbitrary: one('close') },
  { weight: 2, arbitrary: one('open') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unlink' as const), name }) },
] as const;

const sending = (to: fc.Arbitrary<number | null>) => ({
  weight: 8,
  arbitrary: fc.record({ do: fc.constant('send' as const), who, length, to }),
});

const datagramCall = fc.oneof(...shared, sending(fc.option(name, { freq: 2 })), {
  weight: 1,
  arbitrary: one('dissolve'),
});

const connectionCall = fc.oneof(
  ...shared,
  sending(fc.constant(null)),
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('listen' as const), who, backlog: fc.nat(2) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('accept' as const), who, into: who }) },
);

type CallOf<A> = A extends fc.Arbitrary<infer Each> ? Each : never;
type Call = CallOf<typeof datagramCall> | CallOf<typeof connectionCall>;

/** The sockets of a case, and the model of them. */
class LocalSockets {
  readonly #context: Context;
  readonly #type: UnixSocketType;
  readonly #names: readonly LocalName[];
  readonly #model: ModelHost;
  readonly #handles: string[] = [];
  readonly #sockets: ModelSocket[] = [];
  readonly #tasks: string[];
  #sent = 0;

  constructor(context: Context, type: UnixSocketType) {
    this.#context = context;
    this.#type = type;
    this.#model = new ModelHost(type, context.profile);
    const fresh = context.freshName();
    const abstract = Buffer.from(fresh).toString('hex');
    this.#names = [{ path: `${fresh}-a` }, { path: `${fresh}-b` }, { abstract }];
    this.#tasks = Array.from({ length: SOCKETS }, (_, at) => `${fresh}-${at}`);
  }

  get #port() {
    return this.#context.ports['unix-socket'];
  }

  async openAll(): Promise<void> {
    for (let at = 0; at < SOCKETS; at++) await this.#open(at);
  }

  async #open(at: number): Promise<void> {
    if (this.#sockets[at]?.open === true) return;
    this.#handles[at] = valueOf(await this.#port.open({ type: this.#type })).socket;
    this.#sockets[at] = newModelSocket();
  }

  /** Nothing of the case stays. */
  async closeAll(): Promise<void> {
    for (const [at, socket] of this.#handles.entries()) {
      if (this.#sockets[at]?.open === true) await this.#port.close({ socket });
    }
    for (const file of this.#names) if ('path' in file) await this.#port.unlink(file);
  }

  #at(at: number) {
    const [sk, socket, task] = [this.#sockets[at], this.#handles[at], this.#tasks[at]];
    assert.ok(sk !== undefined && socket !== undefined && task !== undefined);
    return { sk, socket, task };
  }

  #name(number: number): LocalName {
    return this.#names[number] ?? assert.fail(`there is no name ${number}`);
  }

  async does(call: Call): Promise<void> {
    if (call.do === 'open') return this.#open(call.who);
    if (call.do === 'accept') return this.#accepts(call.who, call.into);
    const [outcome, expected] = await this.#makes(call);
    assertComesTo(outcome, expected, JSON.stringify(call));
    if (call.do === 'unlink') return;
    const { sk, socket } = this.#at(call.who);
    if (!sk.open) return;
    assert.deepEqual(valueOf(await this.#port.name({ socket })).name, sk.name, 'its name');
    const peer = await this.#port.peer({ socket });
    if (sk.peer === null) assert.deepEqual(peer, { errno: 'ENOTCONN' }, 'its peer');
    else assert.deepEqual(valueOf(peer).name, sk.peer.name, 'the name of its peer');
  }

  /** Makes a call; what it may come to is asked before. */
  async #makes(
    call: Exclude<Call, { do: 'open' | 'accept' }>,
  ): Promise<readonly [MaybeAsleep<unknown, Errno>, Expected]> {
    if (call.do === 'unlink') {
      const file = this.#name(call.name % 2);
      const expected = this.#model.unlink(file);
      return [await this.#port.unlink(file as { path: string }), expected];
    }
    const { sk, socket, task } = this.#at(call.who);
    const by = { socket, task };
    switch (call.do) {
      case 'bind': {
        const to = this.#name(call.name);
        const expected = this.#model.bind(sk, to);
        return [await this.#port.bind({ socket, to }), expected];
      }
      case 'connect': {
        const to = this.#name(call.name);
        const expected = this.#model.connect(sk, to);
        return [await this.#port.connect({ ...by, to, nonblock: true }), expected];
      }
      case 'dissolve':
        return [await this.#port.connect({ ...by, to: null }), dissolve(sk)];
      case 'listen': {
        const expected = this.#model.listen(sk, call.backlog);
        return [await this.#port.listen({ ...by, backlog: call.backlog }), expected];
      }
      case 'send': {
        const octets = (this.#sent++ % 256).toString(16).padStart(2, '0').repeat(call.length);
        const to = call.to === null ? null : this.#name(call.to);
        const expected = this.#model.send(sk, octets, to);
        const message = { ...by, octets, nonblock: true, ...(to === null ? {} : { to }) };
        return [await this.#port.send(message), expected];
      }
      case 'receive': {
        const size = Math.max(call.size, this.#type === 'SOCK_STREAM' ? 1 : 0);
        const expected = this.#model.receive(sk, size);
        return [await this.#port.receive({ ...by, size, nonblock: true }), expected];
      }
      case 'shutdown': {
        const { how } = call;
        const expected = this.#model.shutdown(sk, how !== 'SHUT_WR', how !== 'SHUT_RD');
        return [await this.#port.shutdown({ socket, how }), expected];
      }
      case 'close':
        return [await this.#port.close({ socket }), this.#model.close(sk)];
    }
  }

  /** The end that is accepted takes a place that is free. */
  async #accepts(who: number, into: number): Promise<void> {
    if (this.#at(into).sk.open) return;
    const { sk, socket, task } = this.#at(who);
    const expected = this.#model.accept(sk);
    const outcome = await this.#port.accept({ socket, task, nonblock: true });
    if (!('ok' in outcome)) return assertComesTo(outcome, expected, 'accept');
    assert.deepEqual(expected.fails, [], 'accept succeeds');
    const end = expected.succeed() as ModelSocket;
    assert.deepEqual(outcome.ok.from, end.peer?.name ?? null, 'whose connection it is');
    this.#handles[into] = outcome.ok.socket;
    this.#sockets[into] = end;
  }
}

function assertComesTo(
  outcome: MaybeAsleep<unknown, Errno>,
  { fails, mayEnd = false, succeed, fail }: Expected,
  what: string,
): void {
  if ('errno' in outcome) {
    const { errno } = outcome;
    assert.ok(fails.includes(errno), `${what}: ${errno}, not ${fails.join(' or ') || 'success'}`);
    fail?.(errno);
    return;
  }
  assert.ok('ok' in outcome, `${what}: it neither succeeds nor fails`);
  assert.ok(fails.length === 0 || mayEnd, `${what}: succeeds, not ${fails.join(' or ')}`);
  const value = succeed();
  if (typeof value !== 'object' || value === null) return;
  const told = outcome.ok as Readonly<Record<string, unknown>>;
  for (const [key, known] of Object.entries(value)) assert.deepEqual(told[key], known, what);
}

async function behaveLikeModel(
  context: Context,
  type: UnixSocketType,
  calls: readonly Call[],
): Promise<void> {
  const sockets = new LocalSockets(context, type);
  try {
    await sockets.openAll();
    for (const call of calls) await sockets.does(call);
  } finally {
    await sockets.closeAll();
  }
}

property(
  'local datagram sockets behave like a model',
  fc.array(datagramCall, { maxLength: 60 }),
  (context, calls) => behaveLikeModel(context, 'SOCK_DGRAM', calls),
);

property(
  'local stream sockets behave like a model',
  fc.array(connectionCall, { maxLength: 60 }),
  (context, calls) => behaveLikeModel(context, 'SOCK_STREAM', calls),
);

property(
  'local sequenced-packet sockets behave like a model',
  fc.array(connectionCall, { maxLength: 60 }),
  (context, calls) => behaveLikeModel(context, 'SOCK_SEQPACKET', calls),
);

// A stream as a queue of octets

/** Around the sizes at which something changes: clusters, and the buffers of a pair. */
const octetCount = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.constantFrom(100, 208, 2047, 2048, 2049, 4095, 4096, 4097, 16_224, 16_225),
  fc.integer({ min: 4097, max: 60_000 }),
);

const transfer = fc.record({
  do: fc.constantFrom('send', 'receive'),
  count: octetCount,
  nonblock: fc.boolean(),
});

/** Octets that tell where in the stream they are. */
const pattern = (from: number, count: number): string =>
  Array.from({ length: count }, (_, at) => ((from + at) % 251).toString(16).padStart(2, '0')).join(
    '',
  );

property(
  'a local stream is a queue of octets',
  fc.array(transfer, { maxLength: 20 }),
  async ({ ports, freshName }, transfers) => {
    const port = ports['unix-socket'];
    const fresh = freshName();
    const [writer, reader] = [`${fresh}-writer`, `${fresh}-reader`];
    const pair = valueOf(await port.pair({ type: 'SOCK_STREAM', task: writer }));
    let [sent, received] = [0, 0];
    let sleeping: { poll: () => Promise<MaybeAsleep<{ length: number }, Errno>> } | undefined;
    let asked = 0;
    const took = (outcome: MaybeAsleep<{ length: number }, Errno>): void => {
      sleeping = 'asleep' in outcome ? outcome.asleep : undefined;
      if ('ok' in outcome) {
        const { length: taken } = outcome.ok;
        assert.ok(taken > 0 && taken <= asked, `${taken} octets taken of ${asked}`);
        sent += taken;
      } else if ('errno' in outcome) {
        assert.equal(outcome.errno, 'EAGAIN', 'why nothing is sent');
        assert.ok(received < sent, 'an empty stream takes nothing');
      }
    };
    const receive = async (size: number): Promise<number> => {
      const call = { socket: pair.second, task: reader, size, nonblock: true };
      const outcome = await port.receive(call);
      if ('errno' in outcome) {
        assert.equal(outcome.errno, 'EAGAIN', 'why nothing is received');
        return 0;
      }
      const { octets } = valueOf(outcome);
      const count = octets.length / 2;
      assert.equal(octets, pattern(received, count), `octets from ${received} on`);
      received += count;
      return count;
    };
    for (const { do: what, count, nonblock } of transfers) {
      if (what === 'receive') await receive(count);
      else if (sleeping === undefined) {
        asked = count;
        const octets = pattern(sent, count);
        took(await port.send({ socket: pair.first, task: writer, octets, nonblock }));
      }
      if (sleeping !== undefined) took(await sleeping.poll());
    }
    while ((await receive(65_536)) > 0);
    if (sleeping !== undefined) took(await sleeping.poll());
    assert.equal(sleeping, undefined, `a send of ${asked} octets sleeps beside an empty stream`);
    assert.equal(received, sent, 'octets received of those sent');
    await port.close({ socket: pair.first });
    await port.close({ socket: pair.second });
  },
);
