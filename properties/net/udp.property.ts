/** Laws of UDP sockets. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Errno } from '../../contract/index.ts';
import type { MaybeAsleep } from '../../harness/client.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { newHostAtTwo, receivePacket, type Host } from './host.ts';
import {
  ANY,
  ModelHost,
  newSocket,
  type End,
  type ModelSocket,
  type Permitted,
} from './socket-model.ts';

const SOCKETS = 4;

/** Ports that programs choose, and one that none has. */
const PORTS = [5000, 5001] as const;
const NOBODY = 5002;

/** A port by number, or that of a socket. */
const port = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...PORTS, NOBODY) },
  { weight: 2, arbitrary: fc.nat(SOCKETS - 1) },
);

/** An address by its name here; 'its' is that of the socket whose port is meant. */
const end = fc.record({
  address: fc.constantFrom('its', 'its', 'first', 'second', 'neighbour'),
  port,
});

const own = fc.record({
  address: fc.constantFrom('first', 'first', 'second', 'any', 'any', 'neighbour'),
  port: fc.constantFrom(...PORTS, ...PORTS, 0),
});

const who = fc.nat(SOCKETS - 1);

const call = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('bind' as const), who, to: own }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('connect' as const), who, to: end }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      who,
      to: fc.option(end, { freq: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('arrive' as const), from: port, to: end }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('receive' as const, 'receive' as const, 'name' as const),
      who,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('dissolve' as const, 'close' as const, 'open' as const),
      who,
    }),
  },
);

type Call = typeof call extends fc.Arbitrary<infer Each> ? Each : never;

/** A host with its sockets, and the model of both. */
class Sockets {
  readonly #context: Context;
  readonly #host: Host;
  readonly #handles: string[] = [];
  readonly #sockets: ModelSocket[] = [];
  readonly #model: ModelHost;
  #sent = 0;

  constructor(context: Context, host: Host) {
    this.#context = context;
    this.#host = host;
    this.#model = new ModelHost(
      [host.address, host.second],
      this.#sockets,
      context.profile === 'linux-6',
    );
  }

  /** @param reuse - with SO_REUSEADDR. */
  async open(who: number, reuse: boolean): Promise<void> {
    if (this.#sockets[who]?.open === true) return;
    const { udp } = this.#context.ports;
    const { socket } = valueOf(await udp.open({}));
    if (reuse) valueOf(await udp.setOption({ socket, option: 'SO_REUSEADDR', value: 1 }));
    this.#handles[who] = socket;
    this.#sockets[who] = { ...newSocket(), reuse };
  }

  async closeAll(): Promise<void> {
    for (const [at, socket] of this.#handles.entries()) {
      if (this.#sockets[at]?.open === true) await this.#context.ports.udp.close({ socket });
    }
  }

  #at(who: number): { sk: ModelSocket; socket: string } {
    const [sk, socket] = [this.#sockets[who], this.#handles[who]];
    assert.ok(sk !== undefined && socket !== undefined);
    return { sk, socket };
  }

  #end({ address, port: number }: { readonly address: string; readonly port: number }): End {
    const { address: first, second, neighbour } = this.#host;
    const named = this.#sockets[number]?.address ?? ANY;
    const names = new Map(Object.entries({ first, second, neighbour, any: ANY }));
    const its = named === ANY ? first : named;
    return { address: names.get(address) ?? its, port: this.#port(number) };
  }

  /** @param number - a small one is that of a socket whose port is meant. */
  #port(number: number): number {
    if (number >= SOCKETS) return number;
    return this.#sockets[number]?.port || NOBODY;
  }

  /** @returns false where nothing can be told of what comes next. */
  async does(call: Call): Promise<boolean> {
    const { udp } = this.#context.ports;
    if (call.do === 'arrive') return this.#arrives(this.#port(call.from), this.#end(call.to));
    const { sk, socket } = this.#at(call.who);
    switch (call.do) {
      case 'open':
        await this.open(call.who, false);
        return true;
      case 'bind': {
        const to = { ...this.#end(call.to), port: call.to.port };
        const bound = await udp.bind({ socket, to });
        assertComesTo(bound, this.#model.bind(sk, to), 'bind');
        await this.#assertNamed(call.who, bound);
        return true;
      }
      case 'connect': {
        const to = this.#end(call.to);
        const connected = await udp.connect({ socket, to });
        assertComesTo(connected, this.#model.connect(sk, to), 'connect');
        await this.#assertNamed(call.who, connected);
        return true;
      }
      case 'dissolve':
        assertComesTo(
          await udp.connect({ socket, to: null }),
          this.#model.connect(sk, null),
          'dissolve',
        );
        break;
      case 'close':
        assertComesTo(await udp.close({ socket }), this.#model.close(sk), 'close');
        return true;
      case 'send':
        return this.#sends(call.who, call.to === null ? sk.peer : this.#end(call.to));
      case 'receive':
        return this.#receives(call.who);
      case 'name':
        break;
    }
    await this.#assertName(call.who);
    return true;
  }

  /** The name is as it must be; a port that the system may have chosen is known from now on. */
  async #assertName(who: number, mayChoose = false): Promise<void> {
    const { sk, socket } = this.#at(who);
    const named = await this.#context.ports.udp.name({ socket });
    if (!sk.open) return assertComesTo(named, ['EBADF'], 'name');
    const { address, port: number } = valueOf(named);
    assert.equal(address, sk.address, `the address of socket ${who}`);
    if (sk.port === 0 && mayChoose && number !== 0) {
      assert.ok(this.#model.mayBeChosen(number), `port ${number} for socket ${who}`);
      sk.port = number;
    }
    assert.equal(number, sk.port, `the port of socket ${who}`);
  }

  /** As before, of a socket that has a port by now. */
  async #assertNamed(who: number, outcome: MaybeAsleep<unknown, Errno>): Promise<void> {
    const isDone = 'ok' in outcome;
    await this.#assertName(who, isDone);
    if (isDone) assert.notEqual(this.#at(who).sk.port, 0, `socket ${who} has no port`);
  }

  async #sends(who: number, to: End | null): Promise<boolean> {
    const { sk, socket } = this.#at(who);
    this.#sent += 1;
    const octets = this.#sent.toString(16).padStart(4, '0');
    const explicit = to === null || to === sk.peer ? {} : { to };
    const sent = await this.#context.ports.udp.send({
      socket,
      task: `task-${who}`,
      octets,
      dontWait: true,
      ...explicit,
    });
    const permitted: Errno[] = sk.open ? [] : ['EBADF'];
    if (sk.open && to === null) permitted.push('EDESTADDRREQ');
    if (sk.error !== null) permitted.push(sk.error);
    assertComesTo(sent, permitted, 'send');
    if ('errno' in sent && sent.errno === sk.error) sk.error = null;
    await this.#assertName(who, true);
    if (to === null || !('ok' in sent)) return true;
    assert.equal(sent.ok.length, 2, 'octets taken');
    assert.notEqual(sk.port, 0, `socket ${who} has sent without a port`);
    const from = { address: this.#model.sourceTowards(sk, to), port: sk.port };
    if (to.address === this.#host.neighbour) return true;
    if ((await this.#delivered(from, to, octets)) !== 'nobody') return true;
    // Who sent it is told, if its peer is fixed.
    const told = this.#model.meantBy(to, from);
    if (told.length > 1) return false;
    for (const sender of told) if (sender.peer !== null) sender.error = 'ECONNREFUSED';
    return true;
  }

  async #arrives(from: number, to: End): Promise<boolean> {
    const { address, neighbour } = this.#host;
    this.#sent += 1;
    const octets = this.#sent.toString(16).padStart(4, '0');
    const destination = to.address === neighbour ? address : to.address;
    await receivePacket(this.#context, this.#host, {
      kind: 'ipv4',
      source: neighbour,
      destination,
      payload: { kind: 'udp', sourcePort: from, destinationPort: to.port, data: octets },
    });
    const ends = [
      { address: neighbour, port: from },
      { ...to, address: destination },
    ] as const;
    await this.#delivered(...ends, octets);
    return true;
  }

  /** Puts a datagram where it must have gone; of several equals, where it is. */
  async #delivered(from: End, to: End, octets: string): Promise<'somebody' | 'nobody'> {
    const meant = this.#model.meantBy(from, to);
    if (meant.length === 0) return 'nobody';
    const got = meant.length === 1 ? meant : await this.#fuller(meant);
    assert.equal(got.length, 1, `${got.length} sockets got one datagram`);
    got[0]?.queue.push({ from, octets });
    return 'somebody';
  }

  /** Those with one datagram more than the model knows of. */
  async #fuller(of: readonly ModelSocket[]): Promise<ModelSocket[]> {
    const fuller: ModelSocket[] = [];
    for (const sk of of) {
      const socket = this.#handles[this.#sockets.indexOf(sk)] ?? '';
      const { datagrams } = valueOf(await this.#context.ports.udp.occupancy({ socket }));
      if (datagrams === sk.queue.length + 1) fuller.push(sk);
    }
    return fuller;
  }

  async #receives(who: number): Promise<boolean> {
    const { sk, socket } = this.#at(who);
    const task = `task-${who}`;
    const got = await this.#context.ports.udp.receive({ socket, task, size: 64, dontWait: true });
    if ('ok' in got) {
      const first = sk.queue.shift();
      const { octets, from } = got.ok;
      assert.deepEqual({ octets, from }, first, `what socket ${who} receives`);
      return true;
    }
    const permitted: Errno[] = sk.open ? [] : ['EBADF'];
    if (sk.error !== null) permitted.push(sk.error);
    else if (sk.open && sk.queue.length === 0) permitted.push('EAGAIN');
    assertComesTo(got, permitted, 'receive');
    sk.error = null;
    return true;
  }

  /** All that waits is what must, and comes in its order. */
  async assertQueues(): Promise<void> {
    for (const [who, sk] of this.#sockets.entries()) {
      for (let left = sk.queue.length + 2; sk.open && left > 0; left--) await this.#receives(who);
      assert.deepEqual(sk.queue, [], `what socket ${who} has not received`);
    }
  }
}

function assertComesTo(
  outcome: MaybeAsleep<unknown, Errno>,
  permitted: Permitted,
  what: string,
): void {
  const errno = 'errno' in outcome ? outcome.errno : null;
  if (permitted.length === 0) assert.equal(errno, null, what);
  else
    assert.ok(
      errno !== null && permitted.includes(errno),
      `${what}: ${errno}, not ${permitted.join(' or ')}`,
    );
}

property(
  'sockets behave like a model, whatever calls are made in whatever order',
  fc.record({
    /** SO_REUSEADDR of each socket, and the address that it is bound to first. */
    scene: fc.array(fc.record({ reuse: fc.boolean(), to: fc.option(own) }), {
      minLength: SOCKETS,
      maxLength: SOCKETS,
    }),
    calls: fc.array(call, { maxLength: 30 }),
  }),
  async (context, { scene, calls }) => {
    const sockets = new Sockets(context, await newHostAtTwo(context));
    try {
      for (const [who, { reuse }] of scene.entries()) await sockets.open(who, reuse);
      for (const [who, { to }] of scene.entries()) {
        if (to !== null) await sockets.does({ do: 'bind', who, to });
      }
      for (const one of calls) if (!(await sockets.does(one))) return;
      await sockets.assertQueues();
    } finally {
      await sockets.closeAll();
    }
  },
  { alone: true },
);
