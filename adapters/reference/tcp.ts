/** Stream socket ports of the reference kernel: handles become sockets, addresses become numbers. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type {
  acceptAddress,
  Answer,
  Errno,
  Outcome,
  PortOf,
  tcp,
  tcpInfo,
  tcpMib,
  tcpQueues,
  tcpTrace,
  tcpTunables,
} from '../../contract/index.ts';
import { traceRoutines } from '../../reference/kernel/ftrace.ts';
import type { Restartable } from '../../reference/kernel/interrupted-call.ts';
import { runToEnd, type Steps } from '../../reference/kernel/processors.ts';
import type { Task } from '../../reference/kernel/task.ts';
import { addrText, inAddr } from '../../reference/net/bytes.ts';
import { NS_PER_MS } from '../../reference/net/clock.ts';
import type { Sock } from '../../reference/net/sock.ts';
import { moveAddrToUser, sockaddrIn } from '../../reference/net/sockaddr.ts';
import { ipv4Specific } from '../../reference/net/tcp/af-specific.ts';
import { tcpBind, tcpName, tcpPeer } from '../../reference/net/tcp/bind-call.ts';
import { tcpClose, tcpShutdown } from '../../reference/net/tcp/close.ts';
import { tcpStreamConnect } from '../../reference/net/tcp/connect.ts';
import { connections, runningTimers, windows } from '../../reference/net/tcp/info.ts';
import { acceptQueueLength, tcpListen } from '../../reference/net/tcp/listen.ts';
import { openTcp } from '../../reference/net/tcp/open.ts';
import { tcpPoll } from '../../reference/net/tcp/poll.ts';
import {
  atMark,
  readableOctets,
  tcpRecvmsg,
  type Reading,
} from '../../reference/net/tcp/recvmsg.ts';
import { requestOctets } from '../../reference/net/tcp/request.ts';
import { rttDeviation, smoothedRtt } from '../../reference/net/tcp/rtt.ts';
import { queuedOctets } from '../../reference/net/tcp/send-room.ts';
import { sysAccept } from '../../reference/net/tcp/sys-accept.ts';
import { sysSend, type SendCall } from '../../reference/net/tcp/sys-send.ts';
import { tcpGetOption, tcpSetOption } from '../../reference/net/tcp/tcp-option.ts';
import { TcpSock } from '../../reference/net/tcp/tcp-sock.ts';
import { setTunable } from '../../reference/net/tcp/tunables.ts';
import { unsentOctets } from '../../reference/net/tcp/unsent.ts';
import type { InetAddress } from '../../reference/net/udp.ts';
import { answeringOk } from './answering.ts';
import { mapped } from './interruptible.ts';
import type { Sockets } from './socket.ts';

type TcpPort = PortOf<typeof tcp>;
type Address = { readonly address: string; readonly port: number };
type Signal = 'SIGPIPE' | 'SIGURG';
type Caller = { readonly socket: string; readonly task: string };

const inet = ({ address, port }: Address): InetAddress => ({ address: inAddr(address), port });
const shown = ({ address, port }: InetAddress) => ({ address: addrText(address), port });

/** Errors of the kernel that a call of the contract may answer: the schema looks at the rest. */
const narrowed = <Value, To extends Errno>(outcome: Outcome<Value, Errno>): Outcome<Value, To> =>
  outcome as Outcome<Value, To>;

/** Signals that calls have raised, by task. */
class Raised {
  readonly #signals = new Map<string, Signal[]>();

  raise(task: string, signal: Signal): void {
    const signals = this.#signals.get(task) ?? [];
    signals.push(signal);
    this.#signals.set(task, signals);
  }

  take(task: string): Signal[] {
    const signals = this.#signals.get(task) ?? [];
    this.#signals.delete(task);
    return signals;
  }
}

/** A stream socket; another kind cannot do what only streams can. */
const isStream = (sk: Sock): sk is TcpSock => sk instanceof TcpSock;

export class Streams {
  readonly #raised = new Raised();
  readonly sockets: Sockets;

  constructor(sockets: Sockets) {
    this.sockets = sockets;
  }

  /** Does something with a stream socket, and then runs whoever that has woken. */
  with<Value, Failure extends Errno>(
    socket: string,
    work: (sk: TcpSock) => Outcome<Value, Errno>,
    otherwise: Errno = 'EOPNOTSUPP',
  ): Answer<Value, Failure> {
    return this.sockets.with(socket, (sk) =>
      isStream(sk) ? work(sk) : failure(otherwise),
    ) as Answer<Value, Failure>;
  }

  /** Makes a call for a task. */
  call<Value, Failure extends Errno>(
    { socket, task: name }: Caller,
    work: (sk: TcpSock, task: Task) => Steps<Restartable<Value, Errno>>,
    waitsFor: string,
  ): Answer<Value, Failure> {
    const inCall = (task: Task) => this.#inCall(socket, task, work);
    return this.sockets.calls.call(name, inCall, waitsFor) as Answer<Value, Failure>;
  }

  *#inCall<Value>(
    socket: string,
    task: Task,
    work: (sk: TcpSock, task: Task) => Steps<Restartable<Value, Errno>>,
  ): Steps<Restartable<Value, Errno>> {
    const sk = this.sockets.at(socket);
    if (sk === undefined) return failure('EBADF');
    if (!isStream(sk)) return failure('EOPNOTSUPP');
    this.#owns(sk, task);
    return yield* work(sk, task);
  }

  /** Who makes calls on a socket is told of urgent data. */
  #owns(sk: TcpSock, task: Task): void {
    sk.owner ??= task;
    sk.urgSignal ??= () => this.raise(sk.owner ?? task, 'SIGURG');
  }

  send<Failure extends Errno>({
    socket,
    task: name,
    ...args
  }: Caller & SendArgs): Answer<{ length: number }, Failure> {
    return this.call(
      { socket, task: name },
      (sk, task) =>
        mapped(
          sysSend(sk, task, sendCall(args), () => this.raise(task, 'SIGPIPE')),
          (length) => ({ length }),
        ),
      'room to send',
    );
  }

  /** @param shown - octets as they are to be answered. */
  receive<Octets, Failure extends Errno>(
    by: Caller,
    reading: Reading,
    shown: (octets: Uint8Array) => Octets,
  ): Answer<{ octets: Octets }, Failure> {
    const seen = (octets: Uint8Array) => ({ octets: shown(octets) });
    return this.call(by, (sk, task) => mapped(tcpRecvmsg(sk, task, reading), seen), 'data');
  }

  raise(task: Task, signal: Signal): void {
    this.#raised.raise(task.name, signal);
  }

  signals(task: string): Signal[] {
    return this.#raised.take(task);
  }
}

interface SendArgs {
  readonly octets: Uint8Array;
  readonly to?: Address | undefined;
  readonly more?: boolean | undefined;
  readonly outOfBand?: boolean | undefined;
  readonly noSignal?: boolean | undefined;
  readonly dontWait?: boolean | undefined;
}

function sendCall(args: SendArgs): SendCall {
  return {
    octets: args.octets,
    to: args.to === undefined ? undefined : inet(args.to),
    more: args.more ?? false,
    outOfBand: args.outOfBand ?? false,
    noSignal: args.noSignal ?? false,
    dontWait: args.dontWait ?? false,
  };
}

function tcpPort(streams: Streams): TcpPort {
  const { sockets } = streams;
  const { net, sleepers, calls } = sockets;
  return {
    open: () => sleepers.act(() => success(sockets.install(openTcp(net, ipv4Specific)))),
    bind: ({ socket, to, privileged = true }) =>
      streams.with(socket, (sk) => tcpBind(sk, inet(to), privileged)),
    listen: ({ socket, backlog }) => streams.with(socket, (sk) => tcpListen(sk, backlog)),
    accept: ({ dontWait = false, ...by }) =>
      streams.call(
        by,
        (sk, task) =>
          mapped(
            sysAccept(sk, task, dontWait, (from) => success(shown(from))),
            ({ child, told }) => ({ socket: sockets.install(child).socket, from: told }),
          ),
        'a connection',
      ),
    connect: ({ to, dontWait = false, ...by }) =>
      streams.call(
        by,
        (sk, task) => tcpStreamConnect(sk, task, to === null ? null : inet(to), dontWait),
        'the connection',
      ),
    send: ({ octets, ...args }) => streams.send({ ...args, octets: bytesOf(octets) }),
    receive: ({
      size,
      peek = false,
      waitAll = false,
      outOfBand = false,
      dontWait = false,
      ...by
    }) => streams.receive(by, { size, peek, waitAll, outOfBand, dontWait }, octetsOf),
    atMark: ({ socket }) =>
      streams.with(socket, (sk) =>
        sk.state === 'LISTEN' ? failure('EINVAL') : success({ atMark: atMark(sk) }),
      ),
    shutdown: ({ socket, how }) => streams.with(socket, (sk) => tcpShutdown(sk, how)),
    close: ({ socket, task: name }) => {
      const sk = sockets.at(socket);
      sockets.close(socket);
      return calls.call(
        name,
        function* (task): Steps<Outcome<Record<string, never>, Errno>> {
          if (sk === undefined || !isStream(sk)) return failure('EBADF');
          return yield* tcpClose(sk, task);
        },
        'the end of the connection',
      ) as ReturnType<TcpPort['close']>;
    },
    name: ({ socket }) => streams.with(socket, (sk) => success(shown(tcpName(sk)))),
    peer: ({ socket }) =>
      streams.with(socket, (sk) => {
        const peer = tcpPeer(sk);
        return 'ok' in peer ? success(shown(peer.ok)) : peer;
      }),
    setOption: ({ socket, option, value, privileged = true }) =>
      streams.with(socket, (sk) => {
        const set = tcpSetOption(sk, option, value, privileged);
        return 'ok' in set ? success({}) : narrowed(set);
      }),
    getOption: ({ socket, option }) =>
      streams.with(socket, (sk) => {
        const got = tcpGetOption(sk, option);
        return 'ok' in got ? success({ value: got.ok }) : narrowed(got);
      }),
    occupancy: ({ socket }) => streams.with(socket, occupancy),
    ready: ({ socket }) => streams.with(socket, (sk) => success(tcpPoll(sk))),
    interrupt: ({ task, restart }) => calls.interrupt(task, restart),
    signals: ({ task }) => answeringOk(() => ({ signals: streams.signals(task) })),
  };
}

function occupancy(sk: TcpSock) {
  if (sk.state === 'LISTEN') return failure('EINVAL');
  const [sending, unsent] = [queuedOctets(sk), unsentOctets(sk)];
  return success({ receiving: readableOctets(sk), sending, unsent });
}

function tcpInfoPort(streams: Streams): PortOf<typeof tcpInfo> {
  const { net } = streams.sockets;
  const inNs = (ms: number | null) => (ms === null ? null : Math.round(ms * NS_PER_MS));
  return {
    read: ({ socket }) =>
      streams.with(socket, (sk) =>
        success({
          state: sk.state,
          ...windows(sk),
          smoothedRtt: inNs(smoothedRtt(sk)),
          rttVariation: inNs(rttDeviation(sk)),
          retransmissionTimeout: sk.rtt.rto * NS_PER_MS,
          backoff: Math.min(sk.rtt.backoff, 64),
          retransmits: Math.min(sk.totalRetransmits, 1_000_000),
          congestionControl: sk.congestionName,
          timers: runningTimers(sk),
        }),
      ),
    connections: () =>
      answeringOk(() => ({
        connections: connections(net).map(({ state, local, peer }) => ({
          state,
          local: shown(local),
          peer: shown(peer),
        })),
      })),
  };
}

function tcpQueuesPort(streams: Streams): PortOf<typeof tcpQueues> {
  const { net } = streams.sockets;
  const cost = requestOctets(net);
  return {
    read: ({ socket }) =>
      streams.with(
        socket,
        ({ listening }) => {
          if (listening === null) return failure('EINVAL');
          const { synQueue, backlog } = listening;
          return success({
            incomplete: synQueue.length,
            complete: acceptQueueLength(listening),
            backlog,
            octets: synQueue.length * cost,
            lookups: synQueue.lookups,
            probes: synQueue.probes,
            chains: synQueue.chains.length,
            accepts: listening.accepts,
            acceptProbes: listening.acceptProbes,
          });
        },
        'EINVAL',
      ),
  };
}

function tcpTracePort(streams: Streams): PortOf<typeof tcpTrace> {
  const { sleepers } = streams.sockets;
  return {
    send: ({ socket, task: name, octets }) =>
      streams.with(socket, (sk) => {
        const task = sleepers.task(name);
        let sent: Restartable<number, Errno> = failure('EAGAIN');
        const call = sendCall({ octets: bytesOf(octets), dontWait: true });
        const entered = traceRoutines(() => {
          sent = runToEnd(sysSend(sk, task, call, () => streams.raise(task, 'SIGPIPE')));
        });
        const result = sent as Restartable<number, Errno>;
        if (typeof result === 'symbol') return failure('EAGAIN');
        if (!('ok' in result)) return result;
        return success({ length: result.ok, entered: entered.map(({ routine }) => routine) });
      }),
  };
}

const ADDRESS_MEMORY = 144;
const UNTOUCHED = 0xa5;

function acceptAddressPort(streams: Streams): PortOf<typeof acceptAddress> {
  const { profile } = streams.sockets.net;
  return {
    accept: ({ fromLength, ...by }) => {
      const memory = new Uint8Array(ADDRESS_MEMORY).fill(UNTOUCHED);
      const tell = (from: InetAddress) =>
        moveAddrToUser(profile, sockaddrIn(profile, from), memory, fromLength);
      return streams.call(
        by,
        (sk, task) =>
          mapped(sysAccept(sk, task, true, tell), ({ child, told }) => ({
            ...streams.sockets.install(child),
            memory: octetsOf(memory),
            fromLength: told,
          })),
        'a connection',
      );
    },
  };
}

export function tcpPorts(streams: Streams) {
  const { net } = streams.sockets;
  return {
    tcp: tcpPort(streams),
    'accept-address': acceptAddressPort(streams),
    'tcp-info': tcpInfoPort(streams),
    'tcp-queues': tcpQueuesPort(streams),
    'tcp-mib': {
      read: () => answeringOk(() => ({ counters: { ...net.tcp.counters } })),
    } satisfies PortOf<typeof tcpMib>,
    'tcp-trace': tcpTracePort(streams),
    'tcp-tunables': {
      set: ({ tunable, value }) =>
        answeringOk(() => ({
          taken: setTunable(net.tcp.tunables, net.profile, tunable, value),
        })),
    } satisfies PortOf<typeof tcpTunables>,
  };
}
