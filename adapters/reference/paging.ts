/** Paging port of the reference kernel: an access is cut at the borders of pages. */
import {
  bytesOf,
  failure,
  octetsOf,
  success,
  type Errno,
  type Outcome,
  type paging,
  type PortOf,
  type Profile,
} from '../../contract/index.ts';
import {
  exitProcess,
  isResident,
  mapMemory,
  newPagingMachine,
  touchPage,
  type AddressSpace,
  type PagingEvent,
  type PagingMachine,
  type Signal,
} from '../../reference/kernel/paging.ts';
import { answering, answeringOk } from './answering.ts';

type Port = PortOf<typeof paging>;

/** A machine that is there before anybody boots one. */
const AT_FIRST = { frames: 16, pageOctets: 4096, swapPages: 64 };

/** Behind the last address comes the first. */
const ADDRESSES = 2 ** 32;

interface Access {
  octets: string;
  signal: Signal | null;
  trace: PagingEvent[];
}

/** @param written - what is written; left out: the octets are read. */
function access(
  machine: PagingMachine,
  process: AddressSpace,
  at: number,
  length: number,
  written?: Uint8Array,
): Access {
  const { pageOctets } = machine;
  let octets = '';
  let signal: Signal | null = null;
  machine.trace = [];
  for (let done = 0; done < length;) {
    const frame = touchPage(machine, process, (at + done) % ADDRESSES, written !== undefined);
    if (typeof frame === 'string') {
      signal = frame;
      break;
    }
    const within = (at + done) % pageOctets;
    const piece = frame.octets.subarray(
      within,
      within + Math.min(pageOctets - within, length - done),
    );
    if (written !== undefined) piece.set(written.subarray(done, done + piece.length));
    octets += octetsOf(piece);
    done += piece.length;
  }
  return { octets, signal, trace: machine.trace };
}

export function pagingPorts(profile: Profile): { paging: Port } {
  // A write to a read-only page is a protection failure, which 4.4BSD tells from a missing page.
  const protection = profile === 'bsd-4.4' ? 'SIGBUS' : 'SIGSEGV';
  const boot = ({ frames, pageOctets, swapPages }: typeof AT_FIRST) =>
    newPagingMachine(frames, pageOctets, swapPages, protection);
  let machine = boot(AT_FIRST);

  const on = <Value, Failure extends Errno>(
    name: string,
    work: (process: AddressSpace) => Outcome<Value, Failure>,
  ) =>
    answering((): Outcome<Value, Failure | 'ESRCH'> => {
      const process = machine.processes.get(name);
      return process === undefined ? failure('ESRCH') : work(process);
    });

  return {
    paging: {
      boot: (size) =>
        answeringOk(() => {
          machine = boot(size);
          return {};
        }),
      file: ({ name, octets }) =>
        answering(() => {
          if (machine.files.has(name)) return failure('EEXIST');
          machine.files.set(name, bytesOf(octets));
          return success({});
        }),
      map: ({ process, access: may, ...mapping }) =>
        answering(() =>
          mapMemory(machine, process, { ...mapping, writable: may === 'read-write' }),
        ),
      read: ({ process, at, length }) =>
        on(process, (space) => success(access(machine, space, at, length))),
      write: ({ process, at, octets }) =>
        on(process, (space) => {
          const bytes = bytesOf(octets);
          return success(access(machine, space, at, bytes.length, bytes));
        }),
      resident: ({ process, at, pages }) =>
        on(process, (space) => {
          if (at % machine.pageOctets !== 0) return failure('EINVAL');
          const addresses = Array.from(
            { length: pages },
            (_, nth) => at + nth * machine.pageOctets,
          );
          return success({ pages: addresses.map((each) => isResident(machine, space, each)) });
        }),
      usage: ({ process }) =>
        on(process, ({ majorFaults, minorFaults }) => success({ majorFaults, minorFaults })),
      exit: ({ process }) =>
        on(process, (space) => {
          exitProcess(machine, space);
          return success({});
        }),
    },
  };
}
