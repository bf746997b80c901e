/** Faults of paging and of the swap device. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/paging';
const statement = 'KRN-05';

export const PAGING: readonly Mutant[] = [
  {
    id: 'pag-dirty-page-dropped',
    statement,
    file: 'kernel/page-replacement',
    find: `const { modified } = frame;`,
    replace: `const modified = false;`,
    does: 'Drops a dirty page without writing it out.',
  },
  {
    id: 'pag-clean-page-written',
    statement,
    file: 'kernel/page-replacement',
    find: `const { modified } = frame;`,
    replace: `const modified = true;`,
    does: 'Writes every victim out, dirty or not.',
  },
  {
    id: 'pag-no-second-chance',
    statement,
    file: 'kernel/page-replacement',
    find: `        if (frame.referenced)
            frame.referenced = false;
        else if (evict`,
    replace: `        if (evict`,
    does: 'Takes the next page whether it was touched or not.',
  },
  {
    id: 'pag-newest-goes',
    statement,
    file: 'kernel/page-replacement',
    find: `pool.hand = (pool.hand + 1) % pool.frames.length;`,
    replace: `pool.hand = (pool.hand + pool.frames.length - 1) % pool.frames.length;`,
    does: 'Turns the hand backwards, so the youngest pages go first.',
  },
  {
    id: 'pag-free-frames-forgotten',
    statement,
    file: 'kernel/page-replacement',
    find: `const free = pool.frames.find(({ page }) => page === null);`,
    replace: `const free = pool.frames.every(({ page }) => page === null) ? pool.frames[0] : undefined;`,
    does: 'Uses a single frame and evicts although others are free.',
  },
  {
    id: 'pag-mapping-left-behind',
    statement,
    file,
    find: `            if (entered === frame)
                pageTable.delete(number);`,
    replace: `            if (false)
                pageTable.delete(number);`,
    does: 'Leaves the page table entry of a page that was evicted.',
  },
  {
    id: 'pag-modified-never-set',
    statement,
    file: 'kernel/vm-object',
    find: `    frame.modified = true;`,
    replace: ``,
    does: 'Does not notice that a page is written.',
  },
  {
    id: 'pag-stale-copy-in-swap',
    statement,
    file: 'kernel/page-replacement',
    find: `    if (modified) {
        page.slot =`,
    replace: `    if (modified && page.object.pages.get(-page.index - 1) === undefined) {
        page.object.pages.set(-page.index - 1, { frame: null, slot: null });
        page.slot =`,
    does: 'Writes a page out the first time only, and loses what is written later.',
  },
  {
    id: 'pag-modified-kept-after-page-in',
    statement,
    file,
    find: `    frame.modified = false;`,
    replace: ``,
    does: 'Takes over the dirty mark of the page that was in the frame before.',
  },
  {
    id: 'pag-not-zero-filled',
    statement,
    file,
    find: `        frame.octets.fill(0);`,
    replace: ``,
    does: 'Gives a new page with what was in the frame before.',
  },
  {
    id: 'pag-file-page-zero-filled',
    statement,
    file,
    find: `frame.octets.set(sourceOctets(source, page.index, pageOctets));`,
    replace: `frame.octets.fill(0);`,
    does: 'Fills a page of a file with zeroes instead of reading it in.',
  },
  {
    id: 'pag-first-page-always',
    statement,
    file,
    find: `frame.octets.set(sourceOctets(source, page.index, pageOctets));`,
    replace: `frame.octets.set(sourceOctets(source, 0, pageOctets));`,
    does: 'Reads the first page of a file whichever was touched.',
  },
  {
    id: 'pag-file-before-swap',
    statement,
    file,
    find: `if (page.slot !== null) {`,
    replace: `if (page.slot !== null && source === null) {`,
    does: 'Reads a page of a file from the file although it was changed and written to swap.',
  },
  {
    id: 'pag-tail-not-zeroed',
    statement,
    file: 'kernel/vm-object',
    find: `const page = new Uint8Array(pageOctets);`,
    replace: `const page = new Uint8Array(pageOctets).fill(0xff);`,
    does: 'Leaves rubbish behind the end of a file in its last page.',
  },
  {
    id: 'pag-behind-file-is-zero',
    statement,
    file,
    find: `    if (!isWithinSource(region.object, index, machine.pageOctets))
        return 'SIGBUS';`,
    replace: ``,
    does: 'Gives zeroes for pages that lie wholly behind the end of a file.',
  },
  {
    id: 'pag-all-faults-major',
    statement,
    file,
    find: `    if (major)
        process.majorFaults++;`,
    replace: `    if (true)
        process.majorFaults++;`,
    does: 'Counts every fault as a major one.',
  },
  {
    id: 'pag-faults-swapped',
    statement,
    file,
    find: `const major = page.frame === null && (page.slot !== null || region.object.source !== null);`,
    replace: `const major = page.slot !== null;`,
    does: 'Counts a page of a file that is read in as a minor fault.',
  },
  {
    id: 'pag-entry-not-made',
    statement,
    file,
    find: `    process.pageTable.set(number, frame);`,
    replace: ``,
    does: 'Does not enter the page in the page table, so that it faults each time.',
  },
  {
    id: 'pag-outside-map-is-zero',
    statement,
    file,
    find: `    if (region === undefined)
        return 'SIGSEGV';`,
    replace: `    if (region === undefined)
        return machine.pool.frames[0];`,
    does: 'Lets a process touch what is in no map.',
  },
  {
    id: 'pag-map-one-page-too-long',
    statement,
    file,
    find: `const region = process.regions.find(({ first, pages }) => number >= first && number < first + pages);
    const entered`,
    replace: `const region = process.regions.find(({ first, pages }) => number >= first && number <= first + pages);
    const entered`,
    does: 'Takes the page behind a region for a part of it.',
  },
  {
    id: 'pag-read-only-written',
    statement,
    file,
    find: `const allowed = region !== undefined && (region.writable || !write);`,
    replace: `const allowed = region !== undefined;`,
    does: 'Lets a process write to what may only be read.',
  },
  {
    id: 'pag-protection-unchecked-when-resident',
    statement,
    file,
    find: `if (entered !== undefined && allowed)`,
    replace: `if (entered !== undefined)`,
    does: 'Checks the protection when a page is brought in only.',
  },
  {
    id: 'pag-protection-signal',
    statement,
    file,
    find: `        return machine.protectionSignal;`,
    replace: `        return machine.protectionSignal === 'SIGBUS' ? 'SIGSEGV' : 'SIGBUS';`,
    does: 'Sends the other signal for a write to a read-only page.',
  },
  {
    id: 'pag-private-pages-shared',
    statement,
    file,
    find: `!writable && file ?`,
    replace: `file ?`,
    does: 'Lets processes that have mapped a file see what others write there.',
  },
  {
    id: 'pag-file-pages-not-shared',
    statement,
    file,
    find: `!writable && file ?`,
    replace: `false ?`,
    does: 'Reads a page of a file in for each process.',
  },
  {
    id: 'pag-unaligned-map',
    statement,
    file,
    find: `if (!aligned || length === 0 || at + length > ADDRESSES)`,
    replace: `if (length === 0 || at + length > ADDRESSES)`,
    does: 'Maps memory that does not begin at the border of a page.',
  },
  {
    id: 'pag-overlapping-map',
    statement,
    file,
    find: `    if (regions.some(overlaps))
        return failure('EEXIST');`,
    replace: ``,
    does: 'Maps what is mapped already.',
  },
  {
    id: 'pag-everything-promised',
    statement,
    file,
    find: `    if (writable && promisedPages(machine) + pages > most)
        return failure('ENOMEM');`,
    replace: ``,
    does: 'Promises more memory than there is.',
  },
  {
    id: 'pag-exit-keeps-frames',
    statement,
    file: 'kernel/vm-object',
    find: `        if (page.frame !== null)
            page.frame.page = null;`,
    replace: `        if (page.frame !== null)
            page.frame.modified = true;`,
    does: 'Leaves the pages of a process that has ended in memory, as dirty ones.',
  },
  {
    id: 'pag-exit-keeps-process',
    statement,
    file,
    find: `    machine.processes.delete(process.name);`,
    replace: ``,
    does: 'Lets a process that has ended go on.',
  },
  {
    id: 'pag-last-page-refused',
    statement: 'KRN-05',
    file: 'kernel/paging',
    find: `at + length > ADDRESSES`,
    replace: `at + length >= ADDRESSES`,
    does: 'Refuses a mapping that ends with the last address.',
  },
  {
    id: 'pag-page-behind-whole-file',
    statement: 'KRN-05',
    file: 'kernel/vm-object',
    find: `source.offset + index * pageOctets < source.octets.length`,
    replace: `source.offset + index * pageOctets <= source.octets.length`,
    does: 'Has a page behind the end of a file that ends with a page.',
  },
];
