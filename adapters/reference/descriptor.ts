/** Descriptor, device and select ports of the reference kernel: names of tasks become tables. */
import {
  bytesOf,
  failure,
  octetsOf,
  success,
  type Answer,
  type characterDevice,
  type descriptor,
  type openFiles,
  type PortOf,
  type Profile,
  type select,
} from '../../contract/index.ts';
import {
  deviceArrive,
  deviceTake,
  newCharDevice,
  type CharDevice,
} from '../../reference/kernel/char-device.ts';
import { registerChrdev, type DeviceTable } from '../../reference/kernel/chrdev.ts';
import type { FileRules, OpenFiles } from '../../reference/kernel/file.ts';
import {
  closeAll,
  closeDescriptor,
  copyFileTable,
  dupDescriptor,
  dupDescriptorTo,
  fileAt,
  newFileTable,
  type FileTable,
} from '../../reference/kernel/file-table.ts';
import {
  sysOpen,
  sysPipe,
  type DeviceFileRules,
  type NameSpace,
} from '../../reference/kernel/open.ts';
import { sysIoctl, sysLseek, sysRead, sysWrite } from '../../reference/kernel/read-write.ts';
import { sysSelect, type SelectRules } from '../../reference/kernel/select.ts';
import { outcomeAs, UnknownHandle } from './answering.ts';
import type { Mounted } from './file-system.ts';
import { mapped, type Interruptible } from './interruptible.ts';
import { pipeRules } from './pipe.ts';
import type { Sleepers } from './sleeping.ts';
import { passTime, type Terminals } from './terminal.ts';

type DescriptorPort = PortOf<typeof descriptor>;
type OpenFilesPort = PortOf<typeof openFiles>;
type DevicePort = PortOf<typeof characterDevice>;
type SelectPort = PortOf<typeof select>;

/** What descriptors lead to, and what tasks sleep in. */
interface Surroundings {
  readonly mounted: Mounted;
  readonly terminals: Terminals;
  readonly sleepers: Sleepers;
  readonly calls: Interruptible;
}

interface Rules extends FileRules, SelectRules, DeviceFileRules {
  readonly unknownPipeRequest: 'EINVAL' | 'ENOTTY' | 'EOPNOTSUPP';
  /** Whether select takes what has passed off the caller's timeout. */
  readonly updatesTimeout: boolean;
  /** How many descriptors a task may have at first. */
  readonly limit: number;
}

const LINUX_2_6: Rules = {
  withoutReadOrWrite: 'EINVAL',
  withoutSeek: 'moves',
  withoutPoll: ['IN', 'OUT'],
  negativeBound: 'EINVAL',
  tty: { unknownRequest: 'EINVAL', refusesToSeek: true },
  nullRewinds: true,
  unknownPipeRequest: 'EINVAL',
  updatesTimeout: true,
  limit: 1024,
};

const RULES: Readonly<Record<Profile, Rules>> = {
  notes: LINUX_2_6,
  'linux-2.6.11': LINUX_2_6,
  'linux-6': {
    ...LINUX_2_6,
    withoutSeek: 'ESPIPE',
    tty: { unknownRequest: 'ENOTTY', refusesToSeek: true },
    unknownPipeRequest: 'ENOTTY',
  },
  'bsd-4.4': {
    withoutReadOrWrite: 'ENODEV',
    withoutSeek: 'moves below zero too',
    withoutPoll: ['IN', 'OUT', 'PRI'],
    negativeBound: 'none',
    tty: { unknownRequest: 'ENOTTY', refusesToSeek: false },
    nullRewinds: false,
    unknownPipeRequest: 'EOPNOTSUPP',
    updatesTimeout: false,
    limit: 64,
  },
};

/** The tables of all tasks, and what paths lead to. */
export class Descriptors {
  readonly devices: DeviceTable<CharDevice> = new Map();
  readonly rules: Rules;
  readonly profile: Profile;
  /** Of all tasks; at first there is no limit that matters. */
  readonly system: OpenFiles = { open: 0, most: Infinity };
  readonly #tables = new Map<string, FileTable>();
  readonly #around: Surroundings;

  constructor(profile: Profile, around: Surroundings) {
    this.profile = profile;
    this.rules = RULES[profile];
    this.#around = around;
  }

  spaceOf(task: string): NameSpace {
    const { devices, rules } = this;
    const { mounted, terminals } = this.#around;
    const ttyNamed = (name: string) => terminals.at(name);
    return { fs: mounted.askedBy(mounted.usageOf(task)), ttyNamed, devices, rules };
  }

  /** The table of a task that makes a call, and is charged for it. */
  of(task: string): FileTable {
    const { mounted } = this.#around;
    mounted.askedBy(mounted.usageOf(task));
    const table = this.#tables.get(task) ?? newFileTable(this.rules.limit, this.system);
    this.#tables.set(task, table);
    return table;
  }

  end(task: string): void {
    const table = this.#tables.get(task);
    this.#tables.delete(task);
    if (table !== undefined) closeAll(table);
    this.#around.mounted.endUsage(task);
  }

  fork(task: string, child: string): void {
    const copied = copyFileTable(this.of(task));
    this.end(child);
    this.#tables.set(child, copied);
  }

  /** @throws UnknownHandle — there is no such driver. */
  device(name: string): CharDevice {
    const device = this.devices.get(name);
    if (device === undefined) throw new UnknownHandle(`there is no device "${name}"`);
    return device;
  }
}

const asDescriptor = (fd: number) => ({ fd });

function nothing(sleepers: Sleepers, work: () => void): Answer<Record<string, never>> {
  return sleepers.act(() => {
    work();
    return success({});
  });
}

function tableMethods(open: Descriptors, sleepers: Sleepers) {
  return {
    limit: ({ task, descriptors }) =>
      nothing(sleepers, () => {
        open.of(task).limit = descriptors;
      }),
    open: ({ task, path, mode, flags }) =>
      sleepers.act(() => {
        const nonblock = flags.includes('O_NONBLOCK');
        const others = new Set(flags.filter((flag) => flag !== 'O_NONBLOCK'));
        const opening = { mode, flags: others, nonblock };
        return outcomeAs(sysOpen(open.of(task), open.spaceOf(task), path, opening), asDescriptor);
      }),
    pipe: ({ task }) =>
      sleepers.act(() => {
        const { profile, rules } = open;
        const made = sysPipe(open.of(task), pipeRules(profile), rules.unknownPipeRequest);
        return outcomeAs(made, ([reader, writer]) => ({ reader, writer }));
      }),
    dup: ({ task, fd }) =>
      sleepers.act(() => outcomeAs(dupDescriptor(open.of(task), fd), asDescriptor)),
    dup2: ({ task, fd, to }) =>
      sleepers.act(() => outcomeAs(dupDescriptorTo(open.of(task), fd, to), asDescriptor)),
    close: ({ task, fd }) => sleepers.act(() => closeDescriptor(open.of(task), fd)),
    fork: ({ task, child }) => nothing(sleepers, () => open.fork(task, child)),
    exit: ({ task }) => nothing(sleepers, () => open.end(task)),
  } satisfies Partial<DescriptorPort>;
}

function genericMethods(open: Descriptors, sleepers: Sleepers, calls: Interruptible) {
  const { rules } = open;
  return {
    read: ({ task, fd, count }) =>
      calls.call(
        task,
        (by) =>
          mapped(sysRead(open.of(task), by, fd, count, rules), (octets) => ({
            octets: octetsOf(octets),
          })),
        `descriptor ${fd} to be read`,
      ),
    write: ({ task, fd, octets }) =>
      calls.call(
        task,
        (by) =>
          mapped(sysWrite(open.of(task), by, fd, bytesOf(octets), rules), (length) => ({ length })),
        `descriptor ${fd} to be written`,
      ),
    lseek: ({ task, fd, offset, whence }) =>
      sleepers.act(() =>
        outcomeAs(sysLseek(open.of(task), fd, offset, whence, rules), (moved) => ({
          offset: moved,
        })),
      ),
    ioctl: ({ task, fd, request, argument = 0 }) =>
      sleepers.act(() =>
        outcomeAs(sysIoctl(open.of(task), fd, request, argument), (value) => ({ value })),
      ),
    setFlags: ({ task, fd, nonblock }) =>
      sleepers.act(() => {
        const file = fileAt(open.of(task), fd);
        if (!('ok' in file)) return failure('EBADF');
        file.ok.nonblock = nonblock;
        return success({});
      }),
  } satisfies Partial<DescriptorPort>;
}

type Signals = ('SIGPIPE' | 'SIGUSR1')[];

function descriptorPort(open: Descriptors, { sleepers, calls }: Surroundings): DescriptorPort {
  return {
    ...tableMethods(open, sleepers),
    ...genericMethods(open, sleepers, calls),
    interrupt: ({ task, restart }) => calls.interrupt(task, restart),
    signals: ({ task }) => sleepers.act(() => success({ signals: calls.handled(task) as Signals })),
  };
}

function devicePort(open: Descriptors, { sleepers }: Surroundings): DevicePort {
  return {
    register: ({ device, routines, exclusive, room, requests }) =>
      sleepers.act(() => {
        const adds = new Map(requests.map(({ request, adds }) => [request, adds]));
        const options = { routines: new Set(routines), exclusive, room, requests: adds };
        return registerChrdev(open.devices, device, newCharDevice(options));
      }),
    arrive: ({ device, octets }) =>
      nothing(sleepers, () => deviceArrive(open.device(device), bytesOf(octets))),
    take: ({ device }) =>
      sleepers.act(() => success({ octets: octetsOf(deviceTake(open.device(device))) })),
    routines: ({ device: name }) =>
      sleepers.act(() => {
        const device = open.device(name);
        const { called } = device;
        device.called = [];
        return success({ called });
      }),
  };
}

function selectPort(open: Descriptors, { sleepers, calls, terminals }: Surroundings): SelectPort {
  const { clock } = terminals;
  const { rules } = open;
  return {
    select: ({ task, read, write, except, nfds, timeoutMs }) => {
      const sets = { read, write, except };
      const bound = nfds ?? Math.max(-1, ...read, ...write, ...except) + 1;
      const begunMs = clock.nowMs;
      const atMs = timeoutMs === undefined ? Infinity : begunMs + timeoutMs;
      const timeout = () => {
        if (timeoutMs === undefined) return {};
        const leftMs = Math.max(0, Math.floor(atMs - clock.nowMs));
        return { timeoutMs: rules.updatesTimeout ? leftMs : timeoutMs };
      };
      const answer = (ready: typeof sets) => ({
        count: ready.read.length + ready.write.length + ready.except.length,
        ...ready,
        ...timeout(),
      });
      return calls.call(
        task,
        (by) => mapped(sysSelect(open.of(task), by, bound, sets, clock, atMs, rules), answer),
        'a descriptor to be ready',
      );
    },
    advance: ({ ms }) => passTime(terminals, sleepers, ms),
  };
}

function openFilesPort({ system }: Descriptors, { sleepers }: Surroundings): OpenFilesPort {
  return {
    limit: ({ files }) =>
      nothing(sleepers, () => {
        system.most = files;
      }),
  };
}

export function descriptorPorts(open: Descriptors, around: Surroundings) {
  return {
    'open-files': openFilesPort(open, around),
    descriptor: descriptorPort(open, around),
    'character-device': devicePort(open, around),
    select: selectPort(open, around),
  };
}
