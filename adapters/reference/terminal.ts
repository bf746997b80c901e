/** Terminal ports of the reference kernel: names become terminals, and time passes. */
import {
  bytesOf,
  octetsOf,
  success,
  type Answer,
  type lineDiscipline,
  type PortOf,
  type Profile,
  type terminalLine,
} from '../../contract/index.ts';
import { nextLeavingMs, octetLeft, WAKEUP_CHARS } from '../../reference/kernel/serial-line.ts';
import { BSD_BAUD_TABLE, LINUX_BAUD_TABLE } from '../../reference/kernel/termios.ts';
import { newTimeouts, nextDeadlineMs, wakeExpired } from '../../reference/kernel/timeouts.ts';
import { ttyReceive } from '../../reference/kernel/tty-input.ts';
import { ttyDrain, ttySet } from '../../reference/kernel/tty-ioctl.ts';
import { ttyWrite } from '../../reference/kernel/tty-output.ts';
import { ttyRead } from '../../reference/kernel/tty-read.ts';
import {
  inputAvailable,
  newTty,
  ttyPoll,
  type Tty,
  type TtyRules,
} from '../../reference/kernel/tty.ts';
import { wakeUp } from '../../reference/kernel/wait-queue.ts';
import { mapped, type Interruptible } from './interruptible.ts';
import type { Sleepers } from './sleeping.ts';

const LINUX: TtyRules = {
  baudTable: LINUX_BAUD_TABLE,
  inputLimit: 4096,
  keepsPlaceForEnd: true,
  beeps: true,
  echoesSignals: false,
  suspendKeepsOutput: false,
  markOutlivesItsOctets: false,
  rawInputBecomes: 'typed',
  interruptedReadKeepsInput: false,
};

const BSD: TtyRules = {
  baudTable: BSD_BAUD_TABLE,
  inputLimit: 1024,
  keepsPlaceForEnd: false,
  beeps: true,
  echoesSignals: true,
  suspendKeepsOutput: true,
  markOutlivesItsOctets: true,
  rawInputBecomes: 'retyped',
  interruptedReadKeepsInput: true,
};

const RULES: Readonly<Record<Profile, TtyRules>> = {
  notes: LINUX,
  'linux-2.6.11': LINUX,
  'bsd-4.4': BSD,
  'linux-6': { ...LINUX, beeps: false, echoesSignals: true, rawInputBecomes: 'line' },
};

export class Terminals {
  readonly clock = newTimeouts();
  readonly #ttys = new Map<string, Tty>();
  readonly #rules: TtyRules;

  constructor(profile: Profile) {
    this.#rules = RULES[profile];
  }

  at(name: string): Tty {
    const tty = this.#ttys.get(name) ?? newTty(this.clock, this.#rules);
    this.#ttys.set(name, tty);
    return tty;
  }

  /** When the next octet leaves or the next deadline comes. */
  nextEventMs(): number {
    const leaving = [...this.#ttys.values()].map(({ line }) => nextLeavingMs(line));
    const coming = [nextDeadlineMs(this.clock), ...leaving];
    return Math.min(Infinity, ...coming.filter((ms) => ms > this.clock.nowMs));
  }

  /** Time comes to a moment, and what is due then happens. */
  reach(nowMs: number): void {
    this.clock.nowMs = nowMs;
    for (const { line, writers } of this.#ttys.values()) {
      if (nextLeavingMs(line) > nowMs) continue;
      octetLeft(line);
      if (line.waiting.length < WAKEUP_CHARS) wakeUp(writers, Infinity);
    }
    wakeExpired(this.clock);
  }
}

function disciplinePort(
  terminals: Terminals,
  sleepers: Sleepers,
  calls: Interruptible,
): PortOf<typeof lineDiscipline> {
  return {
    settings: ({ tty }) =>
      sleepers.act(() => {
        const { termios } = terminals.at(tty);
        return success({ ...termios, flags: [...termios.flags] });
      }),
    set: ({ tty, task, when, settings }) => {
      const termios = { ...settings, flags: new Set(settings.flags) };
      const work = ttySet.bind(undefined, terminals.at(tty));
      return calls.call(task, (by) => work(by, when, termios), `the output of ${tty} to leave`);
    },
    receive: ({ tty, octets }) =>
      sleepers.act(() => {
        ttyReceive(terminals.at(tty), bytesOf(octets));
        return success({});
      }),
    read: ({ tty, task, count, nonblock = false }) => {
      const read = ttyRead.bind(undefined, terminals.at(tty));
      const turn = (octets: number[]) => ({ octets: octetsOf(octets) });
      return calls.call(task, (by) => mapped(read(by, count, nonblock), turn), `input on ${tty}`);
    },
    write: ({ tty, task, octets, nonblock = false }) => {
      const write = ttyWrite.bind(undefined, terminals.at(tty));
      const bytes = bytesOf(octets);
      const turn = (length: number) => ({ length });
      return calls.call(task, (by) => mapped(write(by, bytes, nonblock), turn), `room on ${tty}`);
    },
    output: ({ tty: name }) =>
      sleepers.act(() => {
        const tty = terminals.at(name);
        const octets = octetsOf(tty.output);
        tty.output = [];
        return success({ octets });
      }),
    signals: ({ tty: name }) =>
      sleepers.act(() => {
        const tty = terminals.at(name);
        const { signals } = tty;
        tty.signals = [];
        return success({ signals });
      }),
    ready: ({ tty: name }) =>
      sleepers.act(() => {
        const tty = terminals.at(name);
        return success({ events: ttyPoll(tty), available: inputAvailable(tty) });
      }),
    interrupt: ({ task, restart }) => calls.interrupt(task, restart),
  };
}

/** Lets time pass, and at each moment at which something is due, that happen. */
export function passTime(
  terminals: Terminals,
  sleepers: Sleepers,
  ms: number,
): Answer<Record<string, never>> {
  const untilMs = terminals.clock.nowMs + ms;
  const come = (nowMs: number): Answer<Record<string, never>> =>
    sleepers.act(() => {
      terminals.reach(nowMs);
      return success({});
    });
  for (let next = terminals.nextEventMs(); next <= untilMs; next = terminals.nextEventMs()) {
    const answer = come(next);
    if (!('ok' in answer)) return answer;
  }
  return come(untilMs);
}

function linePort(
  terminals: Terminals,
  sleepers: Sleepers,
  calls: Interruptible,
): PortOf<typeof terminalLine> {
  return {
    advance: ({ ms }) => passTime(terminals, sleepers, ms),
    sent: ({ tty }) =>
      sleepers.act(() => {
        const { line } = terminals.at(tty);
        const octets = octetsOf(line.sent);
        line.sent = [];
        return success({ octets });
      }),
    drain: ({ tty, task }) =>
      calls.call(task, (by) => ttyDrain(terminals.at(tty), by), `the output of ${tty} to leave`),
  };
}

export function terminalPorts(terminals: Terminals, sleepers: Sleepers, calls: Interruptible) {
  return {
    'line-discipline': disciplinePort(terminals, sleepers, calls),
    'terminal-line': linePort(terminals, sleepers, calls),
  };
}
