/** Which lines are served inside the handlers of which. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { property, type Context } from '../property.ts';
import {
  call,
  mark,
  run,
  times,
  undisturbed,
  type Part,
  type Scene,
  type TraceEvent,
} from './scenes.ts';

interface Drawn {
  readonly lines: readonly {
    level: 'splnet' | 'splbio' | 'splclock';
    fast: boolean;
    marks: number;
  }[];
  /** Marks in user mode, and then marks in a call that is not to be disturbed. */
  readonly program: readonly (readonly [free: number, held: number])[];
  readonly arrivals: readonly { line: number; after: number }[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  lines: fc.array(
    fc.record({
      level: fc.constantFrom('splnet', 'splbio', 'splclock'),
      fast: fc.boolean(),
      marks: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  program: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 6 })), {
    maxLength: 4,
  }),
  arrivals: fc.array(fc.record({ line: fc.nat(3), after: fc.nat(40) }), { maxLength: 12 }),
});

const lineNames = ['disk', 'card', 'console', 'tape'] as const;

function sceneOf(context: Context, { lines, program, arrivals }: Drawn): Scene {
  const held = (count: number) => undisturbed(context, times(count, mark('held')));
  return {
    processes: [
      {
        name: 'shell',
        program: program.flatMap(([free], at) => [...times(free, mark('free')), call(at)]),
      },
    ],
    calls: program.map(([, count], number) => ({
      name: `hold-${number}`,
      number,
      program: held(count),
    })),
    lines: lines.map(({ level, fast, marks }, at) => ({
      name: lineNames[at] ?? 'none',
      level,
      fast,
      program: times(marks, mark('served')),
    })),
    arrivals: arrivals.map(({ line, after }) => ({
      line: lineNames[line % lines.length] ?? 'none',
      after,
    })),
  };
}

/** Follows a trace: which lines are pending, and whose handlers lie on each other. */
class Follower {
  readonly pending = new Set<string>();
  /** Handlers that have begun and not ended, with the marks they have made. */
  readonly nested: { readonly line: string; marks: number }[] = [];
  readonly #profile: string;
  readonly #lines: ReadonlyMap<string, Part<'lines'>>;
  #arrivals: readonly Part<'arrivals'>[];

  constructor(profile: string, { lines = [], arrivals = [] }: Scene) {
    this.#profile = profile;
    this.#lines = new Map(lines.map((line) => [line.name, line]));
    this.#arrivals = arrivals;
  }

  hear(step: number): void {
    for (const { line, after } of this.#arrivals) if (after <= step) this.pending.add(line);
    this.#arrivals = this.#arrivals.filter(({ after }) => after > step);
  }

  /** Whether a line is served inside the handlers that run now. */
  nests(line: string): boolean {
    const top = this.nested.at(-1)?.line;
    if (top === undefined) return true;
    if (this.#profile === 'linux-6') return false;
    if (this.#profile === 'bsd-4.4') return this.#height(line) > this.#height(top);
    const fast = this.#lines.get(top)?.fast === true;
    return !fast && !this.nested.some((handler) => handler.line === line);
  }

  #height(line: string): number {
    return ['splnet', 'splbio', 'splclock'].indexOf(this.#lines.get(line)?.level ?? '');
  }

  follow({ who, did, what, step }: TraceEvent): void {
    if (did === 'interrupts') {
      this.hear(step);
      assert.ok(this.pending.delete(who), `${who} is served, which was not raised`);
      assert.ok(this.nests(who), `${who} is served inside ${this.nested.at(-1)?.line}`);
      this.nested.push({ line: who, marks: 0 });
    } else if (did === 'ends') {
      assert.equal(this.nested.pop()?.line, who, 'the handler that ends');
    } else if (did === 'marks') {
      this.hear(step);
      this.#mark(who, what);
    }
  }

  #mark(who: string, what: string | undefined): void {
    const top = this.nested.at(-1);
    assert.equal(who, top?.line ?? 'shell', 'who has the processor');
    if (what === 'held') return;
    // Of two lines that come together the second waits for the first step of the other's handler.
    if (top !== undefined && top.marks++ === 0) return;
    const late = [...this.pending].filter((line) => this.nests(line));
    assert.deepEqual(late, [], 'lines that should have been served');
  }
}

property(
  'every line that is raised is served by the nesting rule',
  drawn,
  async (context, input) => {
    const scene = sceneOf(context, input);
    const { trace, end } = await run(context, scene);
    const follower = new Follower(context.profile, scene);
    for (const event of trace) follower.follow(event);
    follower.hear(Infinity);
    assert.deepEqual(follower.nested, [], 'handlers that have not ended');
    assert.deepEqual([...follower.pending], [], 'lines that were never served');
    assert.equal(end, 'done');
  },
);
