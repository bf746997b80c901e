/** Laws of the file system. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import {
  ModelTree,
  pathsOf,
  resizeModel,
  writeModel,
  type ModelDirectory,
  type ModelFile,
  type Permitted,
  type Place,
} from './model.ts';

/** Few names, so that paths meet. */
const name = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof({ weight: 8, arbitrary: name }, fc.constantFrom('.', '..'));

/** The last name is never . or .., for which systems refuse with errnos of their own. */
const path = fc
  .tuple(fc.array(step, { maxLength: 2 }), name)
  .map(([above, last]): readonly string[] => [...above, last]);

const octets = fc.uint8Array({ maxLength: 300 }).map((bytes) => [...bytes]);
/** An open file: taken modulo those that there are. */
const nth = fc.nat(99);
const place = fc.oneof(fc.nat(200), fc.nat(3000));

const call = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('mkdir' as const), path }) },
  fc.record({ do: fc.constant('rmdir' as const), path }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unlink' as const), path }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('link' as const), path, to: path }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('rename' as const), path, to: path }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      path,
      mode: fc.constantFrom('O_RDONLY' as const, 'O_WRONLY' as const, 'O_RDWR' as const),
      // What O_TRUNC does to a file that is opened for reading only is left open.
      flags: fc.subarray(['O_CREAT', 'O_EXCL', 'O_APPEND', 'O_TRUNC'] as const),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), nth, octets }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('read' as const), nth, length: fc.nat(500) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('lseek' as const), nth, offset: place }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('ftruncate' as const), nth, length: place }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const), nth }) },
);

type Input<A> = A extends fc.Arbitrary<infer Value> ? Value : never;
type Call = Input<typeof call>;
type CallOf<Name extends Call['do']> = Extract<Call, { do: Name }>;

interface Open {
  readonly handle: string;
  readonly file: ModelFile;
  readonly mode: string;
  readonly append: boolean;
  offset: number;
}

const text = (names: readonly string[]) => `/${names.join('/')}`;

/** The same calls to the implementation and to the model. */
class Compared {
  readonly #port;
  readonly #tree = new ModelTree();
  readonly #open: Open[] = [];

  constructor({ ports }: Context) {
    this.#port = ports['file-system'];
  }

  async apply(step: Call): Promise<void> {
    switch (step.do) {
      case 'mkdir':
      case 'rmdir':
      case 'unlink':
        return judge(
          await this.#port[step.do]({ path: text(step.path) }),
          this.#tree[step.do](step.path),
        );
      case 'link':
      case 'rename': {
        const answer = await this.#port[step.do]({ from: text(step.path), to: text(step.to) });
        return judge(answer, this.#tree[step.do](step.path, step.to));
      }
      case 'open':
        return this.#opened(step);
      default: {
        const open = this.#open[step.nth % Math.max(this.#open.length, 1)];
        if (open !== undefined) await this.#used(open, step);
      }
    }
  }

  async #opened({ path, mode, flags: given }: CallOf<'open'>): Promise<void> {
    const flags = given.filter((flag) => flag !== 'O_TRUNC' || mode !== 'O_RDONLY');
    const answer = await this.#port.open({ path: text(path), mode, flags });
    judge(answer, this.#openErrnos(path, mode, flags));
    if (!('ok' in answer)) return;
    const { parent, name: last, node } = this.#tree.place(path) as Place;
    // Only a directory that is opened for reading comes here; nothing is done with it.
    if (node?.kind === 'directory') return;
    const file = node ?? { kind: 'file', octets: [], links: 1 };
    parent.names.set(last, file);
    if (flags.includes('O_TRUNC')) file.octets = [];
    const append = flags.includes('O_APPEND');
    this.#open.push({ handle: answer.ok.file, file, mode, append, offset: 0 });
  }

  #openErrnos(path: readonly string[], mode: string, flags: readonly string[]): Permitted {
    const place = this.#tree.place(path);
    if (typeof place === 'string') return new Set([place]);
    const creates = flags.includes('O_CREAT');
    if (place.node === undefined) return new Set(creates ? [] : ['ENOENT']);
    const errnos = new Set<string>();
    if (creates && flags.includes('O_EXCL')) errnos.add('EEXIST');
    const changes = creates || mode !== 'O_RDONLY';
    if (place.node.kind === 'directory' && changes) errnos.add('EISDIR');
    return errnos;
  }

  async #used(
    open: Open,
    step: CallOf<'read' | 'write' | 'lseek' | 'ftruncate' | 'close'>,
  ): Promise<void> {
    const { handle, file, mode } = open;
    switch (step.do) {
      case 'read': {
        const answer = await this.#port.read({ file: handle, length: step.length });
        if (mode === 'O_WRONLY') return judge(answer, new Set(['EBADF']));
        const expected = file.octets.slice(open.offset, open.offset + step.length);
        assert.deepEqual(answer, { ok: { octets: octetsOf(expected) } });
        open.offset += expected.length;
        return;
      }
      case 'write': {
        const answer = await this.#port.write({ file: handle, octets: octetsOf(step.octets) });
        if (mode === 'O_RDONLY') return judge(answer, new Set(['EBADF']));
        assert.deepEqual(answer, { ok: { written: step.octets.length } });
        if (step.octets.length === 0) return;
        const offset = open.append ? file.octets.length : open.offset;
        writeModel(file, offset, step.octets);
        open.offset = offset + step.octets.length;
        return;
      }
      case 'lseek': {
        const { offset } = step;
        const answer = await this.#port.lseek({ file: handle, offset, whence: 'SEEK_SET' });
        assert.deepEqual(answer, { ok: { offset } });
        open.offset = offset;
        return;
      }
      case 'ftruncate': {
        const answer = await this.#port.ftruncate({ file: handle, length: step.length });
        if (mode === 'O_RDONLY') return judge(answer, new Set(['EINVAL']));
        assert.deepEqual(answer, { ok: {} });
        resizeModel(file, step.length);
        return;
      }
      case 'close':
        assert.deepEqual(await this.#port.close({ file: handle }), { ok: {} });
        this.#open.splice(this.#open.indexOf(open), 1);
    }
  }

  /** Every name, size, link and octet; files without a name too, as long as they are open. */
  async whole(): Promise<void> {
    for (const [names, node] of pathsOf(this.#tree.root)) {
      if (node.kind === 'directory') await this.#directory(text(names), node);
      else await this.#file(text(names), node);
    }
    for (const { handle, file } of this.#open) {
      const { octets: size, links } = valueOf(await this.#port.fstat({ file: handle }));
      assert.deepEqual({ size, links }, { size: file.octets.length, links: file.links });
    }
  }

  counts() {
    const nodes = new Set([...pathsOf(this.#tree.root)].map(([, node]) => node));
    const directories = [...nodes].filter(({ kind }) => kind === 'directory').length;
    return { files: nodes.size - directories, directories };
  }

  async #directory(where: string, { names }: ModelDirectory): Promise<void> {
    const { entries } = valueOf(await this.#port.readdir({ path: where }));
    const listed = entries.map((entry) => entry.name).sort();
    assert.deepEqual(listed, ['.', '..', ...names.keys()].sort(), `the names in ${where}`);
    const below = [...names.values()].filter(({ kind }) => kind === 'directory').length;
    const { kind, links } = valueOf(await this.#port.stat({ path: where }));
    assert.deepEqual({ kind, links }, { kind: 'directory', links: 2 + below }, where);
  }

  async #file(where: string, { octets: expected, links }: ModelFile): Promise<void> {
    const { inode, ...status } = valueOf(await this.#port.stat({ path: where }));
    assert.deepEqual(status, { kind: 'file', octets: expected.length, links }, where);
    const { file } = valueOf(await this.#port.open({ path: where, mode: 'O_RDONLY', flags: [] }));
    const read = valueOf(await this.#port.read({ file, length: expected.length + 1 }));
    assert.equal(read.octets, octetsOf(expected), `the octets of ${where}, inode ${inode}`);
    valueOf(await this.#port.close({ file }));
  }
}

/** @throws AssertionError — the call succeeded where it must not, or failed otherwise. */
function judge(answer: object, permitted: Permitted): void {
  const errno = 'errno' in answer ? String(answer.errno) : undefined;
  if (permitted.size === 0) assert.ok('ok' in answer, `a call came to ${JSON.stringify(answer)}`);
  else
    assert.ok(
      errno !== undefined && permitted.has(errno),
      `a call came to ${JSON.stringify(answer)}, and should fail with ${[...permitted].join(' or ')}`,
    );
}

const calls = fc.record({
  blockOctets: fc.constantFrom(64, 128, 512),
  calls: fc.array(call, { maxLength: 60 }),
});

async function applied(context: Context, input: Input<typeof calls>): Promise<Compared> {
  const { blockOctets } = input;
  const size = { blocks: 4096, blockOctets, inodes: 128 };
  valueOf(await context.ports['file-system'].mkfs(size));
  const compared = new Compared(context);
  for (const step of input.calls) await compared.apply(step);
  return compared;
}

property('a file system behaves like a tree of plain files', calls, async (context, input) => {
  const compared = await applied(context, input);
  await compared.whole();
});

property('a checker finds what is there and nothing wrong', calls, async (context, input) => {
  const compared = await applied(context, input);
  const found = valueOf(await context.ports['file-system-check'].check({}));
  assert.deepEqual(found, { ...compared.counts(), problems: [] });
});
