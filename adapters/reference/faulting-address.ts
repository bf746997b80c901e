/** Calls with a pointer that leads nowhere, on the sockets of the reference kernel. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type { Errno, faultingAddress, Outcome, PortOf } from '../../contract/index.ts';
import type { Restartable } from '../../reference/kernel/interrupted-call.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import { sendSignal, type Task } from '../../reference/kernel/task.ts';
import { inetRecvmsg, inetSendmsg } from '../../reference/net/inet-proto.ts';
import { peerName, sockName } from '../../reference/net/socket.ts';
import type { Sock } from '../../reference/net/sock.ts';
import { tcpName, tcpPeer } from '../../reference/net/tcp/bind-call.ts';
import { tcpRecvmsg } from '../../reference/net/tcp/recvmsg.ts';
import { sysAccept } from '../../reference/net/tcp/sys-accept.ts';
import { sysSend } from '../../reference/net/tcp/sys-send.ts';
import { TcpSock } from '../../reference/net/tcp/tcp-sock.ts';
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
import { mapped } from './interruptible.ts';
import { narrowed, type Sockets } from './socket.ts';

type Port = PortOf<typeof faultingAddress>;

const ADDRESS = 16;
const UNTOUCHED = 0xa5;

const isStream = (sk: Sock): sk is TcpSock => sk instanceof TcpSock;

interface Sending {
  readonly octets: Uint8Array;
  readonly mapped: number;
  readonly more: boolean;
}

function* send(sk: Sock, task: Task, sending: Sending): Steps<Restartable<number, Errno>> {
  const message = { ...sending, to: undefined, outOfBand: false, dontWait: true };
  if (!isStream(sk)) return yield* inetSendmsg(sk, task, message);
  const raise = () => sendSignal(task, 'SIGPIPE');
  return yield* sysSend(sk, task, { ...message, noSignal: false }, raise);
}

interface Reading {
  readonly size: number;
  readonly mapped: number | undefined;
  readonly peek: boolean;
  readonly outOfBand: boolean;
}

function* receive(sk: Sock, task: Task, { outOfBand, ...reading }: Reading) {
  if (!isStream(sk)) return yield* inetRecvmsg(sk, task, { ...reading, dontWait: true });
  const how = { ...reading, outOfBand, waitAll: false, dontWait: true };
  return yield* mapped(tcpRecvmsg(sk, task, how), (octets) => ({ octets, from: null }));
}

const room = (nowhere: string, length = ADDRESS): Told => ({
  address: nowhere === 'address' ? null : new Uint8Array(ADDRESS).fill(UNTOUCHED),
  length: nowhere.endsWith('-length') ? null : length,
});

const nothing = <To extends Errno>(outcome: Outcome<unknown, Errno>) =>
  narrowed<Record<string, never>, To>('ok' in outcome ? success({}) : outcome);

export function faultingAddressPort(sockets: Sockets): Port {
  const { net, sleepers, calls } = sockets;
  const { profile } = net;
  const given = new Map<string, Told>();
  const lookupOf = (socket: string): Lookup => {
    const sk = sockets.at(socket);
    return () => (sk === undefined ? failure('EBADF') : success(sk));
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
            sendFromNowhere(profile, lookup, nowhere, (sk) => send(sk, task, sending)),
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
            receiveToNowhere(profile, lookup, nowhere, told, (sk) => receive(sk, task, reading)),
            (octets) => ({ octets: octetsOf(octets.subarray(0, size)) }),
          ),
        'something to receive',
      ) as ReturnType<Port['receive']>;
    },
    accept: ({ socket, task: name, nowhere }) => {
      const told = gives(name, room(nowhere));
      const lookup = lookupOf(socket);
      function* accepting(task: Task): Steps<Restartable<{ socket: string }, Errno>> {
        const sk = beginAccept(profile, lookup, nowhere);
        if (!('ok' in sk)) return sk;
        if (!isStream(sk.ok)) return failure('EOPNOTSUPP');
        return yield* mapped(
          sysAccept(sk.ok, task, true, (peer) => tell(profile, peer, told)),
          ({ child }) => sockets.install(child),
        );
      }
      return calls.call(name, accepting, 'a connection') as ReturnType<Port['accept']>;
    },
    name: ({ socket, task, of, nowhere, length }) => {
      const told = gives(task, room(nowhere, length));
      const ownOf = (sk: Sock) => success(isStream(sk) ? tcpName(sk) : sockName(sk));
      const peerOf = (sk: Sock) => (isStream(sk) ? tcpPeer(sk) : peerName(sk));
      const nameOf = of === 'peer' ? peerOf : ownOf;
      return sleepers.act(() => nothing(nameToNowhere(profile, lookupOf(socket), told, nameOf)));
    },
    setOption: ({ socket, option, length }) =>
      sleepers.act(() => nothing(optionFromNowhere(profile, lookupOf(socket), option, length))),
    getOption: ({ socket, task, option, nowhere, length }) => {
      const told = gives(task, room(nowhere, length));
      return sleepers.act(() => nothing(optionToNowhere(profile, lookupOf(socket), option, told)));
    },
    memory: ({ task }) =>
      sleepers.act(() => {
        const { address, length } = given.get(task) ?? room('');
        return success({ address: octetsOf(address ?? new Uint8Array(0)), length });
      }),
  };
}
