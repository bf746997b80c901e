/** Laws of descriptors. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

const TASKS = 3;

/** As few as POSIX allows, so that tables fill up. */
const LIMIT = 20;

const task = fc.nat(TASKS - 1);

/** Mostly numbers that are open, with those beside the table. */
const fd = fc.oneof(
  { weight: 6, arbitrary: fc.nat(7) },
  { weight: 1, arbitrary: fc.constantFrom(-1, LIMIT - 1, LIMIT, 5000) },
);

const call = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), task, file: fc.nat(1) }) },
  fc.record({ do: fc.constant('openNull' as const), task }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pipe' as const), task }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('dup' as const), task, fd }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('dup2' as const), task, fd, to: fd }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('close' as const), task, fd }) },
  fc.record({ do: fc.constant('fork' as const), task, child: task }),
  fc.record({ do: fc.constant('exit' as const), task }),
  fc.record({ do: fc.constant('fill' as const), task, fd }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      task,
      fd,
      octets: fc.uint8Array({ maxLength: 30 }).map((bytes) => [...bytes]),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('read' as const), task, fd, count: fc.nat(40) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('lseek' as const), task, fd, offset: fc.nat(60) }),
  },
);

type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;
type CallOf<Name extends Call['do']> = Extract<Call, { do: Name }>;

/** An open file of the model; pipes are told apart by their queue. */
type Open =
  | { readonly kind: 'file'; readonly octets: number[]; offset: number }
  | { readonly kind: 'null' }
  | { readonly kind: 'reader' | 'writer'; readonly queue: number[] };

type Table = (Open | undefined)[];

/** The same calls to the implementation and to tables that are plain arrays. */
class Compared {
  readonly #port;
  readonly #names: string[];
  readonly #paths: string[];
  readonly #tables: Table[] = Array.from({ length: TASKS }, () => []);
  /** What each file holds; undefined before it was created. */
  readonly #files: (number[] | undefined)[] = [undefined, undefined];

  constructor({ ports, freshName }: Context) {
    this.#port = ports.descriptor;
    this.#names = Array.from({ length: TASKS }, freshName);
    this.#paths = [`/${this.#names[0]}`, `/${this.#names[1]}`];
  }

  async begin(): Promise<void> {
    for (const name of this.#names) await this.#limit(name);
  }

  async #limit(name: string): Promise<void> {
    valueOf(await this.#port.limit({ task: name, descriptors: LIMIT }));
  }

  /** Leaves nothing open and no file behind, since others share the file system. */
  async end({ ports }: Context): Promise<void> {
    for (const name of this.#names) valueOf(await this.#port.exit({ task: name }));
    for (const [nth, octets] of this.#files.entries()) {
      const path = this.#paths[nth] ?? '';
      if (octets !== undefined) valueOf(await ports['file-system'].unlink({ path }));
    }
  }

  #name = (nth: number): string => this.#names[nth] ?? '';
  #table = (nth: number): Table => this.#tables[nth] ?? [];

  async apply(step: Call): Promise<void> {
    const by = { task: this.#name(step.task) };
    const table = this.#table(step.task);
    switch (step.do) {
      case 'open':
        return this.#opened(step);
      case 'openNull': {
        const how = { mode: 'O_RDWR' as const, flags: [] };
        const answer = await this.#port.open({ ...by, path: '/dev/null', ...how });
        assert.deepEqual(answer, placed(table, { kind: 'null' }));
        return;
      }
      case 'pipe':
        return this.#pipe(step.task);
      case 'dup': {
        const open = table[step.fd];
        const expected = open === undefined ? EBADF : placed(table, open);
        assert.deepEqual(await this.#port.dup({ ...by, fd: step.fd }), expected);
        return;
      }
      case 'dup2': {
        const open = table[step.fd];
        const bad = open === undefined || step.to < 0 || step.to >= LIMIT;
        if (!bad) table[step.to] = open;
        const expected = bad ? EBADF : { ok: { fd: step.to } };
        assert.deepEqual(await this.#port.dup2({ ...by, fd: step.fd, to: step.to }), expected);
        return;
      }
      case 'close': {
        const expected = table[step.fd] === undefined ? EBADF : { ok: {} };
        assert.deepEqual(await this.#port.close({ ...by, fd: step.fd }), expected);
        if (step.fd >= 0) table[step.fd] = undefined;
        return;
      }
      case 'fork':
        if (step.child === step.task) return;
        valueOf(await this.#port.fork({ ...by, child: this.#name(step.child) }));
        this.#tables[step.child] = [...table];
        return;
      case 'exit':
        valueOf(await this.#port.exit(by));
        this.#tables[step.task] = [];
        return this.#limit(by.task);
      case 'fill': {
        const open = table[step.fd];
        if (open === undefined) return;
        for (let expected; expected === undefined || 'ok' in expected;) {
          expected = placed(table, open);
          assert.deepEqual(await this.#port.dup({ ...by, fd: step.fd }), expected);
        }
        return;
      }
      default:
        return this.#used(table[step.fd], step);
    }
  }

  async #opened({ task: nth, file }: CallOf<'open'>): Promise<void> {
    const how = { mode: 'O_RDWR' as const, flags: ['O_CREAT' as const] };
    const path = this.#paths[file] ?? '';
    const answer = await this.#port.open({ task: this.#name(nth), path, ...how });
    const octets = this.#files[file] ?? [];
    const expected = placed(this.#table(nth), { kind: 'file', octets, offset: 0 });
    assert.deepEqual(answer, expected);
    if ('ok' in expected) this.#files[file] = octets;
  }

  /** The ends do not block, so that no task sleeps. */
  async #pipe(nth: number): Promise<void> {
    const table = this.#table(nth);
    const queue: number[] = [];
    const answer = await this.#port.pipe({ task: this.#name(nth) });
    const reader = placed(table, { kind: 'reader', queue });
    const writer = placed(table, { kind: 'writer', queue });
    if (!('ok' in reader) || !('ok' in writer)) {
      if ('ok' in reader) table[reader.ok.fd] = undefined;
      assert.deepEqual(answer, EMFILE);
      return;
    }
    assert.deepEqual(answer, { ok: { reader: reader.ok.fd, writer: writer.ok.fd } });
    for (const end of [reader.ok.fd, writer.ok.fd]) {
      valueOf(await this.#port.setFlags({ task: this.#name(nth), fd: end, nonblock: true }));
    }
  }

  async #used(open: Open | undefined, step: CallOf<'read' | 'write' | 'lseek'>): Promise<void> {
    const on = { task: this.#name(step.task), fd: step.fd };
    if (step.do === 'lseek') {
      // Of the null device systems think differently.
      if (open?.kind === 'null') return;
      const answer = await this.#port.lseek({ ...on, offset: step.offset, whence: 'SEEK_SET' });
      assert.deepEqual(answer, sought(open, step.offset));
    } else if (step.do === 'read') {
      const expected = this.#read(open, step.count);
      assert.deepEqual(await this.#port.read({ ...on, count: step.count }), expected);
    } else {
      const answer = await this.#port.write({ ...on, octets: octetsOf(step.octets) });
      assert.deepEqual(answer, this.#written(open, step.octets));
    }
  }

  /** Whether anybody has that end of the pipe open. */
  #isOpen(kind: 'reader' | 'writer', queue: number[]): boolean {
    const isEnd = (open: Open | undefined) => open?.kind === kind && open.queue === queue;
    return this.#tables.some((table) => table.some(isEnd));
  }

  #read(open: Open | undefined, count: number) {
    if (open === undefined || open.kind === 'writer') return EBADF;
    if (open.kind === 'null') return { ok: { octets: '' } };
    if (open.kind === 'file') {
      const octets = open.octets.slice(open.offset, open.offset + count);
      open.offset += octets.length;
      return { ok: { octets: octetsOf(octets) } };
    }
    const waits = count > 0 && open.queue.length === 0 && this.#isOpen('writer', open.queue);
    return waits ? EAGAIN : { ok: { octets: octetsOf(open.queue.splice(0, count)) } };
  }

  #written(open: Open | undefined, octets: number[]) {
    if (open === undefined || open.kind === 'reader') return EBADF;
    if (open.kind === 'writer') {
      if (octets.length > 0 && !this.#isOpen('reader', open.queue)) return EPIPE;
      open.queue.push(...octets);
    } else if (open.kind === 'file' && octets.length > 0) {
      const gap = Math.max(0, open.offset - open.octets.length);
      open.octets.push(...Array<number>(gap).fill(0));
      open.octets.splice(open.offset, octets.length, ...octets);
      open.offset += octets.length;
    }
    return { ok: { length: octets.length } };
  }
}

const EBADF = { errno: 'EBADF' };
const EMFILE = { errno: 'EMFILE' };
const EAGAIN = { errno: 'EAGAIN' };
const EPIPE = { errno: 'EPIPE' };

/** Puts an open file at the lowest free number. */
function placed(table: Table, open: Open): { ok: { fd: number } } | { errno: string } {
  const free = Array.from({ length: LIMIT }, (_, fd) => fd).find((fd) => table[fd] === undefined);
  if (free === undefined) return EMFILE;
  table[free] = open;
  return { ok: { fd: free } };
}

function sought(open: Open | undefined, offset: number) {
  if (open === undefined) return EBADF;
  if (open.kind !== 'file') return { errno: 'ESPIPE' };
  open.offset = offset;
  return { ok: { offset } };
}

property(
  'descriptors lead where a table says',
  fc.array(call, { maxLength: 60 }),
  async (context, calls) => {
    const compared = new Compared(context);
    await compared.begin();
    for (const step of calls) await compared.apply(step);
    await compared.end(context);
  },
);
