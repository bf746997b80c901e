/**
 * A connection of TCP at random: segments that a peer sends, calls of a program, and what can be seen of both.
 *
 * Numbers count from the SYN of each side. Nothing in a trace depends on what a system chooses freely: its
 * first number, its ports, its timestamps.
 */
import fc from 'fast-check';
import type { Errno } from '../../contract/index.ts';
import type { TcpOption as SocketOption } from '../../contract/vocabulary.ts';
import type { ClientPorts, MaybeAsleep } from '../../harness/client.ts';
import {
  filling,
  type TcpFlag,
  type TcpOption,
  type TcpSegment,
} from '../../harness/packets/index.ts';
import { CableEnd } from './cable-end.ts';

const PORT = 80;
const PEER_PORT = 40_001;
const TASK = 'program';
/** Octets asked for; by themselves systems have buffers of their own sizes. */
const BUFFER = 60_000;

/** Where a number lies: from the window's left edge or its right one, or from what was sent. */
const seqOffset = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(-1, 1, 2, -2, 10, -10, 100, 1460) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-70_000, -1000, 1000, 70_000, 0x4000_0000, -0x4000_0000),
  },
);
const edge = fc.oneof(
  { weight: 6, arbitrary: fc.constant('next' as const) },
  { weight: 1, arbitrary: fc.constant('window' as const) },
);
const ackBase = fc.oneof(
  { weight: 4, arbitrary: fc.constant('next' as const) },
  { weight: 2, arbitrary: fc.constant('acked' as const) },
  { weight: 1, arbitrary: fc.constant('half' as const) },
);
const flagSets: readonly (readonly TcpFlag[])[] = [
  ['ACK'],
  ['ACK', 'PSH'],
  ['ACK', 'FIN'],
  ['ACK', 'RST'],
  ['RST'],
  ['SYN'],
  ['SYN', 'ACK'],
  ['ACK', 'URG'],
  ['FIN'],
  [],
  ['SYN', 'FIN'],
  ['ACK', 'FIN', 'URG'],
  ['ACK', 'SYN', 'FIN'],
];

const segment = fc.record({
  does: fc.constant('segment' as const),
  flags: fc.oneof(
    { weight: 3, arbitrary: fc.constant<readonly TcpFlag[]>(['ACK']) },
    { weight: 2, arbitrary: fc.constantFrom(...flagSets) },
  ),
  edge,
  sequence: seqOffset,
  ackBase,
  ack: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 1, 1000, -1000, 70_000, -70_000) },
  ),
  length: fc.constantFrom(0, 0, 0, 1, 10, 536, 1460),
  window: fc.constantFrom(65_535, 65_535, 65_535, 0, 1, 1000, 5000),
  urgent: fc.constantFrom(0, 1, 2, 5, 1460),
});

const SWITCHES = ['TCP_NODELAY', 'TCP_CORK', 'SO_OOBINLINE', 'SO_KEEPALIVE'] as const;

const call = fc.oneof(
  fc.record({
    does: fc.constant('write' as const),
    length: fc.constantFrom(1, 10, 500, 1460, 3000, 10_000),
    outOfBand: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
    more: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
  }),
  fc.record({
    does: fc.constant('read' as const),
    size: fc.constantFrom(0, 1, 10, 1460, 100_000),
    peek: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
    outOfBand: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
  }),
  fc.record({
    does: fc.constant('shutdown' as const),
    how: fc.constantFrom('SHUT_RD' as const, 'SHUT_WR' as const, 'SHUT_RDWR' as const),
  }),
  fc.record({ does: fc.constant('close' as const) }),
  fc.record({
    does: fc.constant('switch' as const),
    option: fc.constantFrom(...SWITCHES),
    on: fc.boolean(),
  }),
);

const wait = fc.record({
  does: fc.constant('wait' as const),
  ms: fc.constantFrom(3, 47, 530, 7300, 71_000),
});

export interface Course {
  /** Whether the peer begins. */
  readonly passive: boolean;
  readonly isn: number;
  readonly mss: number;
  readonly actions: readonly Action[];
}

type Segment = typeof segment extends fc.Arbitrary<infer S> ? S : never;
type Call = typeof call extends fc.Arbitrary<infer S> ? S : never;
type Wait = typeof wait extends fc.Arbitrary<infer S> ? S : never;
type Action = Segment | Call | Wait;

export function courses(waits: boolean): fc.Arbitrary<Course> {
  return fc.record({
    passive: fc.boolean(),
    isn: fc.constantFrom(0, 0xffff_fff0, 0x7fff_fff0, 12_345),
    mss: fc.constantFrom(1460, 536, 1000),
    actions: fc.array(
      fc.oneof(
        { weight: 5, arbitrary: segment },
        { weight: 4, arbitrary: call },
        ...(waits ? [{ weight: 2, arbitrary: wait }] : []),
      ),
      { minLength: 1, maxLength: 12, size: 'max' },
    ),
  });
}

const word32 = (value: number): number => value >>> 0;

/** Runs it on a host. @returns what could be seen, a line each. */
export async function trace(
  ports: ClientPorts,
  course: Course,
  settleMs: number,
): Promise<string[]> {
  const cable = await CableEnd.attached(ports);
  const scene = new Scene(ports, cable, course, settleMs);
  await scene.begin();
  for (const action of course.actions) await scene.act(action);
  return scene.lines;
}

class Scene {
  readonly lines: string[] = [];
  readonly #ports: ClientPorts;
  readonly #cable: CableEnd;
  readonly #course: Course;
  readonly #settleMs: number;
  #socket = '';
  #iss = 0;
  #greeted = false;
  #port = PORT;
  /** Numbers since the SYNs: what the host has acknowledged and offered, what it has sent, what was acknowledged. */
  #acked = 1;
  #window = 0;
  #sent = 1;
  #peerAcked = 1;
  #wrote = 0;

  constructor(ports: ClientPorts, cable: CableEnd, course: Course, settleMs: number) {
    this.#ports = ports;
    this.#cable = cable;
    this.#course = course;
    this.#settleMs = settleMs;
  }

  async begin(): Promise<void> {
    const { tcp } = this.#ports;
    const { passive, mss } = this.#course;
    const syn = { options: [{ kind: 'mss' as const, value: mss }], window: 65_535 };
    const opened = value(await tcp.open({}));
    this.#socket = opened.socket;
    for (const option of ['SO_SNDBUF', 'SO_RCVBUF'] as const) {
      value(await tcp.setOption({ socket: opened.socket, option, value: BUFFER }));
    }
    if (passive) {
      const to = { address: this.#cable.address, port: PORT };
      value(await tcp.bind({ socket: opened.socket, to }));
      value(await tcp.listen({ socket: opened.socket, backlog: 5 }));
      await this.#send({ flags: ['SYN'], sequence: 0, ack: 0, ...syn });
      await this.#see();
      await this.#send({ flags: ['ACK'], sequence: 1, ack: 1, window: 65_535 });
      await this.#see();
      const taken = value(await tcp.accept({ socket: opened.socket, task: TASK, dontWait: true }));
      this.#socket = taken.socket;
    } else {
      const to = { address: this.#cable.neighbour, port: PEER_PORT };
      await tcp.connect({ socket: opened.socket, task: TASK, to, dontWait: true });
      await this.#see();
      await this.#send({ flags: ['SYN', 'ACK'], sequence: 0, ack: 1, ...syn });
      await this.#see();
    }
  }

  async act(action: Action): Promise<void> {
    const { tcp } = this.#ports;
    const [socket, task] = [this.#socket, TASK];
    const said = (what: string, outcome: MaybeAsleep<unknown, Errno>) => {
      this.lines.push(`${what}: ${told(outcome)}`);
    };
    switch (action.does) {
      case 'segment':
        await this.#inject(action);
        break;
      case 'write': {
        const { length, outOfBand, more } = action;
        const octets = filling(length, this.#wrote % 251);
        const outcome = await tcp.send({ socket, task, octets, outOfBand, more, dontWait: true });
        if ('ok' in outcome) this.#wrote += outcome.ok.length;
        said(`send ${length}${outOfBand ? ' urgent' : ''}${more ? ' more' : ''}`, outcome);
        break;
      }
      case 'read': {
        const { size, peek, outOfBand } = action;
        const call = { socket, task, size, peek, outOfBand, dontWait: true };
        const what = `receive ${size}${peek ? ' peek' : ''}${outOfBand ? ' urgent' : ''}`;
        said(what, await tcp.receive(call));
        break;
      }
      case 'shutdown':
        said(action.how, await tcp.shutdown({ socket, how: action.how }));
        break;
      case 'close':
        said('close', await tcp.close({ socket, task }));
        break;
      case 'switch': {
        const option: SocketOption = action.option;
        const on = Number(action.on);
        said(`${option} ${on}`, await tcp.setOption({ socket, option, value: on }));
        break;
      }
      case 'wait':
        this.lines.push(`wait ${action.ms} ms`);
        await this.#pass(action.ms);
    }
    await this.#see();
    await this.#look();
  }

  /** What the program can ask. */
  async #look(): Promise<void> {
    const { tcp } = this.#ports;
    const socket = this.#socket;
    const ready = told(await tcp.ready({ socket }));
    const mark = told(await tcp.atMark({ socket }));
    this.lines.push(`  ready ${ready}, mark ${mark}`);
  }

  async #inject(one: Segment): Promise<void> {
    const from = one.edge === 'next' ? this.#acked : this.#acked + this.#window;
    const bases = {
      next: this.#sent,
      acked: this.#peerAcked,
      half: this.#peerAcked + ((this.#sent - this.#peerAcked) >> 1),
    };
    const ack = bases[one.ackBase] + one.ack;
    const sequence = from + one.sequence;
    const place = one.edge === 'next' ? String(sequence) : `window${signed(one.sequence)}`;
    const words = `${one.flags.join('+') || 'none'} ${place}:${one.length} ack ${ack} win ${one.window}`;
    this.lines.push(`< ${words}${one.flags.includes('URG') ? ` urg ${one.urgent}` : ''}`);
    if (one.flags.includes('ACK') && ack > this.#peerAcked && ack <= this.#sent)
      this.#peerAcked = ack;
    await this.#send({
      flags: one.flags,
      sequence,
      ack,
      window: one.window,
      urgentPointer: one.flags.includes('URG') ? one.urgent : 0,
      data: filling(one.length, word32(sequence - 1) % 251),
    });
  }

  async #send({
    flags,
    sequence,
    ack,
    window,
    options = [],
    urgentPointer = 0,
    data = '',
  }: {
    flags: readonly TcpFlag[];
    sequence: number;
    ack: number;
    window: number;
    options?: readonly TcpOption[];
    urgentPointer?: number;
    data?: string;
  }): Promise<void> {
    await this.#cable.send({
      kind: 'tcp',
      sourcePort: PEER_PORT,
      destinationPort: this.#port,
      sequence: word32(this.#course.isn + sequence),
      acknowledgment: flags.includes('ACK') ? word32(this.#iss + ack) : 0,
      flags: [...flags],
      window,
      options: [...options],
      urgentPointer,
      data,
    });
  }

  async #pass(ms: number): Promise<void> {
    const { network } = this.#ports;
    const { at } = value(await network.now({}));
    value(await network.advance({ to: at + ms * 1_000_000 }));
  }

  async #see(): Promise<void> {
    if (this.#settleMs > 0) await this.#pass(this.#settleMs);
    for (const packet of await this.#cable.left()) {
      if (packet.kind === 'tcp') this.#hear(packet);
      else this.lines.push(`> ${packet.kind}`);
    }
  }

  #hear(seen: TcpSegment): void {
    const { flags, data, window, options, urgentPointer } = seen;
    if (flags.includes('SYN') && !this.#greeted) {
      this.#greeted = true;
      this.#iss = seen.sequence;
      this.#port = seen.sourcePort;
    }
    const sequence = (seen.sequence - this.#iss) | 0;
    const ack = (seen.acknowledgment - this.#course.isn) | 0;
    const takes = data.length / 2 + Number(flags.includes('SYN')) + Number(flags.includes('FIN'));
    if (!flags.includes('RST')) {
      this.#sent = Math.max(this.#sent, sequence + takes);
      if (flags.includes('ACK')) [this.#acked, this.#window] = [ack, window];
    }
    const mss = options.find(({ kind }) => kind === 'mss');
    // A reset that answers a segment without ACK has number zero, whatever the host's first one is.
    const bare = flags.includes('RST') && seen.sequence === 0 ? 'zero' : String(sequence);
    // PSH is set at the end of what was handed over in one piece, which may be more than a segment.
    const shown = flags.filter((flag) => flag !== 'PSH');
    this.lines.push(
      `> ${shown.join('+')} ${bare}:${data.length / 2}` +
        `${flags.includes('ACK') ? ` ack ${ack}` : ''}` +
        `${flags.includes('URG') ? ` urg ${urgentPointer}` : ''}` +
        `${mss?.kind === 'mss' ? ` mss ${mss.value}` : ''}`,
    );
  }
}

const signed = (offset: number): string => `${offset < 0 ? '' : '+'}${offset}`;

function value<Value>(outcome: MaybeAsleep<Value, Errno>): Value {
  if ('ok' in outcome) return outcome.ok;
  throw new Error(`the scene could not be set: ${JSON.stringify(outcome)}`);
}

function told(outcome: MaybeAsleep<unknown, Errno>): string {
  if ('asleep' in outcome) return 'sleeps';
  if ('ok' in outcome) {
    const { ok } = outcome;
    return ok === null
      ? 'ok'
      : JSON.stringify(ok).replaceAll(/"([0-9a-f]{40})[0-9a-f]*"/g, '"$1…"');
  }
  return 'errno' in outcome ? outcome.errno : JSON.stringify(outcome);
}
