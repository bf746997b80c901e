/** Laws of select. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ClientPorts } from '../../harness/client.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

const PIPES = 4;

/** Two pipes that the one who selects reads from, then two that it writes to. */
const isRead = (nth: number): boolean => nth < PIPES / 2;

const nth = fc.nat(PIPES - 1);

const step = fc.oneof(
  // By the other task.
  { weight: 3, arbitrary: fc.record({ do: fc.constant('serve' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), nth }) },
  // By the one who selects, while it does not sleep.
  { weight: 3, arbitrary: fc.record({ do: fc.constant('use' as const), nth }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('select' as const),
      pipes: fc.subarray([0, 1, 2, 3]),
      waits: fc.boolean(),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

interface Pipe {
  readonly reader: number;
  readonly writer: number;
  /** Something is in one that is read from; one that is written to is full. */
  filled: boolean;
  /** The end of the other task is closed. */
  closed: boolean;
}

/** More than any pipe holds. */
const MORE_THAN_FITS = 131_072;

type Selecting = Awaited<ReturnType<ClientPorts['select']['select']>>;

/** The calls of two tasks, and what select must make of them. */
class Scene {
  readonly #ports: ClientPorts;
  readonly #selector: string;
  readonly #other: string;
  readonly #pipes: Pipe[] = [];
  #asleep: { readonly call: Selecting; readonly pipes: readonly number[] } | undefined;

  constructor({ ports, freshName }: Context) {
    this.#ports = ports;
    this.#selector = freshName();
    this.#other = freshName();
  }

  /** Each task keeps one end of each pipe; none of them blocks. */
  async begin(): Promise<void> {
    const { descriptor } = this.#ports;
    const task = this.#selector;
    for (let made = 0; made < PIPES; made++) {
      const ends = valueOf(await descriptor.pipe({ task }));
      this.#pipes.push({ ...ends, filled: false, closed: false });
      for (const fd of [ends.reader, ends.writer]) {
        valueOf(await descriptor.setFlags({ task, fd, nonblock: true }));
      }
    }
    valueOf(await descriptor.fork({ task, child: this.#other }));
    for (const [which, { reader, writer }] of this.#pipes.entries()) {
      const [own, others] = isRead(which) ? [reader, writer] : [writer, reader];
      valueOf(await descriptor.close({ task, fd: others }));
      valueOf(await descriptor.close({ task: this.#other, fd: own }));
    }
  }

  async end(): Promise<void> {
    const { descriptor } = this.#ports;
    if (this.#asleep !== undefined) {
      valueOf(await descriptor.interrupt({ task: this.#selector, restart: true }));
      const { call } = this.#asleep;
      const ended = 'asleep' in call ? await call.asleep.poll() : call;
      assert.deepEqual(ended, { errno: 'EINTR' });
    }
    for (const task of [this.#selector, this.#other]) valueOf(await descriptor.exit({ task }));
  }

  async apply(step: Step): Promise<void> {
    if (step.do === 'serve') await this.#serve(step.nth, this.#pipe(step.nth));
    else if (step.do === 'close') await this.#close(step.nth, this.#pipe(step.nth));
    else if (this.#asleep !== undefined) return;
    else if (step.do === 'use') await this.#use(step.nth, this.#pipe(step.nth));
    else await this.#select(step.pipes, step.waits);
    await this.#look();
  }

  #pipe(which: number): Pipe {
    return this.#pipes[which] ?? assert.fail('there are four pipes');
  }

  /** The other task writes something, or reads all there is. */
  async #serve(which: number, pipe: Pipe): Promise<void> {
    if (pipe.closed) return;
    await this.#transfer(this.#other, pipe, isRead(which));
  }

  /** The one who selects reads all there is, or writes until nothing more fits. */
  async #use(which: number, pipe: Pipe): Promise<void> {
    if (!isRead(which) && pipe.closed) return;
    await this.#transfer(this.#selector, pipe, !isRead(which));
  }

  async #transfer(task: string, pipe: Pipe, writes: boolean): Promise<void> {
    const { descriptor } = this.#ports;
    if (writes) {
      const octets = '78'.repeat(task === this.#selector ? MORE_THAN_FITS : 10);
      const put = await descriptor.write({ task, fd: pipe.writer, octets });
      // It may be full already.
      if (!('errno' in put && put.errno === 'EAGAIN')) valueOf(put);
      pipe.filled = true;
      return;
    }
    const got = await descriptor.read({ task, fd: pipe.reader, count: MORE_THAN_FITS });
    assert.ok(pipe.filled || pipe.closed ? 'ok' in got : 'errno' in got, 'a read of a pipe');
    pipe.filled = false;
  }

  async #close(which: number, pipe: Pipe): Promise<void> {
    if (pipe.closed) return;
    const fd = isRead(which) ? pipe.writer : pipe.reader;
    valueOf(await this.#ports.descriptor.close({ task: this.#other, fd }));
    pipe.closed = true;
  }

  /** Those of the pipes that a read or a write would not sleep in. */
  #ready(pipes: readonly number[]) {
    const ready = pipes.filter((which) => {
      const { filled, closed } = this.#pipe(which);
      return closed || filled === isRead(which);
    });
    return this.#sets(ready);
  }

  #sets(pipes: readonly number[]) {
    const read = pipes.filter(isRead).map((which) => this.#pipe(which).reader);
    const write = pipes.filter((which) => !isRead(which)).map((which) => this.#pipe(which).writer);
    return { read, write, except: [] as number[] };
  }

  async #select(pipes: readonly number[], waits: boolean): Promise<void> {
    const sets = this.#sets(pipes);
    const timeout = waits ? {} : { timeoutMs: 0 };
    const call = await this.#ports.select.select({ task: this.#selector, ...sets, ...timeout });
    if (waits) this.#asleep = { call, pipes };
    else this.#judge(call, pipes);
  }

  /** Whoever sleeps does so rightly, and whoever has woken was told rightly. */
  async #look(): Promise<void> {
    if (this.#asleep === undefined) return;
    const { call, pipes } = this.#asleep;
    const now = 'asleep' in call ? await call.asleep.poll() : call;
    const { read, write } = this.#ready(pipes);
    if (read.length + write.length === 0) {
      assert.ok('asleep' in now, 'select tells of something, and none is ready');
      return;
    }
    this.#asleep = undefined;
    this.#judge(now, pipes);
  }

  #judge(call: Selecting, pipes: readonly number[]): void {
    const told = valueOf(call);
    const inOrder = (fds: readonly number[]) => fds.toSorted((a, b) => a - b);
    const { read, write } = this.#ready(pipes);
    assert.deepEqual(
      { count: told.count, read: inOrder(told.read), write: inOrder(told.write) },
      { count: read.length + write.length, read, write },
    );
  }
}

property(
  'select tells exactly those that are ready',
  fc.array(step, { maxLength: 30 }),
  async (context, steps) => {
    const scene = new Scene(context);
    await scene.begin();
    for (const step of steps) await scene.apply(step);
    await scene.end();
  },
);
