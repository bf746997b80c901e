/** A law of descriptors that are passed: what is open follows from who can reach it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

const PAIRS = 3;

/** The two ends of pair n have the numbers 2 n and 2 n + 1; what one sends comes to the other. */
const end = fc.nat(2 * PAIRS - 1);
const otherEnd = (at: number): number => at ^ 1;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      by: end,
      whose: fc.uniqueArray(end, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take' as const), by: end }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('close' as const), by: end }) },
);

type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** Which ends the program has descriptors of, and which wait where. */
class Reach {
  readonly descriptors = Array.from({ length: 2 * PAIRS }, () => 1);
  readonly queues = Array.from({ length: 2 * PAIRS }, (): number[][] => []);

  /** Those with a descriptor, what waits in them, what waits in that, and so on. */
  get open(): ReadonlySet<number> {
    const open = new Set<number>();
    const next = [...this.descriptors.keys()].filter((at) => this.has(at));
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      if (open.has(at)) continue;
      open.add(at);
      next.push(...(this.queues[at] ?? []).flat());
    }
    return open;
  }

  has(at: number): boolean {
    return (this.descriptors[at] ?? 0) > 0;
  }

  /** What is not open has no queue any more. */
  sweep(): void {
    const { open } = this;
    for (const [at, queue] of this.queues.entries()) if (!open.has(at)) queue.length = 0;
  }
}

class Passing {
  readonly #context: Context;
  readonly #reach = new Reach();
  /** The descriptors of each end. */
  readonly #handles: string[][] = [];
  readonly #task: string;

  constructor(context: Context) {
    this.#context = context;
    this.#task = context.freshName();
  }

  get #sockets() {
    return this.#context.ports['unix-socket'];
  }

  get #passing() {
    return this.#context.ports['descriptor-passing'];
  }

  async begin(): Promise<void> {
    for (let pair = 0; pair < PAIRS; pair++) {
      const made = { type: 'SOCK_STREAM', task: this.#task } as const;
      const { first, second } = valueOf(await this.#sockets.pair(made));
      this.#handles.push([first], [second]);
    }
  }

  /** Whoever goes, what was out of reach is looked for then. */
  async #sweep(): Promise<void> {
    const { socket } = valueOf(await this.#sockets.open({ type: 'SOCK_DGRAM' }));
    valueOf(await this.#sockets.close({ socket }));
    this.#reach.sweep();
  }

  async does(step: Step): Promise<void> {
    if (!this.#reach.has(step.by)) return;
    if (step.do === 'pass') await this.#pass(step.by, step.whose);
    else if (step.do === 'take') await this.#take(step.by);
    else await this.#close(step.by);
    await this.#sweep();
  }

  async #pass(by: number, wanted: readonly number[]): Promise<void> {
    const whose = wanted.filter((at) => this.#reach.has(at));
    if (whose.length === 0 || !this.#reach.open.has(otherEnd(by))) return;
    const call = { ...this.#by(by), octets: '78', rights: whose.map((at) => this.#handle(at)) };
    valueOf(await this.#passing.send(call));
    this.#reach.queues[otherEnd(by)]?.push(whose);
  }

  async #take(by: number): Promise<void> {
    const whose = this.#reach.queues[by]?.shift();
    if (whose === undefined) return;
    const call = { ...this.#by(by), size: 1, room: whose.length, nonblock: true };
    const { rights } = valueOf(await this.#passing.receive(call));
    assert.equal(rights.length, whose.length, 'descriptors of a message');
    for (const [at, owner] of whose.entries()) {
      this.#handles[owner]?.push(rights[at] ?? '');
      this.#reach.descriptors[owner] = (this.#reach.descriptors[owner] ?? 0) + 1;
    }
  }

  async #close(by: number): Promise<void> {
    const socket = this.#handles[by]?.pop() ?? '';
    valueOf(await this.#sockets.close({ socket }));
    this.#reach.descriptors[by] = (this.#reach.descriptors[by] ?? 0) - 1;
  }

  /** An end whose other end is open has its peer, and one whose other end is not has none to send to. */
  async endsAsItMust(): Promise<void> {
    const { open } = this.#reach;
    for (const by of this.#reach.descriptors.keys()) {
      if (!this.#reach.has(by)) continue;
      const message = { ...this.#by(by), octets: '79', nonblock: true, noSignal: true };
      const sent = await this.#sockets.send(message);
      const isOpen = open.has(otherEnd(by));
      assert.equal('ok' in sent, isOpen, `the other end of ${by} is ${isOpen ? '' : 'not '}open`);
    }
  }

  async closeAll(): Promise<void> {
    for (const socket of this.#handles.flat()) await this.#sockets.close({ socket });
    await this.#sweep();
  }

  #by(at: number) {
    return { socket: this.#handle(at), task: this.#task };
  }

  #handle(at: number): string {
    return this.#handles[at]?.at(-1) ?? assert.fail(`there is no descriptor of end ${at}`);
  }
}

property(
  'local sockets are open as long as somebody can reach them',
  fc.array(step, { maxLength: 30 }),
  async (context, steps) => {
    const passing = new Passing(context);
    try {
      await passing.begin();
      for (const each of steps) await passing.does(each);
      await passing.endsAsItMust();
    } finally {
      await passing.closeAll();
    }
  },
);
