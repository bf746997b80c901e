/** Laws of a file system whose store is full. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

/** Room for a few hundred octets: most cases come to the end of it. */
const TIGHT = { blocks: 48, blockOctets: 64, inodes: 8 } as const;

const which = fc.nat(7);

const call = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      which,
      octets: fc.uint8Array({ minLength: 1, maxLength: 900 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('cut' as const), which, length: fc.nat(400) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unlink' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mkdir' as const), which }) },
);

type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

/** A call that may find no room. @returns its value, or undefined if there was none. */
function unlessFull<Value>(answer: { ok: Value } | object): Value | undefined {
  if ('ok' in answer) return answer.ok;
  assert.deepEqual(answer, { errno: 'ENOSPC' });
  return undefined;
}

class Filled {
  readonly #port;
  readonly #files = new Map<string, number[]>();
  readonly #directories = new Set<string>();

  constructor({ ports }: Context) {
    this.#port = ports['file-system'];
  }

  async apply(step: Call): Promise<void> {
    const name = `/f${step.which}`;
    const octets = this.#files.get(name);
    switch (step.do) {
      case 'append':
        return this.#append(name, step.octets);
      case 'mkdir': {
        const directory = `/d${step.which}`;
        if (this.#directories.has(directory)) return;
        const made = unlessFull(await this.#port.mkdir({ path: directory }));
        if (made !== undefined) this.#directories.add(directory);
        return;
      }
      case 'unlink':
        if (octets === undefined) return;
        valueOf(await this.#port.unlink({ path: name }));
        this.#files.delete(name);
        return;
      case 'cut': {
        if (octets === undefined) return;
        const { file } = valueOf(
          await this.#port.open({ path: name, mode: 'O_WRONLY', flags: [] }),
        );
        const length = Math.min(step.length, octets.length);
        valueOf(await this.#port.ftruncate({ file, length }));
        valueOf(await this.#port.close({ file }));
        this.#files.set(name, octets.slice(0, length));
      }
    }
  }

  async #append(path: string, octets: Uint8Array): Promise<void> {
    const opened = unlessFull<{ file: string }>(
      await this.#port.open({ path, mode: 'O_WRONLY', flags: ['O_CREAT', 'O_APPEND'] }),
    );
    if (opened === undefined) return;
    const before = this.#files.get(path) ?? [];
    const answer = await this.#port.write({ ...opened, octets: octetsOf(octets) });
    const { written } = unlessFull<{ written: number }>(answer) ?? { written: 0 };
    assert.ok(!('ok' in answer) || (written > 0 && written <= octets.length), `wrote ${written}`);
    this.#files.set(path, [...before, ...octets.slice(0, written)]);
    valueOf(await this.#port.close(opened));
  }

  async whole(): Promise<void> {
    const { entries } = valueOf(await this.#port.readdir({ path: '/' }));
    const names = [...this.#files.keys(), ...this.#directories].map((path) => path.slice(1));
    assert.deepEqual(entries.map(({ name }) => name).sort(), ['.', '..', ...names].sort());
    for (const [path, octets] of this.#files) {
      const { file } = valueOf(await this.#port.open({ path, mode: 'O_RDONLY', flags: [] }));
      const read = valueOf(await this.#port.read({ file, length: octets.length + 1 }));
      assert.equal(read.octets, octetsOf(octets), path);
      valueOf(await this.#port.close({ file }));
    }
  }
}

const calls = fc.array(call, { maxLength: 40 });

property('a full store takes nothing that it was given', calls, async (context, steps) => {
  valueOf(await context.ports['file-system'].mkfs(TIGHT));
  const filled = new Filled(context);
  for (const step of steps) await filled.apply(step);
  await filled.whole();
});

property('a checker finds nothing wrong with a full store', calls, async (context, steps) => {
  valueOf(await context.ports['file-system'].mkfs(TIGHT));
  const filled = new Filled(context);
  for (const step of steps) await filled.apply(step);
  await filled.whole();
  const { problems } = valueOf(await context.ports['file-system-check'].check({}));
  assert.deepEqual(problems, []);
});
