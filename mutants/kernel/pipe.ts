/** Faults of pipes, of what they keep their octets in, and of interrupted calls. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/pipe';
const buffers = 'kernel/pipe-buffers';

const NO_READER = `            return written > 0 ? success(written) : failure('EPIPE');`;

export const PIPE: readonly Mutant[] = [
  {
    id: 'pipe-read-fails-when-empty',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10', 'SCL-05', 'SCL-06'],
    file,
    find: `if (nonblock && !moreComes)`,
    replace: `if (!moreComes)`,
    does: 'Answers EAGAIN on an empty pipe, whether O_NONBLOCK is set or not.',
  },
  {
    id: 'pipe-empty-is-end-of-file',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10', 'SCL-05', 'SCL-06'],
    file,
    find: `if (got === count || pipe.writers === 0)`,
    replace: `if (true)`,
    does: 'Tells end of file whenever the pipe is empty.',
  },
  {
    id: 'pipe-no-end-of-file',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file,
    find: `if (got === count || pipe.writers === 0)`,
    replace: `if (got === count)`,
    does: 'Waits for more although the last writer has left.',
  },
  {
    id: 'pipe-end-of-file-before-data',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file,
    find: `    while (got < count) {
        const taken`,
    replace: `    while (got < count && pipe.writers > 0) {
        const taken`,
    does: 'Tells end of file as soon as the last writer has left, though octets are left to read.',
  },
  {
    id: 'pipe-read-waits-for-all',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10', 'SCL-05', 'SCL-06'],
    file,
    find: `if (got > 0 && !moreComes)
            break;`,
    replace: ``,
    does: 'Waits until it has as many octets as were asked for.',
  },
  {
    id: 'pipe-writer-not-woken',
    statement: 'KRN-09',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: `        if (taken.length > 0)
            wakeUp(pipe.wait);`,
    replace: ``,
    does: 'Does not wake a writer when it has made room.',
  },
  {
    id: 'pipe-reader-not-woken',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10', 'SCL-05', 'SCL-06'],
    file,
    find: `        if (put > 0)
            wakeUp(pipe.wait);`,
    replace: ``,
    does: 'Does not wake a reader when it has written something.',
  },
  {
    id: 'pipe-close-wakes-nobody',
    statement: 'KRN-09',
    file,
    find: `        pipe.writers--;
    wakeUp(pipe.wait);`,
    replace: `        pipe.writers--;`,
    does: 'Closes an end without waking who sleeps at the other.',
  },
  {
    id: 'pipe-close-ends-all-descriptors',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10', 'SCL-05', 'SCL-06'],
    file,
    find: `if (--file.references > 0)`,
    replace: `if (--file.references < 0)`,
    does: 'Takes an end for closed with the first of its descriptors.',
  },
  {
    id: 'pipe-close-not-counted',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file,
    find: `    if (writes(file))
        pipe.writers--;`,
    replace: ``,
    does: 'Closes a writing end without counting it out.',
  },
  {
    id: 'pipe-write-without-reader',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file,
    find: `if (pipe.readers === 0) {`,
    replace: `if (false) {`,
    does: 'Writes although nobody can read.',
  },
  {
    id: 'pipe-no-sigpipe',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file,
    find: `            sendSignal(task, 'SIGPIPE');`,
    replace: ``,
    does: 'Answers EPIPE without sending SIGPIPE.',
  },
  {
    id: 'pipe-sigpipe-without-epipe',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file,
    find: NO_READER,
    replace: `            return success(octets.length);`,
    does: 'Sends SIGPIPE and says that all was written.',
  },
  {
    id: 'pipe-looks-for-readers-once',
    statement: 'KRN-09',
    file,
    find: `    let written = 0;
    while (written < octets.length) {
        if (pipe.readers === 0) {`,
    replace: `    let written = 0;
    for (let looks = 0; written < octets.length; looks++) {
        if (pipe.readers === 0 && looks === 0) {`,
    does: 'Looks for readers before it sleeps, and not after.',
  },
  {
    id: 'pipe-write-never-blocks',
    statement: 'KRN-09',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: `if (nonblock)
            return written > 0`,
    replace: `if (true)
            return written > 0`,
    does: 'Never sleeps in a write: what does not fit is left to the writer.',
  },
  {
    id: 'pipe-nonblock-write-sleeps',
    statement: 'KRN-09',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: `        if (nonblock)
            return written > 0 ? success(written) : failure('EAGAIN');`,
    replace: ``,
    does: 'Sleeps in a write although O_NONBLOCK is set.',
  },
  {
    id: 'pipe-nonblock-write-lies',
    statement: 'KRN-09',
    file,
    find: `if (nonblock)
            return written > 0 ? success(written)`,
    replace: `if (nonblock)
            return written > 0 ? success(octets.length)`,
    does: 'Says that all was written though only a part fitted.',
  },
  {
    id: 'pipe-reads-from-writing-end',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file,
    find: `if (!reads(file))`,
    replace: `if (false)`,
    does: 'Lets a task read from the writing end.',
  },
  {
    id: 'pipe-writes-to-reading-end',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file,
    find: `if (!writes(file))`,
    replace: `if (false)`,
    does: 'Lets a task write to the reading end.',
  },
  {
    id: 'pipe-interrupted-write-forgets-part',
    statement: 'KRN-09',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: `return written > 0 ? success(written) : ERESTARTSYS;`,
    replace: `return ERESTARTSYS;`,
    does: 'Makes an interrupted write again from the start, or fails it, though a part is in the pipe.',
  },
  {
    id: 'pipe-signal-is-ignored',
    statement: 'KRN-09',
    alsoBreaks: ['SCL-05'],
    file,
    find: `        if (signalPending(task)) {
            if (got === 0)`,
    replace: `        if (false) {
            if (got === 0)`,
    does: 'Sleeps on in a read whatever signal comes.',
  },
  {
    id: 'pipe-poll-no-hang-up',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file,
    find: `            events.push('HUP');`,
    replace: `            events.push('IN');`,
    does: 'Tells poll of octets to read, and not of hang-up, when the last writer has left.',
  },
  {
    id: 'pipe-poll-no-error',
    statement: 'KRN-09',
    file,
    find: `events.push('ERR');`,
    replace: `events.push('OUT');`,
    does: 'Does not tell poll that the last reader has left.',
  },
  {
    id: 'pipe-page-per-write',
    statement: 'KRN-09',
    file: buffers,
    find: `let put = begins ? merge(bufs.at(-1), octets) : 0;`,
    replace: `let put = 0;`,
    does: 'Begins a new page with each write.',
  },
  {
    id: 'pipe-merges-a-part',
    statement: 'KRN-09',
    file: buffers,
    find: `    const tail = octets.length % PAGE_SIZE;
    if (last === undefined || last.offset + last.len + tail > PAGE_SIZE)
        return 0;`,
    replace: `    if (last === undefined)
        return 0;
    const tail = Math.min(octets.length, PAGE_SIZE - last.offset - last.len);`,
    does: 'Fills the last page with whatever fits of a write, so that a small one is split.',
  },
  {
    id: 'pipe-merges-over-the-end',
    statement: 'KRN-09',
    file: buffers,
    find: `last.offset + last.len + tail > PAGE_SIZE`,
    replace: `last.len + tail > PAGE_SIZE || last.offset > 0`,
    does: 'Puts nothing behind the octets of a page of which some were read.',
  },
  {
    id: 'pipe-tail-behind-the-pages',
    statement: 'KRN-09',
    file: buffers,
    find: `    last.page.set(octets.subarray(0, tail), last.offset + last.len);`,
    replace: `    last.page.set(octets.subarray(octets.length - tail), last.offset + last.len);`,
    does: 'Takes the tail of a long write from its end, before the pages that come first.',
  },
  {
    id: 'pipe-15-pages',
    statement: 'KRN-09',
    file: buffers,
    find: `PIPE_BUFFERS = 16`,
    replace: `PIPE_BUFFERS = 15`,
    does: 'Has 15 pages.',
  },
  {
    id: 'pipe-last-in-first-out',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10', 'SCL-05', 'SCL-06'],
    file: buffers,
    find: `bufs.push({ page, offset: 0, len: part.length });`,
    replace: `bufs.unshift({ page, offset: 0, len: part.length });`,
    does: 'Puts a new page in front of those that were written before.',
  },
  {
    id: 'pipe-page-not-given-back',
    statement: 'KRN-09',
    alsoBreaks: ['KRN-10'],
    file: buffers,
    find: `            for (let left = count; bufs[0] !== undefined && left > 0;) {`,
    replace: `            let left = count;
            if (bufs[0] !== undefined) {`,
    does: 'Reads from the first page only, so a long read ends early.',
  },
  {
    id: 'call-never-restarted',
    statement: 'SCL-06',
    alsoBreaks: ['KRN-09', 'KRN-10'],
    file: 'kernel/interrupted-call',
    find: `if (!handlers.restart)`,
    replace: `if (true)`,
    does: 'Fails an interrupted call with EINTR, though the handler has SA_RESTART.',
  },
  {
    id: 'call-always-restarted',
    statement: 'SCL-05',
    alsoBreaks: ['KRN-09', 'KRN-10'],
    file: 'kernel/interrupted-call',
    find: `if (!handlers.restart)`,
    replace: `if (false)`,
    does: 'Restarts every interrupted call, though the handler has no SA_RESTART.',
  },
  {
    id: 'pipe-writer-waits-for-ever',
    statement: 'KRN-09',
    file: 'kernel/pipe',
    find: `        pipe.waitingWriters--;`,
    replace: ``,
    does: 'Takes a writer that has gone on for one that still sleeps.',
  },
  {
    id: 'pipe-nonblocking-read-drops',
    statement: 'KRN-09',
    file: 'kernel/pipe',
    find: `if (nonblock && !moreComes)`,
    replace: `if (nonblock)`,
    does: 'Answers EAGAIN to a read that has taken something, while a writer sleeps.',
  },
  {
    id: 'pipe-full-is-writable',
    statement: 'KRN-09',
    file: 'kernel/pipe-buffers',
    find: `writable: () => bufs.length < PIPE_BUFFERS,`,
    replace: `writable: () => bufs.length <= PIPE_BUFFERS,`,
    does: 'Tells poll that a full pipe can be written.',
  },
  {
    id: 'pipe-bsd-small-write-waits',
    statement: 'KRN-09',
    profile: 'bsd-4.4',
    file: 'kernel/pipe-buffers',
    find: `if (octets.length - put > space && space < MCLBYTES)`,
    replace: `if (space < MCLBYTES)`,
    does: 'Lets a write wait for 2048 octets though all of it would fit.',
  },
];
