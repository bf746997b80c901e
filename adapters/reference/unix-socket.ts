/** The port of local sockets of the reference kernel: handles become sockets. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type { Answer, Errno, Outcome, PortOf, Profile, unixSocket } from '../../contract/index.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import type { Restartable } from '../../reference/kernel/interrupted-call.ts';
import type { Task } from '../../reference/kernel/task.ts';
import { linuxFamily } from '../../reference/net/unix/af-unix.ts';
import type { Call, UnixFamily } from '../../reference/net/unix/family.ts';
import { makeNode, rename, unlink, type Directory } from '../../reference/net/unix/socket-file.ts';
import { bsdFamily } from '../../reference/net/unix/uipc.ts';
import { UnknownHandle } from './answering.ts';
import { mapped, type Interruptible } from './interruptible.ts';
import type { Sleepers } from './sleeping.ts';

type UnixPort = PortOf<typeof unixSocket>;
type Signals = ('SIGPIPE' | 'SIGUSR1')[];

/** An open file: calls under way hold it as its descriptor does. @kernel struct file */
interface OpenSocket<Socket> {
  readonly socket: Socket;
  references: number;
  closed: boolean;
}

/** The sockets of one boot; a closed one keeps its handle, so that its use is noticed. */
class OpenSockets<Socket> {
  readonly #files = new Map<string, OpenSocket<Socket>>();
  readonly #release: (socket: Socket) => void;

  constructor(release: (socket: Socket) => void) {
    this.#release = release;
  }

  install(socket: Socket): string {
    const handle = `unix-${this.#files.size + 1}`;
    this.#files.set(handle, { socket, references: 1, closed: false });
    return handle;
  }

  /** Undefined when it was closed. @throws UnknownHandle — there never was one. */
  at(handle: string): OpenSocket<Socket> | undefined {
    const file = this.#files.get(handle);
    if (file === undefined) throw new UnknownHandle(`there is no socket "${handle}"`);
    return file.closed ? undefined : file;
  }

  put(file: OpenSocket<Socket>): void {
    file.references--;
    if (file.references === 0) this.#release(file.socket);
  }

  /** Holds a socket open as long as a call is under way in it. */
  *holding<Value>(handle: string, work: (socket: Socket) => Call<Value>): Call<Value> {
    const file = this.at(handle);
    if (file === undefined) return failure('EBADF');
    file.references++;
    try {
      return yield* work(file.socket);
    } finally {
      this.put(file);
    }
  }
}

/** Errors of the kernel that a call of the contract may answer: the schema looks at the rest. */
const narrowed = <Value, To extends Errno>(outcome: Outcome<Value, Errno>): Outcome<Value, To> =>
  outcome as Outcome<Value, To>;

function portOf<Socket>(
  family: UnixFamily<Socket>,
  directory: Directory<Socket>,
  sleepers: Sleepers,
  calls: Interruptible,
): UnixPort {
  const open = new OpenSockets<Socket>((socket) => family.release(socket));
  const onSocket = <Value, Failure extends Errno>(
    socket: string,
    work: (sk: Socket) => Outcome<Value, Errno>,
  ): Answer<Value, Failure | 'EBADF'> =>
    sleepers.act<Value, Failure | 'EBADF'>(() => {
      const file = open.at(socket);
      return file === undefined ? failure('EBADF') : narrowed(work(file.socket));
    });
  const inCall = <Value, To, Failure extends Errno>(
    socket: string,
    task: string,
    work: (sk: Socket, by: Task) => Call<Value>,
    turn: (value: Value) => To,
    waitsFor: string,
  ): Answer<To, Failure | 'EINTR'> =>
    calls.call(
      task,
      (by) =>
        mapped(
          open.holding(socket, (sk) => work(sk, by)),
          turn,
        ) as Steps<Restartable<To, Failure>>,
      waitsFor,
    );
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
      inCall(
        socket,
        task,
        (sk, by) => family.connect(sk, by, to, nonblock),
        (done) => done,
        'room in the queue of the listener',
      ),
    accept: ({ socket, task, nonblock = false }) =>
      inCall(
        socket,
        task,
        (sk, by) => family.accept(sk, by, nonblock),
        ({ socket: end, from }) => ({ socket: open.install(end), from }),
        'a connection',
      ),
    send: ({ socket, task, octets, to = null, nonblock = false, noSignal = false }) =>
      inCall(
        socket,
        task,
        (sk, by) => family.send(sk, by, { octets: bytesOf(octets), to, nonblock, noSignal }),
        (length) => ({ length }),
        'room to send',
      ),
    receive: ({ socket, task, size, peek = false, nonblock = false }) =>
      inCall(
        socket,
        task,
        (sk, by) => family.receive(sk, by, { size, peek, nonblock }),
        ({ octets, ...how }) => ({ octets: octetsOf(octets), ...how }),
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
        const file = open.at(socket);
        if (file === undefined) return failure('EBADF');
        file.closed = true;
        open.put(file);
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

export function unixSocketPort(
  profile: Profile,
  sleepers: Sleepers,
  calls: Interruptible,
): UnixPort {
  if (profile === 'bsd-4.4') {
    const directory: Parameters<typeof bsdFamily>[0] = new Map();
    return portOf(bsdFamily(directory), directory, sleepers, calls);
  }
  const directory: Parameters<typeof linuxFamily>[1] = new Map();
  return portOf(linuxFamily(profile, directory), directory, sleepers, calls);
}
