/** Faults of select, and of what it asks. */
import type { Mutant } from '../mutant.ts';

export const SELECT: readonly Mutant[] = [
  {
    id: 'select-end-of-file-not-ready',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `read: ['IN', 'HUP', 'ERR'],`,
    replace: `read: ['IN'],`,
    does: 'Does not count the end of file as ready to read.',
  },
  {
    id: 'select-error-not-writable',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `write: ['OUT', 'ERR'],`,
    replace: `write: ['OUT'],`,
    does: 'Does not count a write that would fail as ready.',
  },
  {
    id: 'select-sets-mixed-up',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `write: ['OUT', 'ERR'],`,
    replace: `write: ['IN', 'OUT', 'ERR'],`,
    does: 'Tells that can be written what can be read.',
  },
  {
    id: 'select-first-ready-only',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `    return { read: ready('read'), write: ready('write'), except: ready('except') };`,
    replace: `    const read = ready('read').slice(0, 1);
    return { read, write: read.length > 0 ? [] : ready('write').slice(0, 1), except: ready('except') };`,
    does: 'Tells of the first that is ready, and of no other.',
  },
  {
    id: 'select-everything-ready',
    statement: 'KRN-03',
    alsoBreaks: ['KRN-15'],
    file: 'kernel/select',
    find: `file.operations.poll?.(file, table) ?? rules.withoutPoll`,
    replace: `rules.withoutPoll`,
    does: 'Takes everything for ready, as files are.',
  },
  {
    id: 'select-unpollable-never-ready',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `?? rules.withoutPoll`,
    replace: `?? []`,
    does: 'Never finds ready what cannot be polled.',
  },
  {
    id: 'select-one-descriptor-a-file',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `    for (const [fd, file] of files) {
        told.set`,
    replace: `    const seen = new Set();
    for (const [fd, file] of files) {
        if (seen.has(file))
            continue;
        seen.add(file);
        told.set`,
    does: 'Looks at one of the descriptors of an open file only.',
  },
  {
    id: 'select-bound-included',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `filter((fd) => fd < nfds)`,
    replace: `filter((fd) => fd <= nfds)`,
    does: 'Looks at the descriptor that is the bound.',
  },
  {
    id: 'select-no-bound',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `filter((fd) => fd < nfds)`,
    replace: `filter(() => true)`,
    does: 'Looks at descriptors beyond the bound.',
  },
  {
    id: 'select-one-below-the-bound',
    statement: 'KRN-15',
    alsoBreaks: ['KRN-03'],
    file: 'kernel/select',
    find: `filter((fd) => fd < nfds)`,
    replace: `filter((fd) => fd < nfds - 1)`,
    does: 'Leaves the last descriptor below the bound out.',
  },
  {
    id: 'select-bad-descriptor-left-out',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `        if (!('ok' in file))
            return file;
        files.set`,
    replace: `        if (!('ok' in file))
            continue;
        files.set`,
    does: 'Leaves a descriptor that is not open out.',
  },
  {
    id: 'select-looks-at-no-exceptions',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `[...sets.read, ...sets.write, ...sets.except]`,
    replace: `[...sets.read, ...sets.write]`,
    does: 'Does not look at the third set.',
  },
  {
    id: 'select-never-sleeps',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `if (sizeOf(ready) > 0 || timeouts.nowMs >= atMs)`,
    replace: `if (true)`,
    does: 'Returns at once, whether one is ready or not.',
  },
  {
    id: 'select-deadline-not-set',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `    timeouts.deadlines.add(deadline);
`,
    replace: ``,
    does: 'Sets no timer for the timeout.',
  },
  {
    id: 'select-times-out-before',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `const deadline = { task, atMs };`,
    replace: `atMs -= atMs > timeouts.nowMs ? 1 : 0;
    const deadline = { task, atMs };`,
    does: 'Times out a millisecond early.',
  },
  {
    id: 'select-times-out-late',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `const deadline = { task, atMs };`,
    replace: `atMs += atMs > timeouts.nowMs ? 1 : 0;
    const deadline = { task, atMs };`,
    does: 'Times out a millisecond late.',
  },
  {
    id: 'select-timeout-lost-in-sleep',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `            yield SCHEDULE;`,
    replace: `            yield SCHEDULE;
            timeouts.deadlines.delete(deadline);`,
    does: 'Loses its timer when something else wakes it.',
  },
  {
    id: 'select-zero-timeout-waits',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `timeouts.nowMs >= atMs)`,
    replace: `timeouts.nowMs >= atMs && atMs > 0)`,
    does: 'Takes a timeout of 0 for none.',
  },
  {
    id: 'select-ignores-signals',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `            if (signalPending(task))
                return failure('EINTR');
`,
    replace: `            task.pending.length = 0;
`,
    does: 'Sleeps on whatever signal comes.',
  },
  {
    id: 'select-looks-once',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `            if (sizeOf(ready) > 0 || timeouts.nowMs >= atMs)
                return success(ready);`,
    replace: `            if (sizeOf(ready) > 0 || timeouts.nowMs >= atMs || table.looked)
                return success(ready);
            table.looked = true;`,
    does: 'Returns from its sleep without having looked what has woken it.',
  },
  {
    id: 'select-negative-bound-taken',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `if (nfds < 0 && rules.negativeBound === 'EINVAL')`,
    replace: `if (false)`,
    does: 'Takes a bound below zero.',
  },
  {
    id: 'select-negative-bound-refused',
    statement: 'KRN-15',
    profile: 'bsd-4.4',
    file: 'kernel/select',
    find: `if (nfds < 0 && rules.negativeBound === 'EINVAL')`,
    replace: `if (nfds < 0)`,
    does: 'Refuses a bound below zero, which is taken for a large one.',
  },
  {
    id: 'select-enters-one-queue',
    statement: 'KRN-15',
    file: 'kernel/poll-table',
    find: `    table.queues.add(queue);
    prepareToWait(queue, table.waiter, 'interruptible');`,
    replace: `    if (table.queues.size === 0)
        table.queues.add(queue);
    if (table.queues.has(queue))
        prepareToWait(queue, table.waiter, 'interruptible');`,
    does: 'Sleeps on the wait queue of the first descriptor alone.',
  },
  {
    id: 'select-enters-no-queue',
    statement: 'KRN-15',
    file: 'kernel/poll-table',
    find: `    prepareToWait(queue, table.waiter, 'interruptible');`,
    replace: `    table.waiter.task.state = 'interruptible';`,
    does: 'Sleeps without having entered a wait queue.',
  },
  {
    id: 'select-pipe-names-no-queue',
    statement: 'KRN-15',
    file: 'kernel/pipe-file',
    find: `            pollWait(table, data.pipe.wait);
`,
    replace: ``,
    does: 'Polls a pipe without naming its wait queue.',
  },
  {
    id: 'select-tty-names-no-readers',
    statement: 'KRN-15',
    file: 'kernel/tty-file',
    find: `            pollWait(table, data.readers);
`,
    replace: ``,
    does: 'Polls a terminal without naming the queue of its readers.',
  },
  {
    id: 'select-tty-names-no-writers',
    statement: 'KRN-15',
    file: 'kernel/tty-file',
    find: `            pollWait(table, data.writers);
`,
    replace: ``,
    does: 'Polls a terminal without naming the queue of its writers.',
  },
  {
    id: 'select-device-names-no-queue',
    statement: 'KRN-15',
    file: 'kernel/char-device',
    find: `        pollWait(table, data.wait);
`,
    replace: ``,
    does: 'Polls a device without naming its wait queue.',
  },
  {
    id: 'select-device-always-readable',
    statement: 'KRN-15',
    file: 'kernel/char-device',
    find: `const readable = device.arrived.length > 0 ? ['IN'] : [];`,
    replace: `const readable = ['IN'];`,
    does: 'Says that a device can be read, whether something has arrived or not.',
  },
  {
    id: 'select-device-always-writable',
    statement: 'KRN-15',
    file: 'kernel/char-device',
    find: `...(roomIn(device) > 0 ? ['OUT'] : [])`,
    replace: `'OUT'`,
    does: 'Says that a device can be written, whether there is room or not.',
  },
  {
    id: 'select-sleeper-woken-alone',
    statement: 'KRN-15',
    file: 'kernel/poll-table',
    find: `exclusive: false`,
    replace: `exclusive: true`,
    does: 'Enters wait queues as an exclusive sleeper, so that one of two is woken.',
  },
  {
    id: 'select-never-lets-go',
    statement: 'KRN-15',
    file: 'kernel/select',
    find: `        for (const file of files.values())
            putFile(file);`,
    replace: ``,
    does: 'Holds what it has looked at open for ever.',
  },
  {
    id: 'poll-waits-for-vmin-with-vtime',
    statement: 'KRN-08',
    file: 'kernel/tty',
    find: `const wanted = VTIME > 0 ? 1 : Math.max(VMIN, 1);`,
    replace: `const wanted = Math.max(VMIN, 1);`,
    does: 'Has poll wait for VMIN octets, though VTIME is set.',
  },
];
