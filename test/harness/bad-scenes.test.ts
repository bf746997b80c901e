/** Scenes that are wrong: refused with the name of the field, or run up to where they go wrong. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import reference from '../../adapters/reference.ts';
import type { Action, ArgsOf, machine, ValueOf } from '../../contract/index.ts';
import { serve } from '../../harness/serve.ts';

type Scene = ArgsOf<(typeof machine)['methods']['run']>;
type Ended = ValueOf<(typeof machine)['methods']['run']>;

const hello = { protocols: ['kernspec/1'], suite: '0', profile: 'notes', seed: 1 };

/** What the reference says over a pipe. */
async function answer(op: string, args: unknown): Promise<{ ok?: Ended; fault?: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const serving = serve(reference, input, output).finally(() => output.end());
  input.write(`${JSON.stringify({ id: 1, op: 'hello', args: hello })}\n`);
  input.end(`${JSON.stringify({ id: 2, op, args })}\n`);
  const [lines] = await Promise.all([text(output), serving]);
  return JSON.parse(lines.split('\n')[1] ?? '') as { ok?: Ended; fault?: string };
}

const shell = (...program: unknown[]) => ({ processes: [{ name: 'shell', program }] });

describe('what is no scene is refused with the name of the field', () => {
  it.each([
    ['an unknown action', 'machine.run', shell({ do: 'dance' }), 'args.processes.0.program.0.do: '],
    [
      'a priority out of range',
      'machine.run',
      { processes: [{ name: 'shell', priority: 100, program: [] }] },
      'args.processes.0.priority: Too big',
    ],
    ['a negative one', 'rcu.run', { quantum: -1 }, 'args.quantum: Too small'],
    [
      'a level that there is not',
      'machine.run',
      shell({ do: 'raise-priority', to: 'spl99' }),
      'args.processes.0.program.0.to: ',
    ],
    [
      'a timer in the past',
      'machine.run',
      shell({ do: 'set-timer', timer: 'tea', ticks: -1 }),
      'args.processes.0.program.0.ticks: Too small',
    ],
    ['HZ 0', 'jiffies.boot', { hz: 0 }, 'args.hz: Too small'],
    [
      'a clock that stands on its tick',
      'machine.run',
      { clock: { every: 0 } },
      'args.clock.every: Too small',
    ],
    ['a quantum of 0', 'machine.run', { clock: { every: 1, quantum: 0 } }, 'args.clock.quantum: '],
    ['no processor', 'machine.run', { processors: 0 }, 'args.processors: Too small'],
    ['a member that there is not', 'machine.run', { speed: 9 }, 'Unrecognized key: "speed"'],
  ])('%s', async (_, op, args, says) => {
    expect((await answer(op, args)).fault).toContain(says);
  });
});

const MARK: Action = { do: 'mark', what: 'before' };

/** A process whose only call does this. */
const inCall = (...program: Action[]): Scene => ({
  processes: [{ name: 'shell', program: [{ do: 'call', number: 1 }] }],
  calls: [{ name: 'work', number: 1, program: [MARK, ...program] }],
});

async function ended(scene: Scene): Promise<Ended> {
  const { ok } = await answer('machine.run', scene);
  return ok ?? expect.fail('the scene is refused');
}

describe('what goes wrong is told by a named reason, with the trace up to there', () => {
  it.each<[string, Action[], string]>([
    [
      'an action of user mode in the kernel',
      [{ do: 'poke', address: 0x1000, value: 1 }],
      'shell does "poke" in kernel mode',
    ],
    [
      'a lock that is released twice',
      [
        { do: 'lock', lock: 'table' },
        { do: 'unlock', lock: 'table' },
        { do: 'unlock', lock: 'table' },
      ],
      'shell unlocks table, which is not locked',
    ],
    [
      'a sleep with a lock held',
      [
        { do: 'lock', lock: 'table' },
        { do: 'sleep', on: 'buffer' },
      ],
      'scheduling while atomic: shell sleeps on buffer with preemption disabled',
    ],
    ['a line that there is not', [{ do: 'raise-line', line: 'tape' }], 'there is no line tape'],
    [
      'a signal to a process that there is not',
      [{ do: 'signal', process: 'cc', signal: 'SIGINT' }],
      'there is no process cc',
    ],
    [
      'a timer that there is not',
      [{ do: 'set-timer', timer: 'tea', ticks: 1 }],
      'there is no timer tea',
    ],
    [
      'a child of somebody else',
      [{ do: 'fork', process: 'cc' }],
      'shell forks cc, which is no child of its own to come',
    ],
  ])('%s', async (_, program, reason) => {
    const { end, reason: said, trace } = await ended(inCall(...program));
    expect({ end, said }).toEqual({ end: 'bug', said: expect.stringContaining(reason) as string });
    expect(trace).toContainEqual(expect.objectContaining({ did: 'marks', what: 'before' }));
  });

  it('a wake-up of nothing wakes nobody, and is no fault', async () => {
    const { end, trace } = await ended(inCall({ do: 'wake', channel: 'nobody' }));
    expect(end).toBe('done');
    expect(trace.filter(({ did }) => did === 'wakes')).toEqual([]);
  });

  it('a lock that its own holder waits for', async () => {
    const twice: Action = { do: 'lock', lock: 'table' };
    const { end, waits } = await ended(inCall(twice, twice));
    expect({ end, waits }).toEqual({
      end: 'deadlock',
      waits: [{ who: 'shell', for: 'table', heldBy: 'shell' }],
    });
  });

  it('a sleep from which nobody wakes', async () => {
    const { end, waits } = await ended(inCall({ do: 'sleep', on: 'godot' }));
    expect({ end, waits }).toEqual({ end: 'asleep', waits: [{ who: 'shell', for: 'godot' }] });
  });

  it('a machine that would go on for ever stops at its limit', async () => {
    const { end, steps } = await ended({
      processes: [{ name: 'shell', program: [{ do: 'raise-line', line: 'x' }] }],
      lines: [{ name: 'clockwork', program: [{ do: 'raise-line', line: 'clockwork' }] }],
      arrivals: [{ line: 'clockwork', after: 0 }],
    });
    expect({ end, steps }).toEqual({ end: 'limit', steps: [10_000] });
  });
});
