/** Input-queue and receive-path ports of the reference kernel. */
import {
  failure,
  success,
  type inputQueue,
  type PortOf,
  type Profile,
  type receivePath,
  type ValueOf,
} from '../../contract/index.ts';
import {
  NETISRS_4_4BSD,
  SOFTIRQS_2_6_11,
  SOFTIRQS_6_18,
  type SoftirqRules,
  type Work,
} from '../../reference/kernel/softirq.ts';
import {
  inputSide2611,
  inputSide44bsd,
  inputSide618,
  type InputSide,
} from '../../reference/net/input-side.ts';
import type { Softnet } from '../../reference/net/net-rx.ts';
import { receive } from '../../reference/net/receive-path.ts';
import { answering, answeringOk } from './answering.ts';

interface NetworkSystem {
  readonly softirqs: SoftirqRules;
  readonly inputSide: <Packet, Piece>(softnet: Softnet<Packet, Piece>) => InputSide<Packet, Piece>;
  readonly polls: boolean;
}

const LINUX_2_6_11 = { softirqs: SOFTIRQS_2_6_11, inputSide: inputSide2611, polls: true };

const SYSTEMS: Readonly<Record<Profile, NetworkSystem>> = {
  notes: LINUX_2_6_11,
  'linux-2.6.11': LINUX_2_6_11,
  'bsd-4.4': { softirqs: NETISRS_4_4BSD, inputSide: inputSide44bsd, polls: false },
  'linux-6': { softirqs: SOFTIRQS_6_18, inputSide: inputSide618, polls: true },
};

type QueuePort = PortOf<typeof inputQueue>;
type Answers = ValueOf<(typeof inputQueue)['methods']['netifRx']>['answers'];
type Meanwhile = NonNullable<Parameters<QueuePort['netRxAction']>[0]['meanwhile']>;

/** A queue between interrupts and a softirq that are told to come. */
class Queue {
  readonly #softnet: Softnet<number, never>;
  readonly #side: InputSide<number, never>;
  #processed: number[] = [];
  #answers: Answers = [];
  #meanwhile: Meanwhile = [];
  #packetUs = 0;
  #raised = false;

  constructor({ inputSide }: NetworkSystem) {
    this.#softnet = {
      jiffies: () => Math.floor((this.#processed.length * this.#packetUs) / 1000),
      raise: () => {
        this.#raised = true;
      },
      receive: (packet) => this.#receive(packet),
      pollList: [],
      timeSqueeze: 0,
    };
    this.#side = inputSide(this.#softnet);
  }

  netifRx(packets: number): { answers: Answers } {
    this.#answers = [];
    this.#arrive(packets);
    return { answers: this.#answers };
  }

  netRxAction(packetUs: number, meanwhile: Meanwhile) {
    this.#processed = [];
    this.#answers = [];
    this.#packetUs = packetUs;
    this.#meanwhile = meanwhile;
    if (this.#raised) {
      this.#raised = false;
      this.#side.action().next();
    }
    return { processed: this.#processed, answers: this.#answers };
  }

  stat() {
    const { timeSqueeze } = this.#softnet;
    return { ...this.#side.stat(), raised: this.#raised, timeSqueeze };
  }

  #arrive(packets: number): void {
    for (let packet = 0; packet < packets; packet++) {
      const answer = this.#side.enqueue(this.#side.stat().total + 1);
      const run = this.#answers.at(-1);
      if (run?.answer === answer) run.packets++;
      else this.#answers.push({ packets: 1, answer });
    }
  }

  /** Nobody looks at a packet half processed. */
  *#receive(packet: number): Work<never> {
    this.#processed.push(packet);
    for (const { after, packets } of this.#meanwhile) {
      if (after === this.#processed.length) this.#arrive(packets);
    }
    yield* [];
  }
}

function queuePort(system: NetworkSystem): QueuePort {
  const queue = new Queue(system);
  return {
    netifRx: ({ packets }) => answeringOk(() => queue.netifRx(packets)),
    netRxAction: ({ packetUs, meanwhile = [] }) =>
      answeringOk(() => queue.netRxAction(packetUs, meanwhile)),
    stat: () => answeringOk(() => queue.stat()),
  };
}

function pathPort(system: NetworkSystem): PortOf<typeof receivePath> {
  return {
    offer: ({ mode, framesPerSecond, durationMs, interruptUs, protocolUs, ring }) =>
      answering(() => {
        const polling = mode === 'polling';
        if (polling && !system.polls) return failure('EINVAL');
        const load = {
          polling,
          framesPerSecond,
          ring,
          durationNs: durationMs * 1_000_000,
          interruptNs: interruptUs * 1000,
          protocolNs: protocolUs * 1000,
        };
        const { time, ...counts } = receive(load, system);
        const { interrupt, softirq, ksoftirqd, user } = time;
        return success({
          ...counts,
          interruptNs: interrupt,
          softirqNs: softirq,
          ksoftirqdNs: ksoftirqd,
          userNs: user,
        });
      }),
  };
}

export function receivePathPorts(profile: Profile) {
  const system = SYSTEMS[profile];
  return { 'input-queue': queuePort(system), 'receive-path': pathPort(system) };
}
