/** Calls with a pointer that leads nowhere, on the sockets of the reference kernel. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type { Errno, faultingAddress, Outcome, PortOf, Profile } from '../../contract/index.ts';
import type { Restartable } from '../../reference/kernel/interrupted-call.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import { sendSignal, type Task } from '../../reference/kernel/task.ts';
import { inetRecvmsg, inetSendmsg } from '../../reference/net/inet-proto.ts';
import { sockaddrIn } from '../../reference/net/sockaddr.ts';
import { peerName, sockName } from '../../reference/net/socket.ts';
import { sockError, type Sock } from '../../reference/net/sock.ts';
import { tcpName, tcpPeer } from '../../reference/net/tcp/bind-call.ts';
import { tcpRecvmsg } from '../../reference/net/tcp/recvmsg.ts';
import { sysAccept } from '../../reference/net/tcp/sys-accept.ts';
import { sysSend } from '../../reference/net/tcp/sys-send.ts';
import { TcpSock } from '../../reference/net/tcp/tcp-sock.ts';
import type { InetAddress } from '../../reference/net/udp.ts';
import {
  addressFromNowhere,
  beginAccept,
  nameToNowhere,
  optionFromNowhere,
  optionToNowhere,
  receiveToNowhere,
  sendFromNowhere,
  tell,
  type Lookup,
  type Told,
} from '../../reference/net/user-pointers.ts';
import { mapped, type Interruptible } from './interruptible.ts';
import type { Sleepers } from './sleeping.ts';
import { narrowed, type Sockets } from './socket.ts';

type Port = PortOf<typeof faultingAddress>;

const ADDRESS = 16;
const UNTOUCHED = 0xa5;

/** What calls with pointers need of a socket, whatever its family. */
export interface Target {
  send(task: Task, sending: Sending): Steps<Restartable<number, Errno>>;
  /** The address of the sender is as the program sees it; null where none is told. */
  receive(task: Task, reading: Reading): Steps<Restartable<Received, Errno>>;
  /** @param tell - gives the program the address of who was accepted. */
  accept(task: Task, tell: Tell): Steps<Restartable<{ readonly socket: string }, Errno>>;
  name(): Outcome<Uint8Array, Errno>;
  peer(): Outcome<Uint8Array, Errno>;
  forgetError(): void;
}

export interface Sending {
  readonly octets: Uint8Array;
  readonly mapped: number;
  readonly more: boolean;
}

export interface Reading {
  readonly size: number;
  readonly mapped: number | undefined;
  readonly peek: boolean;
  readonly outOfBand: boolean;
}

interface Received {
  readonly octets: Uint8Array;
  readonly from: Uint8Array | null;
}

export type Tell = (address: Uint8Array) => Outcome<unknown, Errno>;

/** The socket of a handle. @throws UnknownHandle — there never was one. */
export type Targets = (socket: string) => Target | undefined;

const isStream = (sk: Sock): sk is TcpSock => sk instanceof TcpSock;

/** Sockets of IP. */
export function inetTargets(sockets: Sockets): Targets {
  const { profile } = sockets.net;
  const shown = (address: InetAddress) => sockaddrIn(profile, address);
  return (socket) => {
    const sk = sockets.at(socket);
    if (sk === undefined) return undefined;
    return {
      *send(task, sending) {
        const message = { ...sending, to: undefined, outOfBand: false, dontWait: true };
        if (!isStream(sk)) return yield* inetSendmsg(sk, task, message);
        const raise = () => sendSignal(task, 'SIGPIPE');
        return yield* sysSend(sk, task, { ...message, noSignal: false }, raise);
      },
      *receive(task, { outOfBand, ...reading }) {
        if (isStream(sk)) {
          const how = { ...reading, outOfBand, waitAll: false, dontWait: true };
          return yield* mapped(tcpRecvmsg(sk, task, how), (octets) => ({ octets, from: null }));
        }
        const call = inetRecvmsg(sk, task, { ...reading, dontWait: true });
        return yield* mapped(call, ({ octets, from }) => ({
          octets,
          from: from === null ? null : shown(from),
        }));
      },
      *accept(task, tell) {
        if (!isStream(sk)) return failure('EOPNOTSUPP');
        const call = sysAccept(sk, task, true, (peer) => tell(shown(peer)));
        return yield* mapped(call, ({ child }) => sockets.install(child));
      },
      name: () => success(shown(isStream(sk) ? tcpName(sk) : sockName(sk))),
      peer() {
        const peer = isStream(sk) ? tcpPeer(sk) : peerName(sk);
        return 'ok' in peer ? success(shown(peer.ok)) : peer;
      },
      forgetError: () => sockError(sk),
    };
  };
}

const room = (nowhere: string, length = ADDRESS): Told => ({
  address: nowhere === 'address' ? null : new Uint8Array(ADDRESS).fill(UNTOUCHED),
  length: nowhere.endsWith('-length') ? null : length,
});

const nothing = <To extends Errno>(outcome: Outcome<unknown, Errno>) =>
  narrowed<Record<string, never>, To>('ok' in outcome ? success({}) : outcome);

export function faultingAddressPort(
  profile: Profile,
  { sleepers, calls, targets }: { sleepers: Sleepers; calls: Interruptible; targets: Targets },
): Port {
  const given = new Map<string, Told>();
  const lookupOf = (socket: string): Lookup<Target> => {
    const target = targets(socket);
    return () => (target === undefined ? failure('EBADF') : success(target));
  };
  const gives = (task: string, told: Told): Told => {
    given.set(task, told);
    return told;
  };
  const fromNowhere: Port['bind'] = ({ socket, length }) =>
    sleepers.act(() => nothing(addressFromNowhere(profile, lookupOf(socket), length)));
  return {
    bind: fromNowhere,
    connect: fromNowhere,
    send: ({ socket, task: name, octets, missing, nowhere, more = false }) => {
      const there = bytesOf(octets);
      const whole = new Uint8Array(there.length + missing);
      whole.set(there);
      const sending = { octets: whole, mapped: there.length, more };
      const lookup = lookupOf(socket);
      return calls.call(
        name,
        (task) =>
          mapped(
            sendFromNowhere(profile, lookup, nowhere, (target) => target.send(task, sending)),
            (length) => ({ length }),
          ),
        'room to send',
      ) as ReturnType<Port['send']>;
    },
    receive: ({ socket, task: name, size, there, nowhere, peek = false, outOfBand = false }) => {
      const told = gives(name, room(nowhere));
      const mapping = nowhere === 'octets' ? there : undefined;
      const reading = { size, mapped: mapping, peek, outOfBand };
      const lookup = lookupOf(socket);
      return calls.call(
        name,
        (task) =>
          mapped(
            receiveToNowhere(profile, lookup, nowhere, told, (target) =>
              target.receive(task, reading),
            ),
            (octets) => ({ octets: octetsOf(octets.subarray(0, size)) }),
          ),
        'something to receive',
      ) as ReturnType<Port['receive']>;
    },
    accept: ({ socket, task: name, nowhere }) => {
      const told = gives(name, room(nowhere));
      const lookup = lookupOf(socket);
      function* accepting(task: Task): Steps<Restartable<{ socket: string }, Errno>> {
        const target = beginAccept(profile, lookup, nowhere);
        if (!('ok' in target)) return target;
        return yield* target.ok.accept(task, (peer) => tell(profile, peer, told));
      }
      return calls.call(name, accepting, 'a connection') as ReturnType<Port['accept']>;
    },
    name: ({ socket, task, of, nowhere, length }) => {
      const told = gives(task, room(nowhere, length));
      const nameOf = (target: Target) => (of === 'peer' ? target.peer() : target.name());
      return sleepers.act(() => nothing(nameToNowhere(profile, lookupOf(socket), told, nameOf)));
    },
    setOption: ({ socket, option, length }) =>
      sleepers.act(() => nothing(optionFromNowhere(profile, lookupOf(socket), option, length))),
    getOption: ({ socket, task, option, nowhere, length }) => {
      const told = gives(task, room(nowhere, length));
      const forget = (target: Target) => target.forgetError();
      return sleepers.act(() =>
        nothing(optionToNowhere(profile, lookupOf(socket), option, told, forget)),
      );
    },
    memory: ({ task }) =>
      sleepers.act(() => {
        const { address, length } = given.get(task) ?? room('');
        return success({ address: octetsOf(address ?? new Uint8Array(0)), length });
      }),
  };
}
