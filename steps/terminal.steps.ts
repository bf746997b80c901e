/** Steps on terminals. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { TERMINAL_FLAGS, TerminalSettings } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { textOfOctets } from './parameter-types-terminal.ts';
import { interruptedThrough, keepCall } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { described, notes, prepared, succeeded, type SuiteWorld } from './world.ts';

const TTY = 'console';

type Flag = (typeof TERMINAL_FLAGS)[number];
type Mode = 'cooked' | 'raw';
type When = 'TCSANOW' | 'TCSADRAIN' | 'TCSAFLUSH';
type CharacterName = keyof TerminalSettings['characters'];

/** What a terminal is set to at the beginning of a scenario that does not say otherwise. */
const COOKED: TerminalSettings = {
  flags: ['ICANON', 'ECHO', 'ECHOE', 'ECHOK', 'ISIG', 'ICRNL', 'IXON', 'OPOST', 'ONLCR'],
  characters: {
    VINTR: 0x03,
    VQUIT: 0x1c,
    VSUSP: 0x1a,
    VERASE: 0x7f,
    VKILL: 0x15,
    VEOF: 0x04,
    VEOL: null,
    VSTART: 0x11,
    VSTOP: 0x13,
  },
  VMIN: 1,
  VTIME: 0,
  speed: 38_400,
};

const RAW: TerminalSettings = { ...COOKED, flags: [] };

const ttyNotes = notes(() => ({
  settings: COOKED,
  /** All that was handed to the line, and all that has left it. */
  shown: '',
  sent: '',
}));

const discipline = (world: SuiteWorld) => world.port('line-discipline');

/** Changes some of the settings. */
async function set(
  world: SuiteWorld,
  changes: Partial<TerminalSettings>,
  task = 'setter',
  when: When = 'TCSANOW',
) {
  const kept = ttyNotes(world);
  kept.settings = { ...kept.settings, ...changes };
  const { settings } = kept;
  return keepCall(world, task, await discipline(world).set({ tty: TTY, task, when, settings }));
}

async function begin(world: SuiteWorld, settings: TerminalSettings): Promise<void> {
  interruptedThrough(world, 'line-discipline');
  prepared(await set(world, settings));
}

Given('a terminal', async function (this: SuiteWorld) {
  await begin(this, COOKED);
});

Given('a terminal that nobody has set', function (this: SuiteWorld) {
  interruptedThrough(this, 'line-discipline');
});

Given('a terminal without {flags}', async function (this: SuiteWorld, flags: Flag[]) {
  await begin(this, { ...COOKED, flags: COOKED.flags.filter((flag) => !flags.includes(flag)) });
});

Given('a terminal with {flags} as well', async function (this: SuiteWorld, flags: Flag[]) {
  await begin(this, { ...COOKED, flags: [...COOKED.flags, ...flags] });
});

Given('a terminal with {flags} alone', async function (this: SuiteWorld, flags: Flag[]) {
  await begin(this, { ...COOKED, flags: [...flags] });
});

Given('a terminal in raw mode', async function (this: SuiteWorld) {
  await begin(this, RAW);
});

Given(
  'a terminal in raw mode with VMIN {int} and VTIME {int}',
  async function (this: SuiteWorld, VMIN: number, VTIME: number) {
    await begin(this, { ...RAW, VMIN, VTIME });
  },
);

Given('a terminal at {int} baud', async function (this: SuiteWorld, speed: number) {
  await begin(this, { ...COOKED, speed });
});

Given('no character is {character}', async function (this: SuiteWorld, name: CharacterName) {
  const { characters } = ttyNotes(this).settings;
  prepared(await set(this, { characters: { ...characters, [name]: null } }));
});

Given(
  'the {character} is {content}',
  async function (this: SuiteWorld, name: CharacterName, octet: string) {
    const { characters } = ttyNotes(this).settings;
    prepared(
      await set(this, { characters: { ...characters, [name]: Number.parseInt(octet, 16) } }),
    );
  },
);

stimulus(
  '{task} has switched the terminal to {mode} mode {when}',
  '{task} switches the terminal to {mode} mode {when}',
  (world: SuiteWorld, task: string, mode: Mode, when: When) =>
    set(world, { flags: mode === 'raw' ? RAW.flags : COOKED.flags }, task, when),
);

stimulus(
  '{task} has set the speed to {int} baud',
  '{task} sets the speed to {int} baud',
  (world: SuiteWorld, task: string, speed: number) => set(world, { speed }, task),
);

Then(
  'the terminal is set to {int} baud with {flags}',
  async function (this: SuiteWorld, speed: number, flags: Flag[]) {
    const settings = succeeded(await discipline(this).settings({ tty: TTY }));
    assert.equal(settings.speed, speed);
    assert.deepEqual(settings.flags.toSorted(), flags.toSorted());
  },
);

Then('the terminal is set as it was asked for', async function (this: SuiteWorld) {
  const settings = succeeded(await discipline(this).settings({ tty: TTY }));
  const wanted = ttyNotes(this).settings;
  const sorted = (of: TerminalSettings) => ({ ...of, flags: of.flags.toSorted() });
  assert.deepEqual(sorted(settings), sorted(wanted));
});

// Input

stimulus(
  'the user has typed {content}',
  'the user types {content}',
  (world: SuiteWorld, octets: string) => discipline(world).receive({ tty: TTY, octets }),
);

/** More than any line or input that a scenario types. */
const ALL = 10_000;

async function read(world: SuiteWorld, task: string, count: number, nonblock = false) {
  return keepCall(world, task, await discipline(world).read({ tty: TTY, task, count, nonblock }));
}

stimulus(
  '{task} has read from the terminal',
  '{task} reads from the terminal',
  (world: SuiteWorld, task: string) => read(world, task, ALL),
);

stimulus(
  '{task} has read up to {int} octet(s) from the terminal',
  '{task} reads up to {int} octet(s) from the terminal',
  (world: SuiteWorld, task: string, count: number) => read(world, task, count),
);

When(
  '{task} reads from the terminal without blocking',
  async function (this: SuiteWorld, task: string) {
    await read(this, task, ALL, true);
  },
);

Given('{task} sleeps in a read of the terminal', async function (this: SuiteWorld, task: string) {
  const outcome = await read(this, task, ALL);
  if (!('asleep' in outcome)) throw new Inconclusive(`the read of ${task} ${described(outcome)}`);
});

Then(
  'the terminal holds {int} octet(s) to be read',
  async function (this: SuiteWorld, octets: number) {
    assert.equal(succeeded(await discipline(this).ready({ tty: TTY })).available, octets);
  },
);

Then('the terminal is ready for {events}', async function (this: SuiteWorld, told: string[]) {
  const { events } = succeeded(await discipline(this).ready({ tty: TTY }));
  assert.deepEqual(events.toSorted(), told.toSorted());
});

// Output

async function write(world: SuiteWorld, task: string, octets: string, nonblock = false) {
  return keepCall(world, task, await discipline(world).write({ tty: TTY, task, octets, nonblock }));
}

stimulus(
  '{task} has written {content} to the terminal',
  '{task} writes {content} to the terminal',
  (world: SuiteWorld, task: string, octets: string) => write(world, task, octets),
);

When(
  '{task} writes {content} to the terminal without blocking',
  async function (this: SuiteWorld, task: string, octets: string) {
    await write(this, task, octets, true);
  },
);

Given(
  '{task} sleeps in a write of {content} to the terminal',
  async function (this: SuiteWorld, task: string, octets: string) {
    const outcome = await write(this, task, octets);
    if (!('asleep' in outcome))
      throw new Inconclusive(`the write of ${task} ${described(outcome)}`);
  },
);

Then('the terminal shows {content}', async function (this: SuiteWorld, octets: string) {
  const kept = ttyNotes(this);
  kept.shown += succeeded(await discipline(this).output({ tty: TTY })).octets;
  assert.equal(textOfOctets(kept.shown), textOfOctets(octets), 'what the terminal shows');
});

Then('the foreground group was sent {signals}', async function (this: SuiteWorld, names: string[]) {
  assert.deepEqual(succeeded(await discipline(this).signals({ tty: TTY })).signals, names);
});

// The line

stimulus(
  '{int} ms of the line have passed',
  '{int} ms of the line pass',
  (world: SuiteWorld, ms: number) => world.port('terminal-line').advance({ ms }),
);

/** All that has left so far. */
async function sent(world: SuiteWorld): Promise<string> {
  const kept = ttyNotes(world);
  kept.sent += succeeded(await world.port('terminal-line').sent({ tty: TTY })).octets;
  return kept.sent;
}

Then('the line has sent {content}', async function (this: SuiteWorld, octets: string) {
  assert.equal(textOfOctets(await sent(this)), textOfOctets(octets), 'what the line has sent');
});

Then('the line has sent {int} octet(s)', async function (this: SuiteWorld, count: number) {
  assert.equal((await sent(this)).length / 2, count);
});

When('{task} drains the terminal', async function (this: SuiteWorld, task: string) {
  keepCall(this, task, await this.port('terminal-line').drain({ tty: TTY, task }));
});
