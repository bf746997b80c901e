/** Laws of loadable modules. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

/** Five modules, each of which exports a function and registers a device of its own. */
const which = fc.nat(4);

const operation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('load' as const),
      which,
      needs: fc.uniqueArray(which, { maxLength: 3 }),
      fails: fc.integer({ min: 0, max: 4 }).map((chance) => chance === 0),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('unload' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const), nth: fc.nat(9) }) },
);

type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

/** What is loaded, and what the kernel must answer. */
class Model {
  /** By number: whom a loaded module needs. */
  readonly #needs = new Map<number, readonly number[]>();
  /** The module behind each open file. */
  readonly open: { readonly file: string; readonly which: number }[] = [];

  usersOf(which: number): number[] {
    return [...this.#needs].flatMap(([user, needs]) => (needs.includes(which) ? [user] : []));
  }

  uses(which: number): number {
    return this.usersOf(which).length + this.open.filter((file) => file.which === which).length;
  }

  loaded(): number[] {
    return [...this.#needs.keys()].sort();
  }

  load({ which, needs, fails }: Extract<Operation, { do: 'load' }>) {
    if (this.#needs.has(which)) return { errno: 'EEXIST' };
    if (needs.some((need) => !this.#needs.has(need))) return { errno: 'ENOENT' };
    if (fails) return { errno: 'EIO' };
    this.#needs.set(which, needs);
    return { ok: {} };
  }

  unload(which: number) {
    if (!this.#needs.has(which)) return { errno: 'ENOENT' };
    if (this.uses(which) > 0) return { errno: 'EAGAIN' };
    this.#needs.delete(which);
    return { ok: { waits: false } };
  }
}

/** Loads, unloads, opens and closes on both sides. */
class Compared {
  readonly #port;
  readonly #own: string;
  readonly #model = new Model();

  /** @param context - an implementation keeps earlier cases' modules, so each has names of its own. */
  constructor({ ports, freshName }: Context) {
    this.#port = ports.module;
    this.#own = freshName();
  }

  async apply(step: Operation): Promise<void> {
    switch (step.do) {
      case 'load':
        assert.deepEqual(await this.#load(step), this.#model.load(step));
        break;
      case 'unload': {
        const answer = await this.#port.unload({ name: this.#name(step.which) });
        assert.deepEqual(answer, this.#model.unload(step.which));
        break;
      }
      case 'open':
        await this.#open(step.which);
        break;
      case 'close':
        await this.#close(step.nth);
        break;
    }
  }

  async list(): Promise<void> {
    const { modules } = valueOf(await this.#port.list({}));
    const own = modules.filter(({ name }) => name.endsWith(this.#own));
    const sorted = own.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    assert.deepEqual(
      sorted.map((module) => ({ ...module, usedBy: module.usedBy.toSorted() })),
      this.#model.loaded().map((which) => ({
        name: this.#name(which),
        state: 'live',
        uses: this.#model.uses(which),
        usedBy: this.#model
          .usersOf(which)
          .sort()
          .map((user) => this.#name(user)),
      })),
    );
  }

  #name(which: number): string {
    return `m${which}-${this.#own}`;
  }

  #symbol(which: number): string {
    return `f${which}_${this.#own.replaceAll('-', '_')}`;
  }

  #load({ which, needs, fails }: Extract<Operation, { do: 'load' }>) {
    const device = this.#name(which);
    return this.#port.load({
      module: {
        name: this.#name(which),
        exports: [{ symbol: this.#symbol(which), returns: which }],
        needs: needs.map((need) => this.#symbol(need)),
        init: [
          { do: 'register', device },
          ...(fails ? [{ do: 'fail' as const, errno: 'EIO' as const }] : []),
        ],
        exit: [{ do: 'unregister', device }],
      },
    });
  }

  async #open(which: number): Promise<void> {
    const answer = await this.#port.open({ device: this.#name(which) });
    if (this.#model.loaded().includes(which)) {
      this.#model.open.push({ file: valueOf(answer).file, which });
    } else assert.deepEqual(answer, { errno: 'ENXIO' });
  }

  async #close(nth: number): Promise<void> {
    const { open } = this.#model;
    const [closed] = open.splice(nth % Math.max(open.length, 1), 1);
    if (closed !== undefined) valueOf(await this.#port.close({ file: closed.file }));
  }
}

property(
  'modules count their uses like a model graph',
  fc.array(operation, { maxLength: 40 }),
  async (context, operations) => {
    const compared = new Compared(context);
    for (const step of operations) {
      await compared.apply(step);
      await compared.list();
    }
  },
);
