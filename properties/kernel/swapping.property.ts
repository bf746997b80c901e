/** Laws of swapping. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

const FRAMES = 6;
const PAGE_OCTETS = 16;
const PROCESSES = ['alpha', 'bravo', 'charlie', 'delta'] as const;

/** All of them fit on the swap device, so whoever has to go can. */
const SWAP_PAGES = PROCESSES.length * FRAMES;

/** Seconds within which whoever is runnable comes in. */
const PATIENCE = 120;

const process = fc.constantFrom(...PROCESSES);

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('start' as const),
      process,
      pages: fc.integer({ min: 1, max: FRAMES }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sleep' as const), process }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wake' as const), process }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('exit' as const), process }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      process,
      at: fc.nat(FRAMES * PAGE_OCTETS - 1),
      octets: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What a process wrote, and whether it sleeps. */
interface Life {
  readonly memory: Uint8Array;
  asleep: boolean;
}

class Lives {
  readonly #port;
  readonly #lives = new Map<string, Life>();

  constructor({ ports }: Context) {
    this.#port = ports.swapping;
  }

  async state() {
    const state = valueOf(await this.#port.state({}));
    return { ...state, processes: new Map(state.processes.map((each) => [each.process, each])) };
  }

  async apply(step: Step): Promise<void> {
    if (step.do === 'pass') {
      valueOf(await this.#port.pass({ seconds: 1 }));
      return;
    }
    const { process: name } = step;
    const life = this.#lives.get(name);
    if (step.do === 'start') {
      const answer = await this.#port.start({ process: name, pages: step.pages });
      assert.deepEqual(answer, life ? { errno: 'EEXIST' } : { ok: {} });
      const memory = new Uint8Array(step.pages * PAGE_OCTETS);
      if (life === undefined) this.#lives.set(name, { memory, asleep: false });
    } else if (life === undefined) {
      if (step.do === 'write') return;
      assert.deepEqual(await this.#port[step.do]({ process: name }), { errno: 'ESRCH' });
    } else await this.#live(step, life);
  }

  async #live(step: Exclude<Step, { do: 'start' | 'pass' }>, life: Life): Promise<void> {
    const { process: name } = step;
    const runs = (await this.state()).processes.get(name)?.inMemory === true && !life.asleep;
    switch (step.do) {
      case 'wake':
        assert.deepEqual(await this.#port.wake({ process: name }), { ok: {} });
        life.asleep = false;
        return;
      case 'exit':
        assert.deepEqual(await this.#port.exit({ process: name }), { ok: {} });
        this.#lives.delete(name);
        return;
      case 'sleep':
        assert.deepEqual(
          await this.#port.sleep({ process: name }),
          runs ? { ok: {} } : { errno: 'EAGAIN' },
        );
        life.asleep ||= runs;
        return;
      case 'write': {
        const at = Math.min(step.at, life.memory.length - 1);
        const octets = step.octets.subarray(0, life.memory.length - at);
        const answer = await this.#port.write({ process: name, at, octets: octetsOf(octets) });
        assert.deepEqual(answer, runs ? { ok: {} } : { errno: 'EAGAIN' });
        if (runs) life.memory.set(octets, at);
      }
    }
  }

  /** Who is where adds up, and nobody who runs has left while a sleeper stayed. */
  async compare(before: Awaited<ReturnType<Lives['state']>>): Promise<void> {
    const { freeFrames, freeSwapPages, processes } = await this.state();
    const pages = (inMemory: boolean) =>
      [...processes.values()]
        .filter((each) => each.inMemory === inMemory)
        .reduce((sum, each) => sum + each.pages, 0);
    assert.deepEqual(
      { frames: freeFrames + pages(true), swap: freeSwapPages + pages(false) },
      { frames: FRAMES, swap: SWAP_PAGES },
    );
    assert.deepEqual(
      new Map([...processes].map(([name, { asleep }]) => [name, asleep])),
      new Map([...this.#lives].map(([name, { asleep }]) => [name, asleep])),
    );
    const left = (name: string) =>
      before.processes.get(name)?.inMemory === true && processes.get(name)?.inMemory === false;
    const all = [...processes.values()];
    if (all.some((each) => !each.asleep && left(each.process))) {
      const sleepers = all.filter((each) => each.asleep && each.inMemory);
      assert.deepEqual(sleepers, [], 'somebody who runs has left, and these sleep in memory');
    }
  }

  /** Each in turn is woken, waited for, read to its end, and ends. */
  async whole(): Promise<void> {
    for (const [name, { memory }] of this.#lives) {
      valueOf(await this.#port.wake({ process: name }));
      await this.#untilInMemory(name);
      const read = await this.#port.read({ process: name, at: 0, length: memory.length });
      assert.equal(valueOf(read).octets, octetsOf(memory), `the memory of ${name}`);
      valueOf(await this.#port.exit({ process: name }));
    }
  }

  async #untilInMemory(name: string): Promise<void> {
    for (let second = 0; second < PATIENCE; second++) {
      if ((await this.state()).processes.get(name)?.inMemory) return;
      valueOf(await this.#port.pass({ seconds: 1 }));
    }
    assert.fail(`${name} is runnable and has not come in for ${PATIENCE} seconds`);
  }
}

property(
  'swapped processes keep their memory',
  fc.array(step, { maxLength: 40 }),
  async (context, steps) => {
    const size = { frames: FRAMES, pageOctets: PAGE_OCTETS, swapPages: SWAP_PAGES } as const;
    valueOf(await context.ports.swapping.boot(size));
    const lives = new Lives(context);
    for (const each of steps) {
      const before = await lives.state();
      await lives.apply(each);
      await lives.compare(before);
    }
    await lives.whole();
  },
);
