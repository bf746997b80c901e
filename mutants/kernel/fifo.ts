/** Faults of FIFOs. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/fifo';

const READ_WAITS = `        return pipe.writers > 0
            ? success(file)
            : yield* waitForPartner(file, task, () => pipe.writersEver);`;

const WRITE_WAITS = `    return pipe.readers > 0
        ? success(file)
        : yield* waitForPartner(file, task, () => pipe.readersEver);`;

export const FIFO: readonly Mutant[] = [
  {
    id: 'fifo-reader-does-not-wait',
    statement: 'KRN-10',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: READ_WAITS,
    replace: `        return success(file);`,
    does: 'Opens for reading without waiting for a writer.',
  },
  {
    id: 'fifo-writer-does-not-wait',
    statement: 'KRN-10',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: WRITE_WAITS,
    replace: `    return success(file);`,
    does: 'Opens for writing without waiting for a reader.',
  },
  {
    id: 'fifo-waits-for-its-own-kind',
    statement: 'KRN-10',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: `waitForPartner(file, task, () => pipe.writersEver)`,
    replace: `waitForPartner(file, task, () => pipe.readersEver)`,
    does: 'Lets a second reader end the wait of the first.',
  },
  {
    id: 'fifo-both-wait',
    statement: 'KRN-10',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: WRITE_WAITS,
    replace: `    return yield* waitForPartner(file, task, () => pipe.readersEver);`,
    does: 'Waits for a reader to come though one is there.',
  },
  {
    id: 'fifo-waits-without-block',
    statement: 'KRN-10',
    file,
    find: `if (nonblock || mode === 'O_RDWR')`,
    replace: `if (mode === 'O_RDWR')`,
    does: 'Sleeps in an open for reading though O_NONBLOCK is set.',
  },
  {
    id: 'fifo-both-ways-waits',
    statement: 'KRN-10',
    file,
    find: `if (nonblock || mode === 'O_RDWR')
        return success(file);`,
    replace: `if (nonblock)
        return success(file);
    if (mode === 'O_RDWR')
        return yield* waitForPartner(file, task, () => pipe.writersEver);`,
    does: 'Sleeps in an open for reading and writing until somebody else writes.',
  },
  {
    id: 'fifo-no-enxio',
    statement: 'KRN-10',
    file,
    find: `if (mode === 'O_WRONLY' && nonblock && pipe.readers === 0)`,
    replace: `if (false)`,
    does: 'Opens for writing without blocking though nobody reads.',
  },
  {
    id: 'fifo-enxio-for-readers',
    statement: 'KRN-10',
    file,
    find: `if (mode === 'O_WRONLY' && nonblock && pipe.readers === 0)`,
    replace: `if (nonblock && pipe.readers === 0)`,
    does: 'Fails with ENXIO for readers as well.',
  },
  {
    id: 'fifo-enxio-after-a-reader-was-there',
    statement: 'KRN-10',
    file,
    find: `nonblock && pipe.readers === 0`,
    replace: `nonblock && pipe.readersEver === 0`,
    does: 'Takes a reader that has left for one that is there.',
  },
  {
    id: 'fifo-keeps-what-nobody-read',
    statement: 'KRN-10',
    file,
    find: `if (pipe !== undefined && pipe.readers + pipe.writers > 0)`,
    replace: `if (pipe !== undefined)`,
    does: 'Keeps octets in a FIFO that nobody has open.',
  },
  {
    id: 'fifo-forgets-with-the-last-writer',
    statement: 'KRN-10',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: `pipe.readers + pipe.writers > 0`,
    replace: `pipe.writers > 0`,
    does: 'Begins a new stream when there is no writer, though a reader has it open.',
  },
  {
    id: 'fifo-interrupted-opener-stays',
    statement: 'KRN-10',
    alsoBreaks: ['SCL-05'],
    file,
    find: `    putPipeFile(file);
    return ERESTARTSYS;`,
    replace: `    return ERESTARTSYS;`,
    does: 'Counts who was interrupted in its open as if it had opened.',
  },
  {
    id: 'fifo-hang-up-before-a-writer',
    statement: 'KRN-10',
    file,
    find: `alone ? pipe.writersEver : undefined`,
    replace: `undefined`,
    does: 'Tells poll of hang-up before there was a writer.',
  },
];
