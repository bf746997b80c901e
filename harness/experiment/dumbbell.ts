/**
 * The network of the paper: what comes from several senders passes one bottleneck with few buffers.
 *
 * The senders are programs of one host, the receivers of another, and the bottleneck is the link between: the
 * Ethernets at its ends, 50 times as fast, would add nothing.
 */
import type { ClientPorts, MaybeAsleep } from '../client.ts';
import type { Errno } from '../../contract/index.ts';
import { Inconclusive } from '../problems.ts';
import { joinInARow, joinRawInARow, Lab, type Frame, type Seen } from '../lab/index.ts';
import { CHUNK, receive, send, type Called, type End } from './end.ts';
import { Flow, type FlowPlan } from './flow.ts';
import { Sniffer, SYN, tcpFrame } from './sniffer.ts';

/** 200 KB a second. */
export const BITS_PER_SECOND = 200 * 1024 * 8;
export const DELAY_NS = 50_000_000;
/** Octets of data in a segment, and octets that may be under way. */
export const SEGMENT = 1400;
export const BUFFER = 50 * 1024;

const SERVER_PORT = 5001;
/** Connections that may wait to be accepted. */
const MOST_WAITING = 4096;
const RECEIVER = '10.0.0.2';
const SENDER = '10.0.0.1';

/** Octets that a program asks for at most. */
const MOST_READ = 262_144;

export interface DumbbellOptions {
  readonly seed: number;
  /** Frames that may wait at the bottleneck. */
  readonly buffers: number;
  /** Settings of the sender's TCP. */
  readonly tunables?: Readonly<Record<string, number>>;
  /** Keep windows and queue over time. */
  readonly traced?: boolean;
}

/** The two hosts, freshly booted. */
export interface Ends {
  readonly sender: End;
  readonly receiver: End;
}

type Work = () => Promise<void>;

/** A lab with the two ends; frames are text unless both can do without. */
async function joined(
  { sender, receiver }: Ends,
  { seed, buffers }: DumbbellOptions,
  seen: (seen: Seen<Frame>) => void,
): Promise<Lab<Frame>> {
  const link = {
    bitsPerSecond: BITS_PER_SECOND,
    delayNs: DELAY_NS,
    mtu: SEGMENT + 40,
    queue: buffers,
  };
  const prepared = <Value>(outcome: MaybeAsleep<Value, Errno>) => valueOf(outcome, 'a call');
  const [a, b] = [
    { ...sender, name: 'A' },
    { ...receiver, name: 'B' },
  ];
  if (sender.raw === undefined || receiver.raw === undefined) {
    const lab = new Lab<string>({ seed, seen });
    await joinInARow(lab, [a, b], [link], prepared);
    return lab as Lab<Frame>;
  }
  const lab = new Lab<Uint8Array>({ seed, seen });
  const row = [
    { ...a, raw: sender.raw },
    { ...b, raw: receiver.raw },
  ];
  await joinRawInARow(lab, row, [link], prepared);
  return lab as Lab<Frame>;
}

/** A setting, or a value of it, that the implementation does not have. */
export class NotHad extends Error {
  readonly what: string;

  constructor(what: string) {
    super(`the implementation has no ${what}`);
    this.what = what;
  }
}

function valueOf<Value>(outcome: MaybeAsleep<Value, Errno>, what: string): Value {
  if ('ok' in outcome) return outcome.ok;
  const { errno, bug } = outcome as { errno?: string; bug?: string };
  throw new Inconclusive(`${what} comes to ${errno ?? bug ?? 'sleep'}`);
}

/** What the programs of a flow have done so far. */
interface Programs {
  /** Tasks at both ends, named once: a name that is put together anew is looked up more slowly. */
  readonly sender: string;
  readonly receiver: string;
  socket?: string;
  received?: string;
  /** Octets that send was called for. */
  handed: number;
  sending?: Asleep | undefined;
  /** Octets that receive was called for. */
  asked: number;
  reading?: Asleep | undefined;
}

/** What a program is to do, and when. */
interface Due {
  readonly at: number;
  readonly work: Work;
}

type Asleep = { poll(): Promise<Called> };

export class Dumbbell {
  readonly lab: Lab<Frame>;
  readonly sniffer: Sniffer;
  readonly #a: End;
  readonly #b: End;
  readonly #programs = new Map<Flow, Programs>();
  readonly #work: Work[] = [];
  readonly #traced: boolean;
  /** Of each row of flows the next one to begin, and what those do later that have begun. */
  readonly #due: Due[] = [];
  #listening = '';

  private constructor(
    lab: Lab<Frame>,
    sniffer: Sniffer,
    { sender, receiver }: Ends,
    traced: boolean,
  ) {
    this.lab = lab;
    this.sniffer = sniffer;
    this.#traced = traced;
    this.#a = sender;
    this.#b = receiver;
  }

  static async between(ends: Ends, options: DumbbellOptions): Promise<Dumbbell> {
    const { traced = false } = options;
    const wakes = {
      connected: (flow: Flow) => dumbbell.#later(() => dumbbell.#connected(flow)),
      firstData: () => dumbbell.#later(() => dumbbell.#accept()),
      acked: (flow: Flow) => dumbbell.#sendMore(flow),
      arrived: (flow: Flow) => dumbbell.#readMore(flow),
      ended: (flow: Flow) => dumbbell.#later(() => dumbbell.#close(flow)),
    };
    const sniffer = new Sniffer(wakes, BITS_PER_SECOND, traced);
    const lab = await joined(ends, options, (seen) => sniffer.seen(seen));
    const dumbbell = new Dumbbell(lab, sniffer, ends, traced);
    await dumbbell.#setUp(options);
    return dumbbell;
  }

  async #setUp({ tunables = {} }: DumbbellOptions): Promise<void> {
    const [a, b] = [this.#a.ports, this.#b.ports];
    await this.#tune(a, { timestamps: 0, windowScaling: 0, ...tunables });
    await this.#tune(b, { timestamps: 0, windowScaling: 0, delayedAcks: 0 });
    await this.#letManyIn(b);
    const { socket } = valueOf(await b.tcp.open({}), 'open');
    this.#listening = socket;
    valueOf(await b.tcp.bind({ socket, to: { address: RECEIVER, port: SERVER_PORT } }), 'bind');
    await this.#room(b, socket);
    valueOf(await b.tcp.listen({ socket, backlog: MOST_WAITING }), 'listen');
  }

  async #tune(ports: ClientPorts, values: Readonly<Record<string, number>>): Promise<void> {
    for (const [tunable, value] of Object.entries(values)) {
      const call = { tunable, value } as Parameters<(typeof ports)['tcp-tunables']['set']>[0];
      const { taken } = valueOf(await ports['tcp-tunables'].set(call), 'set');
      if (!taken) throw new NotHad(`${tunable} of ${value}`);
    }
  }

  /**
   * A SYN that finds the listener full is lost like one that the bottleneck drops, and the next one leaves
   * seconds later: what is measured is to be the network alone. 4.4BSD lets 5 wait.
   */
  async #letManyIn(ports: ClientPorts): Promise<void> {
    for (const tunable of ['somaxconn', 'maxSynBacklog'] as const) {
      // Who has no such setting has no such bound, or lets enough of them in.
      await ports['tcp-tunables'].set({ tunable, value: MOST_WAITING });
    }
  }

  /** The receiver's window stands for the send buffer of the paper: both bound what is under way. */
  async #room(ports: ClientPorts, socket: string): Promise<void> {
    const option = { socket, option: 'SO_RCVBUF' } as const;
    valueOf(await ports.tcp.setOption({ ...option, value: BUFFER }), 'SO_RCVBUF');
    const { value } = valueOf(await ports.tcp.getOption(option), 'SO_RCVBUF');
    // Linux takes twice what it is told.
    const told = Math.round((BUFFER * BUFFER) / Number(value));
    if (told !== BUFFER) {
      valueOf(await ports.tcp.setOption({ ...option, value: told }), 'SO_RCVBUF');
    }
  }

  #later(work: Work): void {
    this.#work.push(work);
  }

  /** Frames that may wait at the bottleneck from now on, and how fast it is. */
  alter(options: { readonly queue?: number; readonly bitsPerSecond?: number }): void {
    this.lab.alter('A:eth0', options);
  }

  /** Has flows begin at their times; they are in that order. */
  plan(plans: Iterable<FlowPlan>): void {
    this.#goOn(plans[Symbol.iterator]());
  }

  /** Notes the next of a row. */
  #goOn(rest: Iterator<FlowPlan, unknown>): void {
    const drawn = rest.next();
    if (drawn.done === true) return;
    const plan = drawn.value;
    const work = async (): Promise<void> => {
      this.#goOn(rest);
      await this.#begin(plan);
    };
    this.#due.push({ at: plan.connectNs ?? plan.startNs, work });
  }

  /** What is due next; of equals, what was planned later. */
  #soonest(): Due | undefined {
    let soonest = this.#due[0];
    for (const due of this.#due) if (due.at <= (soonest?.at ?? Infinity)) soonest = due;
    return soonest;
  }

  /** Lets things happen until so much time has passed, or something is the case. */
  async run(until: number, done: () => boolean): Promise<void> {
    for (;;) {
      while (this.#work.length > 0) await this.#work.shift()?.();
      if (done() || this.lab.now >= until) return;
      const soonest = this.#soonest();
      const stop = Math.min(until, soonest?.at ?? Infinity);
      if (soonest !== undefined && soonest.at <= this.lab.now) {
        this.#due.splice(this.#due.indexOf(soonest), 1);
        await soonest.work();
      } else {
        await this.lab.run({
          until: stop,
          when: () => this.#work.length > 0,
          telling: (host, frame) => this.#isTelling(host, frame),
        });
      }
    }
  }

  /** Whether a program has something to do when that frame has come. */
  #isTelling(host: string, frame: Frame): boolean {
    const tcp = tcpFrame(frame);
    if (tcp === undefined) return false;
    const { source, destination, sequence, acknowledgment, flags, length } = tcp;
    const flow = this.flow(host === 'A' ? destination : source);
    if (flow === undefined || flow.done) return false;
    if (host === 'A') {
      return (flags & SYN) !== 0 || this.#hasRoom(flow, flow.ackedBy(acknowledgment));
    }
    if (flow.came === 0) return length > 0;
    const came = flow.mostWith(sequence, length);
    return came >= flow.plan.octets || this.#isRead(flow, came);
  }

  flow(port: number): Flow | undefined {
    return this.sniffer.flows.get(port);
  }

  async #begin(plan: FlowPlan): Promise<void> {
    const { ports } = this.#a;
    const { tcp } = ports;
    const { port, control } = plan;
    const flow = new Flow(plan, this.#traced);
    this.sniffer.flows.set(port, flow);
    const tunable = 'congestionControl';
    const wanted = { tunable, value: control } as Parameters<ClientPorts['tcp-tunables']['set']>[0];
    if (!valueOf(await ports['tcp-tunables'].set(wanted), 'set').taken) {
      throw new Inconclusive(`the implementation has no congestion control ${control}`);
    }
    const { socket } = valueOf(await tcp.open({}), 'open');
    valueOf(await tcp.bind({ socket, to: { address: SENDER, port } }), 'bind');
    valueOf(await tcp.setOption({ socket, option: 'SO_SNDBUF', value: BUFFER }), 'SO_SNDBUF');
    const [sender, receiver] = [`sender-${port}`, `receiver-${port}`];
    this.#programs.set(flow, { sender, receiver, socket, handed: 0, asked: 0 });
    const to = { address: RECEIVER, port: SERVER_PORT };
    await tcp.connect({ socket, task: sender, to, dontWait: true });
    await this.lab.gather('A');
  }

  /** It sends now, or when it is to begin. */
  async #connected(flow: Flow): Promise<void> {
    const { startNs } = flow.plan;
    if (startNs <= this.lab.now) await this.#send(flow);
    else this.#due.push({ at: startNs, work: () => this.#send(flow) });
  }

  /** Hands octets over until a call sleeps. */
  async #send(flow: Flow): Promise<void> {
    const own = this.#programs.get(flow);
    if (own?.socket === undefined) return;
    if (own.sending !== undefined) {
      if ('asleep' in (await own.sending.poll())) return;
      own.sending = undefined;
    }
    const { octets } = flow.plan;
    const call = { socket: own.socket, task: own.sender };
    while (own.handed < octets) {
      const length = Math.min(CHUNK, octets - own.handed);
      own.handed += length;
      const outcome = await send(this.#a, call, length);
      if ('asleep' in outcome) {
        own.sending = outcome.asleep;
        break;
      }
      valueOf(outcome, 'send');
    }
    await this.lab.gather('A');
  }

  #sendMore(flow: Flow): void {
    if (this.#hasRoom(flow, flow.acked)) this.#later(() => this.#send(flow));
  }

  /** Whether, when so much is acknowledged, all that was handed over may be in the buffer, and more is to come. */
  #hasRoom(flow: Flow, acked: number): boolean {
    const { handed } = this.#programs.get(flow) ?? { handed: 0 };
    return handed > 0 && handed < flow.plan.octets && handed - acked <= BUFFER;
  }

  async #accept(): Promise<void> {
    const { tcp } = this.#b.ports;
    const call = { socket: this.#listening, task: 'acceptor', dontWait: true };
    for (let one = await tcp.accept(call); 'ok' in one; one = await tcp.accept(call)) {
      const flow = this.flow(one.ok.from.port);
      const own = flow && this.#programs.get(flow);
      if (flow === undefined || own === undefined) continue;
      own.received = one.ok.socket;
      await this.#read(flow, own);
    }
    await this.lab.gather('B');
  }

  /** Sleeps reading as much as a call may. */
  async #read(flow: Flow, own: Programs): Promise<void> {
    const { received: socket } = own;
    if (socket === undefined) return;
    const size = Math.min(flow.plan.octets - own.asked, MOST_READ);
    own.asked += size;
    const outcome = await receive(this.#b, { socket, task: own.receiver }, size);
    if ('asleep' in outcome) own.reading = outcome.asleep;
  }

  /** Whether, when so much has come, a call has what it asked for. */
  #isRead(flow: Flow, came: number): boolean {
    const own = this.#programs.get(flow);
    return own?.reading !== undefined && came >= own.asked;
  }

  #readMore(flow: Flow): void {
    const own = this.#programs.get(flow);
    if (own?.reading === undefined || !this.#isRead(flow, flow.came)) return;
    const { reading } = own;
    own.reading = undefined;
    this.#later(async () => {
      valueOf(await reading.poll(), 'receive');
      await this.#read(flow, own);
      await this.lab.gather('B');
    });
  }

  async #close(flow: Flow): Promise<void> {
    const own = this.#programs.get(flow);
    if (own === undefined) return;
    this.#programs.delete(flow);
    await own.sending?.poll();
    await own.reading?.poll();
    const { received, socket, sender, receiver } = own;
    if (socket !== undefined) await this.#a.ports.tcp.close({ socket, task: sender });
    if (received !== undefined) await this.#b.ports.tcp.close({ socket: received, task: receiver });
    await this.lab.gather('A');
    await this.lab.gather('B');
  }
}
