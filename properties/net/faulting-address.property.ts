/** Laws of socket calls with a pointer that leads nowhere. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ClientPorts } from '../../harness/client.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { newHost } from './host.ts';

const [SENDER, RECEIVER] = [5000, 5001];

const length = fc.integer({ min: 0, max: 40 });

/** As often as not all of it is there. */
const memory = fc.record({ size: length, there: fc.oneof(length, fc.constant(40)) });

const call = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), memory }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('send-with' as const),
      nowhere: fc.constantFrom('address' as const, 'msg_iov' as const, 'msghdr' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('receive' as const), memory, peek: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('receive-with' as const),
      nowhere: fc.constantFrom(
        'address' as const,
        'address-length' as const,
        'msg_iov' as const,
        'msghdr' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('bind' as const, 'connect' as const),
      length: fc.integer({ min: 1, max: 112 }),
    }),
  },
);

type Memory = typeof memory extends fc.Arbitrary<infer Each> ? Each : never;
type Call = typeof call extends fc.Arbitrary<infer Each> ? Each : never;

type Faulting = ClientPorts['faulting-address'];

/** Who sends, who receives, and the datagrams that the receiver should have. */
class Pair {
  readonly #context: Context;
  readonly #sender: string;
  readonly #receiver: string;
  readonly #tasks: { readonly sends: string; readonly receives: string };
  readonly #waiting: string[] = [];
  #sent = 0;

  constructor(context: Context, sender: string, receiver: string) {
    this.#context = context;
    this.#sender = sender;
    this.#receiver = receiver;
    this.#tasks = { sends: context.freshName(), receives: context.freshName() };
  }

  get #port(): Faulting {
    return this.#context.ports['faulting-address'];
  }

  get #alice() {
    return { socket: this.#sender, task: this.#tasks.sends };
  }

  get #bob() {
    return { socket: this.#receiver, task: this.#tasks.receives };
  }

  /** Makes the call: what comes of it is what the model says. */
  async make(each: Call): Promise<void> {
    switch (each.do) {
      case 'send':
        return this.#send(each.memory);
      case 'send-with': {
        const how = { octets: '00', missing: 0, nowhere: each.nowhere };
        return this.#fails(await this.#port.send({ ...this.#alice, ...how }), 'EFAULT');
      }
      case 'receive':
        return this.#receive(each.memory, each.peek);
      case 'receive-with':
        return this.#receiveWith(each.nowhere);
      default: {
        const asked = { ...this.#alice, length: each.length };
        return this.#fails(await this.#port[each.do](asked), 'EFAULT');
      }
    }
  }

  #fails(outcome: unknown, errno: string): void {
    assert.deepEqual(outcome, { errno });
  }

  async #send({ size, there: mapped }: Memory): Promise<void> {
    const there = Math.min(size, mapped);
    this.#sent += 1;
    const octets = (this.#sent & 0xff).toString(16).padStart(2, '0').repeat(there);
    const how = { octets, missing: size - there, nowhere: 'octets' as const };
    const outcome = await this.#port.send({ ...this.#alice, ...how });
    if (there < size) return this.#fails(outcome, 'EFAULT');
    assert.deepEqual(outcome, { ok: { length: size } });
    this.#waiting.push(octets);
  }

  async #receive({ size, there }: Memory, peek: boolean): Promise<void> {
    const mapped = Math.min(size, there);
    const how = { size, there: mapped, nowhere: 'octets' as const, peek };
    const outcome = await this.#port.receive({ ...this.#bob, ...how });
    const first = this.#waiting[0];
    if (first === undefined) return this.#fails(outcome, 'EAGAIN');
    // It is gone when it was taken, whether or not anybody has it.
    if (!peek) this.#waiting.shift();
    const fits = Math.min(first.length / 2, size);
    if (fits > mapped) return this.#fails(outcome, 'EFAULT');
    assert.deepEqual(outcome, { ok: { octets: first.slice(0, 2 * fits) } });
  }

  async #receiveWith(nowhere: 'address' | 'address-length' | 'msg_iov' | 'msghdr'): Promise<void> {
    const outcome = await this.#port.receive({ ...this.#bob, size: 100, there: 100, nowhere });
    const early =
      nowhere === 'msg_iov' ||
      nowhere === 'msghdr' ||
      (nowhere === 'address-length' && this.#context.profile === 'bsd-4.4');
    const taken = early ? undefined : this.#waiting.shift();
    this.#fails(outcome, early || taken !== undefined ? 'EFAULT' : 'EAGAIN');
  }

  /** All that was sent and not given up comes, and then nothing. */
  async rest(): Promise<void> {
    const { udp } = this.#context.ports;
    for (const octets of this.#waiting) {
      const got = await udp.receive({ ...this.#bob, size: 100, dontWait: true });
      assert.ok('ok' in got && got.ok.octets === octets);
    }
    const none = await udp.receive({ ...this.#bob, size: 100, dontWait: true });
    assert.deepEqual(none, { errno: 'EAGAIN' });
  }

  async close(): Promise<void> {
    const { udp } = this.#context.ports;
    valueOf(await udp.close({ socket: this.#sender }));
    valueOf(await udp.close({ socket: this.#receiver }));
  }
}

async function openAt(context: Context, to: { address: string; port: number }): Promise<string> {
  const { udp } = context.ports;
  const { socket } = valueOf(await udp.open({}));
  valueOf(await udp.bind({ socket, to }));
  return socket;
}

property(
  'a call with a pointer that leads nowhere loses nothing but what it had taken',
  fc.array(call, { maxLength: 20 }),
  async (context, calls) => {
    const { address } = await newHost(context);
    const sender = await openAt(context, { address, port: SENDER });
    const receiver = await openAt(context, { address, port: RECEIVER });
    const to = { address, port: RECEIVER };
    valueOf(await context.ports.udp.connect({ socket: sender, to }));
    const pair = new Pair(context, sender, receiver);
    for (const each of calls) await pair.make(each);
    await pair.rest();
    await pair.close();
  },
);
