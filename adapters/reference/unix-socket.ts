/** The port of local sockets of the reference kernel: handles become sockets. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type { Answer, Errno, Outcome, PortOf, Profile, unixSocket } from '../../contract/index.ts';
import { linuxFamily } from '../../reference/net/unix/af-unix.ts';
import type { UnixFamily } from '../../reference/net/unix/family.ts';
import { makeNode, rename, unlink, type Directory } from '../../reference/net/unix/socket-file.ts';
import { bsdFamily } from '../../reference/net/unix/uipc.ts';
import { descriptorPassingPort } from './descriptor-passing.ts';
import type { Interruptible } from './interruptible.ts';
import { localTargets } from './local-targets.ts';
import { OpenSockets } from './open-sockets.ts';
import type { Sleepers } from './sleeping.ts';

type UnixPort = PortOf<typeof unixSocket>;
type Signals = ('SIGPIPE' | 'SIGUSR1')[];

/** Errors of the kernel that a call of the contract may answer: the schema looks at the rest. */
const narrowed = <Value, To extends Errno>(outcome: Outcome<Value, Errno>): Outcome<Value, To> =>
  outcome as Outcome<Value, To>;

function portOf<Socket>(
  family: UnixFamily<Socket>,
  open: OpenSockets<Socket>,
  directory: Directory<Socket>,
  sleepers: Sleepers,
  calls: Interruptible,
): UnixPort {
  const onSocket = <Value, Failure extends Errno>(
    socket: string,
    work: (sk: Socket) => Outcome<Value, Errno>,
  ): Answer<Value, Failure | 'EBADF'> =>
    sleepers.act<Value, Failure | 'EBADF'>(() => {
      const descriptor = open.at(socket);
      return descriptor === undefined ? failure('EBADF') : narrowed(work(descriptor.socket));
    });
  const inDirectory = <Failure extends Errno>(work: () => Outcome<unknown, Failure>) =>
    sleepers.act(() => {
      const done = work();
      return 'ok' in done ? success({}) : done;
    });
  return {
    open: ({ type }) =>
      sleepers.act(() => {
        const made = family.create(type);
        return 'ok' in made ? success({ socket: open.install(made.ok) }) : narrowed(made);
      }),
    pair: ({ type, task }) =>
      sleepers.act(() => {
        const made = family.pair(type, sleepers.task(task));
        if (!('ok' in made)) return narrowed(made);
        const [first, second] = made.ok;
        return success({ first: open.install(first), second: open.install(second) });
      }),
    bind: ({ socket, to }) => onSocket(socket, (sk) => family.bind(sk, to)),
    listen: ({ socket, task, backlog }) =>
      onSocket(socket, (sk) => family.listen(sk, sleepers.task(task), backlog)),
    connect: ({ socket, task, to, nonblock = false }) =>
      open.call(
        { socket, task },
        (sk, by) => family.connect(sk, by, to, nonblock),
        (done) => done,
        'room in the queue of the listener',
      ),
    accept: ({ socket, task, nonblock = false }) =>
      open.call(
        { socket, task },
        (sk, by) => family.accept(sk, by, nonblock),
        ({ socket: end, from }) => ({ socket: open.install(end), from }),
        'a connection',
      ),
    send: ({ socket, task, octets, to = null, nonblock = false, noSignal = false }) =>
      open.call(
        { socket, task },
        (sk, by) => {
          const message = { octets: bytesOf(octets), to, nonblock, noSignal, rights: [] };
          return family.send(sk, by, message);
        },
        (length) => ({ length }),
        'room to send',
      ),
    receive: ({ socket, task, size, peek = false, nonblock = false }) =>
      open.call(
        { socket, task },
        (sk, by) => family.receive(sk, by, { size, peek, nonblock }),
        ({ octets, rights, ...how }) => {
          family.pass(rights, null);
          return { octets: octetsOf(octets), ...how };
        },
        'something to receive',
      ),
    name: ({ socket }) => onSocket(socket, (sk) => success({ name: family.name(sk) })),
    peer: ({ socket }) =>
      onSocket(socket, (sk) => {
        const peer = family.peer(sk);
        return 'ok' in peer ? success({ name: peer.ok }) : peer;
      }),
    setOption: ({ socket, option, value }) =>
      onSocket(socket, (sk) => family.setOption(sk, option, value)),
    getOption: ({ socket, option }) =>
      onSocket(socket, (sk) => {
        const got = family.getOption(sk, option);
        return 'ok' in got ? success({ value: got.ok }) : got;
      }),
    shutdown: ({ socket, how }) => onSocket(socket, (sk) => family.shutdown(sk, how)),
    close: ({ socket }) =>
      sleepers.act(() => {
        const descriptor = open.at(socket);
        if (descriptor === undefined) return failure('EBADF');
        open.close(descriptor);
        return success({});
      }),
    makeFile: ({ path }) =>
      inDirectory(() => makeNode(directory, path, { kind: 'file', socket: null })),
    unlink: ({ path }) => inDirectory(() => unlink(directory, path)),
    rename: ({ from, to }) => inDirectory(() => rename(directory, from, to)),
    interrupt: ({ task, restart }) => calls.interrupt(task, restart),
    signals: ({ task }) => sleepers.act(() => success({ signals: calls.handled(task) as Signals })),
  };
}

function localSocketsOf<Socket>(
  family: UnixFamily<Socket>,
  directory: Directory<Socket>,
  sleepers: Sleepers,
  calls: Interruptible,
) {
  const open = new OpenSockets(family, calls);
  const ports = {
    'unix-socket': portOf(family, open, directory, sleepers, calls),
    'descriptor-passing': descriptorPassingPort(family, open),
  };
  return { ports, targets: localTargets(family, open) };
}

/** The local sockets of one boot. */
export function localSockets(profile: Profile, sleepers: Sleepers, calls: Interruptible) {
  if (profile === 'bsd-4.4') {
    const directory: Parameters<typeof bsdFamily>[0] = new Map();
    return localSocketsOf(bsdFamily(directory), directory, sleepers, calls);
  }
  const directory: Parameters<typeof linuxFamily>[1] = new Map();
  return localSocketsOf(linuxFamily(profile, directory), directory, sleepers, calls);
}
