/**
 * A driver of a character device with a queue to each side.
 *
 * What has arrived waits for a reader, what was written waits for the hardware. Each of them sleeps on
 * the one queue of the device, and the interrupt that changes something wakes all of it. Of the routines
 * that a driver may have, this one can be told to lack any.
 *
 * Source: Linux 2.6.11, include/linux/fs.h, struct file_operations; drivers/char/lp.c, lp_open(),
 * lp_release(); 4.4BSD, sys/conf.h, struct cdevsw.
 */
import { failure, success, type DEVICE_ROUTINES, type Outcome } from '../../contract/index.ts';
import type { CharDriver } from './chrdev.ts';
import type { FileOperations, ReadErrno, Readiness, WriteErrno } from './file.ts';
import { ERESTARTSYS, type Restartable } from './interrupted-call.ts';
import { pollWait } from './poll-table.ts';
import type { Steps } from './processors.ts';
import type { Task } from './task.ts';
import { waitEvent, wakeUp, type WaitQueue } from './wait-queue.ts';

export type DeviceRoutine = (typeof DEVICE_ROUTINES)[number];

/** What a driver is told to be like. */
export interface CharDeviceOptions {
  readonly routines: ReadonlySet<DeviceRoutine | 'poll'>;
  /** Only one may have it open. */
  readonly exclusive: boolean;
  /** Octets that may wait for the hardware. */
  readonly room: number;
  /** Requests of its own: each answers its argument and this number. */
  readonly requests: ReadonlyMap<string, number>;
}

export interface CharDevice extends CharDriver, CharDeviceOptions {
  /** Octets that nobody has read. */
  readonly arrived: number[];
  /** Octets that the hardware has not taken. */
  waiting: number[];
  readonly wait: WaitQueue;
  /** Somebody has it open. @kernel LP_BUSY */
  busy: boolean;
  /** Routines that were called, until somebody takes note. */
  called: DeviceRoutine[];
}

export function newCharDevice(options: CharDeviceOptions): CharDevice {
  const state = { arrived: [], waiting: [], wait: [], busy: false, called: [] };
  return { owner: null, ...options, ...state };
}

/** @errors EBUSY — it is open, and for one only. @kernel lp_open */
export function deviceOpen(device: CharDevice): Outcome<Record<string, never>, 'EBUSY'> {
  if (!device.routines.has('open')) return success({});
  device.called.push('open');
  if (device.exclusive && device.busy) return failure('EBUSY');
  device.busy = true;
  return success({});
}

function* deviceRead(
  device: CharDevice,
  task: Task,
  count: number,
  nonblock: boolean,
): Steps<Restartable<Uint8Array, ReadErrno>> {
  device.called.push('read');
  const { arrived, wait } = device;
  const some = (): boolean => arrived.length > 0 || count === 0;
  if (nonblock && !some()) return failure('EAGAIN');
  const waiter = { task, exclusive: false };
  if ((yield* waitEvent(wait, waiter, 'interruptible', some)) === 'signal') return ERESTARTSYS;
  return success(Uint8Array.from(arrived.splice(0, count)));
}

/** @returns how many octets there was room for. */
function* deviceWrite(
  device: CharDevice,
  task: Task,
  octets: Uint8Array,
  nonblock: boolean,
): Steps<Restartable<number, WriteErrno>> {
  device.called.push('write');
  const { wait } = device;
  const some = (): boolean => roomIn(device) > 0 || octets.length === 0;
  if (nonblock && !some()) return failure('EAGAIN');
  const waiter = { task, exclusive: false };
  if ((yield* waitEvent(wait, waiter, 'interruptible', some)) === 'signal') return ERESTARTSYS;
  const put = octets.subarray(0, roomIn(device));
  device.waiting.push(...put);
  return success(put.length);
}

const roomIn = ({ room, waiting }: CharDevice): number => room - waiting.length;

function deviceIoctl(
  device: CharDevice,
  request: string,
  argument: number,
): Outcome<number, 'ENOTTY'> {
  device.called.push('ioctl');
  const adds = device.requests.get(request);
  return adds === undefined ? failure('ENOTTY') : success((argument + adds) | 0);
}

function devicePoll(device: CharDevice): Readiness[] {
  const readable = device.arrived.length > 0 ? (['IN'] as const) : [];
  return [...readable, ...(roomIn(device) > 0 ? (['OUT'] as const) : [])];
}

/** Octets have come in. */
export function deviceArrive(device: CharDevice, octets: Uint8Array): void {
  device.arrived.push(...octets);
  wakeUp(device.wait);
}

/** The hardware takes what waits. */
export function deviceTake(device: CharDevice): number[] {
  const taken = device.waiting;
  device.waiting = [];
  wakeUp(device.wait);
  return taken;
}

const ALL_OPERATIONS: Required<Omit<FileOperations<CharDevice>, 'llseek'>> = {
  read: ({ data, nonblock }, task, count) => deviceRead(data, task, count, nonblock),
  write: ({ data, nonblock }, task, octets) => deviceWrite(data, task, octets, nonblock),
  ioctl: ({ data }, request, argument) => deviceIoctl(data, request, argument),
  poll: ({ data }, table) => {
    pollWait(table, data.wait);
    return devicePoll(data);
  },
  release: ({ data }) => {
    data.called.push('release');
    data.busy = false;
  },
};

/** The table of a driver, with the routines that it has. */
export function deviceOperations({ routines }: CharDevice): FileOperations<CharDevice> {
  const has = Object.entries(ALL_OPERATIONS).filter(([name]) => routines.has(name as 'poll'));
  return Object.fromEntries(has);
}
