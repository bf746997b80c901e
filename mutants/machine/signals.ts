/** Faults of signals and of the way back to user mode. */
import type { Mutant } from '../mutant.ts';

const file = 'machine/signals';

const ERRNO_KEPT = `    if ('errno' in result)
        current.errno = result.errno;`;

export const MACHINE_SIGNALS: readonly Mutant[] = [
  {
    id: 'errno-cleared-by-success',
    statement: 'SCL-03',
    file,
    find: ERRNO_KEPT,
    replace: `    current.errno = result.errno;`,
    does: 'Clears errno when a call succeeds.',
  },
  {
    id: 'errno-as-the-result',
    statement: 'SCL-03',
    file,
    find: `'value' in result ? result.value : -1;`,
    replace: `'value' in result ? result.value : -2;`,
    does: 'Returns something other than -1 from a call that fails.',
  },
  {
    id: 'errno-shared',
    statement: 'SCL-03',
    file,
    find: ERRNO_KEPT,
    replace: `    if ('errno' in result)
        for (const process of processor.machine.processes.values())
            process.errno = result.errno;`,
    does: 'Has one errno for all processes.',
  },
  {
    id: 'signal-after-the-next-instruction',
    statement: 'SCL-07',
    alsoBreaks: ['SCL-05', 'SCL-06', 'KRN-12'],
    file,
    find: `    while (atUser(processor) && work.some`,
    replace: `    if (atUser(processor))
        tellResult(processor);
    while (atUser(processor) && work.some`,
    does: 'Tells a call its result before the handler has run.',
  },
  {
    id: 'signal-own-handler-nests',
    statement: 'SCL-07',
    file,
    find: `current.pending.includes(signal) && isFree(signal, current)`,
    replace: `current.pending.includes(signal)`,
    does: 'Enters the handler of a signal again while it runs.',
  },
  {
    id: 'signal-kill-can-be-handled',
    statement: 'SCL-07',
    file,
    find: `signal === 'SIGKILL' ? undefined : current.handlers.get(signal);`,
    replace: `current.handlers.get(signal);`,
    does: 'Lets a process handle SIGKILL.',
  },
  {
    id: 'signal-child-kills',
    statement: 'SCL-07',
    file,
    find: `const IGNORED = ['SIGCHLD'];`,
    replace: `const IGNORED = [];`,
    does: 'Kills a process by SIGCHLD.',
  },
  {
    id: 'signal-wakes-every-sleep',
    statement: 'SCL-05',
    file,
    find: `process.state === 'sleeping' && process.interruptible`,
    replace: `process.state === 'sleeping'`,
    does: 'Ends a sleep by a signal that is not to be interrupted.',
  },
  {
    id: 'signal-wakes-no-sleep',
    statement: 'SCL-05',
    file,
    find: `    if (process.state === 'sleeping' && process.interruptible)
        makeRunnable(process, by);`,
    replace: ``,
    does: 'Lets a process sleep on when it gets a signal.',
  },
  {
    id: 'call-always-restarts',
    statement: 'SCL-05',
    file,
    find: `    if (restart)
        restartCall`,
    replace: `    if (true)
        restartCall`,
    does: 'Makes every interrupted call again.',
  },
  {
    id: 'call-never-restarts',
    statement: 'SCL-06',
    file,
    find: `    if (restart)
        restartCall`,
    replace: `    if (false)
        restartCall`,
    does: 'Makes no interrupted call again.',
  },
  {
    id: 'call-restarts-behind-itself',
    statement: 'SCL-06',
    file,
    find: `    processor.registers.pc -= 1;
    topFrame(processor).result = undefined;`,
    replace: `    topFrame(processor).result = undefined;`,
    does: 'Restarts a call without backing up to it, so that it never returns.',
  },
  {
    id: 'reschedule-order-exchanged',
    statement: 'SCL-08',
    file,
    find: `signalsFirst ? [deliver, giveWayIfNeeded] : [giveWayIfNeeded, deliver];`,
    replace: `signalsFirst ? [giveWayIfNeeded, deliver] : [deliver, giveWayIfNeeded];`,
    does: 'Gives way before it handles signals.',
  },
  {
    id: 'reschedule-forgotten',
    statement: 'SCL-08',
    file,
    find: `signalsFirst ? [deliver, giveWayIfNeeded] : [giveWayIfNeeded, deliver];`,
    replace: `[deliver];`,
    does: 'Goes on with the caller, whoever was woken.',
  },
  {
    id: 'signal-posted-twice-handled-twice',
    statement: 'SCL-07',
    file: 'machine/signals',
    find: `    if (!process.pending.includes(signal))
        process.pending.push(signal);`,
    replace: `    process.pending.push(signal);`,
    does: 'Handles a signal as often as it was posted before it was looked for.',
  },
  {
    id: 'signal-highest-number-first',
    statement: 'SCL-07',
    file: 'machine/signals',
    find: `ORDER[machine.profile].find(`,
    replace: `ORDER[machine.profile].findLast(`,
    does: 'Takes the signal of the highest number first.',
  },
  {
    id: 'signal-oldest-first',
    statement: 'SCL-07',
    file: 'machine/signals',
    find: `ORDER[machine.profile].find((signal) => current.pending.includes(signal) && isFree(signal, current))`,
    replace: `current.pending.find((signal) => isFree(signal, current))`,
    does: 'Takes signals in the order in which they were posted.',
  },
  {
    id: 'signal-reaches-the-dead',
    statement: 'SCL-07',
    file: 'machine/signals',
    find: `    if (process.state === 'zombie' || process.state === 'gone' || process.state === 'unborn')
        return;`,
    replace: ``,
    does: 'Keeps a signal for a process that is not there, and gives it to the child that is forked later.',
  },
  {
    id: 'wait-is-deaf',
    statement: 'SCL-05',
    file: 'machine/processes',
    find: `sleepOn(processor, 'child', true);`,
    replace: `sleepOn(processor, 'child', false);`,
    does: 'Lets no signal end a wait for a child.',
  },
  {
    id: 'call-forgets-one-octet',
    statement: 'SCL-05',
    file: 'machine/calls',
    find: `transferred > 0 ? { value: transferred } : { interrupted: name }`,
    replace: `transferred > 1 ? { value: transferred } : { interrupted: name }`,
    does: 'Forgets a transfer of a single octet.',
  },
];
