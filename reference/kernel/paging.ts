/**
 * Paging: faults, and what makes a page resident.
 *
 * A process reaches memory through its page table, which holds what is resident only. Anything else
 * faults; the fault finds the page by the map of the process, brings it into a frame, enters it in the
 * table, and the instruction is run again. Whatever evicts a page takes it out of every table first.
 *
 * Memory is promised as a whole: what is mapped writable fits in swap and all frames but one, so a
 * frame can always be found. Pages of a file that are not written are shared by all who map them
 * read-only.
 *
 * Source: 4.4BSD-Lite2, vm/vm_fault.c; Linux 2.6.11, mm/memory.c (do_no_page, do_swap_page), and
 * strict accounting as with overcommit_memory 2. Left out: copy on write, read-ahead, prefaulting.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { takeFrame, type FramePool } from './page-replacement.ts';
import { newSwapSpace, swapRead } from './swap-space.ts';
import {
  destroyObject,
  isWithinSource,
  markModified,
  pageOf,
  sourceOctets,
  type Frame,
  type Page,
  type VmObject,
} from './vm-object.ts';

export type Signal = 'SIGSEGV' | 'SIGBUS';

export type PagingEvent =
  | { readonly event: 'fault'; readonly at: number }
  | { readonly event: 'page-out'; readonly process: string; readonly at: number }
  | { readonly event: 'page-in'; readonly from: 'file' | 'swap' }
  | { readonly event: 'zero-fill' }
  | { readonly event: 'resume' };

/** @kernel struct vm_map_entry, struct vm_area_struct */
interface Region {
  /** Number of its first page in the address space. */
  readonly first: number;
  readonly pages: number;
  readonly writable: boolean;
  readonly object: VmObject;
}

/** @kernel struct vmspace, struct mm_struct */
export interface AddressSpace {
  readonly name: string;
  readonly regions: Region[];
  /** By number of the page. @kernel pmap */
  readonly pageTable: Map<number, Frame>;
  majorFaults: number;
  minorFaults: number;
}

export interface PagingMachine {
  readonly pageOctets: number;
  readonly pool: FramePool;
  readonly processes: Map<string, AddressSpace>;
  /** Files that are mapped read-only, one object for each offset. */
  readonly shared: Map<string, VmObject>;
  readonly files: Map<string, Uint8Array>;
  /** What a write to a read-only page gives. */
  readonly protectionSignal: Signal;
  /** What happened since somebody last looked. */
  trace: PagingEvent[];
}

export interface Mapping {
  readonly at: number;
  readonly length: number;
  readonly writable: boolean;
  readonly file?: { readonly name: string; readonly offset: number } | undefined;
}

const ADDRESSES = 2 ** 32;

export function newPagingMachine(
  frames: number,
  pageOctets: number,
  swapPages: number,
  protectionSignal: Signal,
): PagingMachine {
  const emptyFrame = (): Frame => ({
    octets: new Uint8Array(pageOctets),
    page: null,
    referenced: false,
    modified: false,
  });
  const machine: PagingMachine = {
    pageOctets,
    pool: {
      frames: Array.from({ length: frames }, emptyFrame),
      swap: newSwapSpace(swapPages),
      hand: 0,
      evicted: (frame, page, written) => leaveMemory(machine, frame, page, written),
    },
    processes: new Map(),
    shared: new Map(),
    files: new Map(),
    protectionSignal,
    trace: [],
  };
  return machine;
}

/** @kernel pmap_page_protect */
function leaveMemory(machine: PagingMachine, frame: Frame, page: Page, written: boolean): void {
  for (const { pageTable } of machine.processes.values()) {
    for (const [number, entered] of pageTable) if (entered === frame) pageTable.delete(number);
  }
  const { owner, at } = page.object;
  if (!written || owner === null) return;
  const address = at + page.index * machine.pageOctets;
  machine.trace.push({ event: 'page-out', process: owner, at: address });
}

/**
 * @errors EINVAL — not at the border of a page, of no length, or beyond the last address.
 * @errors EEXIST — a part is mapped already. ENOMEM — memory and swap are promised already.
 * @kernel mmap
 */
export function mapMemory(
  machine: PagingMachine,
  name: string,
  { at, length, writable, file }: Mapping,
): Outcome<Record<string, never>, 'EINVAL' | 'EEXIST' | 'ENOENT' | 'ENOMEM'> {
  const { pageOctets, pool } = machine;
  const first = at / pageOctets;
  const pages = Math.ceil(length / pageOctets);
  const offset = file?.offset ?? 0;
  const aligned = at % pageOctets === 0 && offset % pageOctets === 0;
  if (!aligned || length === 0 || at + length > ADDRESSES) return failure('EINVAL');
  if (file !== undefined && !machine.files.has(file.name)) return failure('ENOENT');
  const regions = machine.processes.get(name)?.regions ?? [];
  const overlaps = (other: Region) =>
    first < other.first + other.pages && other.first < first + pages;
  if (regions.some(overlaps)) return failure('EEXIST');
  const most = pool.swap.slots.length + pool.frames.length - 1;
  if (writable && promisedPages(machine) + pages > most) return failure('ENOMEM');

  const octets = file && machine.files.get(file.name);
  const source = octets === undefined ? null : { octets, offset };
  const own = (): VmObject => ({ owner: name, at, source, pages: new Map() });
  const object = !writable && file ? sharedObject(machine, `${file.name}@${offset}`, own) : own();
  const process = processNamed(machine, name);
  process.regions.push({ first, pages, writable, object });
  return success({});
}

function promisedPages({ processes }: PagingMachine): number {
  const regions = [...processes.values()].flatMap((process) => process.regions);
  return regions.reduce((sum, { writable, pages }) => sum + (writable ? pages : 0), 0);
}

function sharedObject(machine: PagingMachine, key: string, own: () => VmObject): VmObject {
  const object = machine.shared.get(key) ?? { ...own(), owner: null };
  machine.shared.set(key, object);
  return object;
}

function processNamed({ processes }: PagingMachine, name: string): AddressSpace {
  const fresh = { name, regions: [], pageTable: new Map(), majorFaults: 0, minorFaults: 0 };
  const process = processes.get(name) ?? fresh;
  processes.set(name, process);
  return process;
}

/** @kernel vmspace_free, exit_mmap */
export function exitProcess(machine: PagingMachine, process: AddressSpace): void {
  for (const { object } of process.regions) {
    if (object.owner !== null) destroyObject(machine.pool.swap, object);
  }
  machine.processes.delete(process.name);
}

/**
 * The frame behind a page of the address space, after a fault if need be.
 *
 * @returns the signal that the access gives if there is none.
 */
export function touchPage(
  machine: PagingMachine,
  process: AddressSpace,
  address: number,
  write: boolean,
): Frame | Signal {
  const number = Math.floor(address / machine.pageOctets);
  const region = process.regions.find(
    ({ first, pages }) => number >= first && number < first + pages,
  );
  const entered = process.pageTable.get(number);
  const allowed = region !== undefined && (region.writable || !write);
  if (entered !== undefined && allowed) return used(machine, entered, write);

  machine.trace.push({ event: 'fault', at: address });
  if (region === undefined) return 'SIGSEGV';
  if (!allowed) return machine.protectionSignal;
  const index = number - region.first;
  if (!isWithinSource(region.object, index, machine.pageOctets)) return 'SIGBUS';
  const page = pageOf(region.object, index);
  const major = page.frame === null && (page.slot !== null || region.object.source !== null);
  if (major) process.majorFaults++;
  else process.minorFaults++;
  const frame = page.frame ?? pageIn(machine, page);
  process.pageTable.set(number, frame);
  machine.trace.push({ event: 'resume' });
  return used(machine, frame, write);
}

function used({ pool }: PagingMachine, frame: Frame, write: boolean): Frame {
  frame.referenced = true;
  if (write) markModified(pool.swap, frame);
  return frame;
}

/** Fills a frame from swap, from the file or with zeroes. @kernel vm_pager_get, do_no_page */
function pageIn({ pool, pageOctets, trace }: PagingMachine, page: Page): Frame {
  const frame = takeFrame(pool);
  const { source } = page.object;
  if (page.slot !== null) {
    frame.octets.set(swapRead(pool.swap, page.slot));
    trace.push({ event: 'page-in', from: 'swap' });
  } else if (source !== null) {
    frame.octets.set(sourceOctets(source, page.index, pageOctets));
    trace.push({ event: 'page-in', from: 'file' });
  } else {
    frame.octets.fill(0);
    trace.push({ event: 'zero-fill' });
  }
  frame.page = page;
  frame.modified = false;
  page.frame = frame;
  return frame;
}

/** Whether a page of the address space is in memory. @kernel mincore */
export function isResident(
  { pageOctets }: PagingMachine,
  { regions }: AddressSpace,
  address: number,
): boolean {
  const number = Math.floor(address / pageOctets);
  const region = regions.find(({ first, pages }) => number >= first && number < first + pages);
  const frame = region?.object.pages.get(number - region.first)?.frame ?? null;
  return frame !== null;
}
