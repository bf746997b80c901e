/** Laws of terminals. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf, type TerminalSettings } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { exhaustive, property, type Context } from '../property.ts';

const ERASE = '\x7f';
const KILL = '\x15';
const END_OF_FILE = '\x04';
const RETURN = '\r';

const COOKED: TerminalSettings = {
  flags: ['ICANON', 'ECHO', 'ECHOE', 'ECHOK', 'ICRNL', 'OPOST', 'ONLCR'],
  characters: {
    VINTR: null,
    VQUIT: null,
    VSUSP: null,
    VERASE: ERASE.charCodeAt(0),
    VKILL: KILL.charCodeAt(0),
    VEOF: END_OF_FILE.charCodeAt(0),
    VEOL: null,
    VSTART: null,
    VSTOP: null,
  },
  VMIN: 1,
  VTIME: 0,
  speed: 38_400,
};

const octetsOfText = (text: string): string =>
  octetsOf([...text].map((character) => character.charCodeAt(0)));

/** A terminal of its own, set so. */
async function terminal(
  { ports, freshName }: Context,
  settings: TerminalSettings,
): Promise<{ tty: string; task: string }> {
  const tty = freshName();
  const task = `${tty}-reader`;
  const set = await ports['line-discipline'].set({ tty, task, when: 'TCSANOW', settings });
  valueOf(set);
  return { tty, task };
}

/** Letters, and keys that edit or end a line; keys come singly and in bursts. */
const key = fc.constantFrom('a', 'b', 'c', 'd', ' ', ERASE, ERASE, KILL, RETURN, '\n', END_OF_FILE);

const keys = fc.array(key, { maxLength: 40 }).map((pressed) => pressed.join(''));

/** What an editor of lines makes of keys: the lines that reads get. */
function linesOf(pressed: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const pressedKey of pressed) {
    if (pressedKey === ERASE) line = line.slice(0, -1);
    else if (pressedKey === KILL) line = '';
    else if (pressedKey === END_OF_FILE || pressedKey === RETURN || pressedKey === '\n') {
      lines.push(pressedKey === END_OF_FILE ? line : `${line}\n`);
      line = '';
    } else line += pressedKey;
  }
  return lines;
}

property(
  'lines are what the keys make of them',
  fc.array(keys, { minLength: 1, maxLength: 4 }),
  async (context, bursts) => {
    const port = context.ports['line-discipline'];
    const { tty, task } = await terminal(context, COOKED);
    for (const burst of bursts) valueOf(await port.receive({ tty, octets: octetsOfText(burst) }));
    for (const line of linesOf(bursts.join(''))) {
      const call = await port.read({ tty, task, count: 1000 });
      assert.deepEqual(call, { ok: { octets: octetsOfText(line) } });
    }
    const call = await port.read({ tty, task, count: 1000, nonblock: true });
    assert.deepEqual(call, { errno: 'EAGAIN' }, 'a read behind the last line');
  },
);

/** The screen that output draws: the lines on it, the cursor behind the last character of the last. */
function screenOf(output: string): string[] {
  const screen = [''];
  let column = 0;
  for (const character of output) {
    const line = screen.at(-1) ?? '';
    if (character === '\b') column = Math.max(column - 1, 0);
    else if (character === '\r') column = 0;
    else if (character === '\n') screen.push(' '.repeat(column));
    else {
      screen[screen.length - 1] = line.slice(0, column) + character + line.slice(column + 1);
      column++;
    }
  }
  return screen.map((line) => line.trimEnd());
}

property(
  'a cooked terminal shows what the keys make of the screen',
  fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', ERASE, ERASE, RETURN), { maxLength: 60 })
    .map((pressed) => pressed.join('')),
  async (context, pressed) => {
    const port = context.ports['line-discipline'];
    const { tty } = await terminal(context, COOKED);
    valueOf(await port.receive({ tty, octets: octetsOfText(pressed) }));
    const shown = valueOf(await port.output({ tty })).octets;
    const screen = screenOf(Buffer.from(shown, 'hex').toString('latin1'));
    const unfinished = linesOf(`${pressed}${RETURN}`);
    assert.deepEqual(
      screen,
      unfinished.map((line) => line.slice(0, -1)),
    );
  },
);

const RAW: TerminalSettings = { ...COOKED, flags: [] };

exhaustive(
  'raw mode leaves every octet as it is',
  () => Array.from({ length: 256 }, (_, octet) => octetsOf([octet])),
  async (context, octets) => {
    const port = context.ports['line-discipline'];
    const { tty, task } = await terminal(context, RAW);
    valueOf(await port.receive({ tty, octets }));
    assert.deepEqual(await port.read({ tty, task, count: 2 }), { ok: { octets } });
    assert.equal(valueOf(await port.output({ tty })).octets, '', 'echo');
    valueOf(await port.write({ tty, task, octets }));
    assert.equal(valueOf(await port.output({ tty })).octets, octets);
  },
);

property(
  'a raw read waits for VMIN octets',
  fc.record({
    VMIN: fc.integer({ min: 1, max: 20 }),
    count: fc.integer({ min: 20, max: 40 }),
    bursts: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 }),
  }),
  async (context, { VMIN, count, bursts }) => {
    const port = context.ports['line-discipline'];
    const { tty, task } = await terminal(context, { ...RAW, VMIN });
    let call = await port.read({ tty, task, count });
    let waiting = 0;
    for (const length of bursts) {
      valueOf(await port.receive({ tty, octets: '61'.repeat(length) }));
      waiting += length;
      if ('asleep' in call) call = await call.asleep.poll();
      assert.equal('asleep' in call, waiting < VMIN, `asleep before ${waiting} octets`);
      if ('asleep' in call) continue;
      const got = valueOf(call).octets.length / 2;
      assert.equal(got, Math.min(waiting, count));
      waiting -= got;
      call = await port.read({ tty, task, count });
      assert.ok('asleep' in call, 'a read of nothing does not wait');
    }
  },
);

const speed = fc.constantFrom(50, 75, 110, 150, 300, 600, 1200, 1800, 2400, 4800, 9600, 19_200);

property(
  'octets leave by the bit',
  fc.record({
    speed,
    length: fc.integer({ min: 1, max: 1000 }),
    steps: fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 10 }),
  }),
  async (context, { speed: baud, length, steps }) => {
    const { tty, task } = await terminal(context, { ...RAW, speed: baud });
    const discipline = context.ports['line-discipline'];
    const line = context.ports['terminal-line'];
    valueOf(await discipline.write({ tty, task, octets: '61'.repeat(length) }));
    let passedMs = 0;
    let sent = 0;
    for (const ms of steps) {
      valueOf(await line.advance({ ms }));
      passedMs += ms;
      sent += valueOf(await line.sent({ tty })).octets.length / 2;
      assert.equal(sent, Math.min(Math.floor((passedMs * baud) / 10_000), length));
    }
  },
);
