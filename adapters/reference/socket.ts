/** Socket ports of the reference kernel: handles become sockets, addresses become numbers. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type {
  addressLength,
  Answer,
  Errno,
  Outcome,
  pendingBuffers,
  PortOf,
  Profile,
  rawIp,
  sendPages,
  socketCreation,
  udp,
} from '../../contract/index.ts';
import type { Restartable } from '../../reference/kernel/interrupted-call.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import type { Task } from '../../reference/kernel/task.ts';
import { addrText, inAddr } from '../../reference/net/bytes.ts';
import { inetRecvmsg, inetSendmsg, inetWaiting } from '../../reference/net/inet-proto.ts';
import type { Net } from '../../reference/net/net.ts';
import { skbEnd, skbHeadlen, type Page, type SkBuff } from '../../reference/net/sk-buff.ts';
import { moveAddrToUser, sockaddrIn } from '../../reference/net/sockaddr.ts';
import { socketProtocol } from '../../reference/net/socket-domain.ts';
import { getOption, setOption } from '../../reference/net/socket-option.ts';
import {
  bind,
  connect,
  openRaw,
  openUdp,
  peerName,
  protocolOf,
  release,
  shutdown,
  sockName,
} from '../../reference/net/socket.ts';
import type { Sock } from '../../reference/net/sock.ts';
import type { InetAddress } from '../../reference/net/udp.ts';
import { answering, answeringOk, UnknownHandle } from './answering.ts';
import { mapped, type Interruptible } from './interruptible.ts';
import { attachDevice } from './network.ts';
import type { Sleepers } from './sleeping.ts';

type UdpPort = PortOf<typeof udp>;
type SharedPort = Omit<UdpPort, 'open'>;
type Address = { readonly address: string; readonly port: number };

const inet = ({ address, port }: Address): InetAddress => ({ address: inAddr(address), port });

const shown = ({ address, port }: InetAddress) => ({ address: addrText(address), port });

/** The sockets of one boot, by handle; a closed one keeps its handle, so that its use is noticed. */
export class Sockets {
  readonly #open = new Map<string, Sock | 'closed'>();

  readonly net: Net;
  readonly sleepers: Sleepers;
  readonly calls: Interruptible;

  constructor(net: Net, sleepers: Sleepers, calls: Interruptible) {
    this.net = net;
    this.sleepers = sleepers;
    this.calls = calls;
  }

  install(sk: Sock): { readonly socket: string } {
    const socket = `socket-${this.#open.size + 1}`;
    this.#open.set(socket, sk);
    return { socket };
  }

  /** Undefined when it was closed. @throws UnknownHandle — there never was one. */
  at(socket: string): Sock | undefined {
    const sk = this.#open.get(socket);
    if (sk === undefined) throw new UnknownHandle(`there is no socket "${socket}"`);
    return sk === 'closed' ? undefined : sk;
  }

  /** Null for a socket of the kernel's own. */
  handleOf(sk: Sock): string | null {
    return [...this.#open].find(([, open]) => open === sk)?.[0] ?? null;
  }

  close(socket: string): void {
    this.#open.set(socket, 'closed');
  }

  /** Does something with a socket, and then runs whoever that has woken. */
  with<Value, Failure extends Errno>(
    socket: string,
    work: (sk: Sock) => Outcome<Value, Failure>,
  ): Answer<Value, Failure | 'EBADF'> {
    return this.sleepers.act<Value, Failure | 'EBADF'>(() => {
      const sk = this.at(socket);
      return sk === undefined ? failure('EBADF') : work(sk);
    });
  }
}

interface Received {
  readonly octets: string;
  readonly truncated: boolean;
  readonly from: Address | null;
}

/** Errors of the kernel that this call of the contract may answer: the schema looks at the rest. */
type Narrow = <Value, To extends Errno>(outcome: Outcome<Value, Errno>) => Outcome<Value, To>;
export const narrowed: Narrow = <Value, To extends Errno>(outcome: Outcome<Value, Errno>) =>
  outcome as Outcome<Value, To>;

function* receiving(
  sk: Sock,
  task: Task,
  { size, ...how }: { dontWait: boolean; size: number; peek: boolean },
): Steps<Restartable<Received, Errno>> {
  return yield* mapped(inetRecvmsg(sk, task, how), ({ octets, from }) => ({
    octets: octetsOf(octets.subarray(0, size)),
    truncated: octets.length > size,
    from: from === null ? null : shown(from),
  }));
}

function sharedPort(sockets: Sockets): SharedPort {
  const { calls } = sockets;
  function* inCall<Value>(
    socket: string,
    work: (sk: Sock) => Steps<Restartable<Value, Errno>>,
  ): Steps<Restartable<Value, Errno>> {
    const sk = sockets.at(socket);
    return sk === undefined ? failure('EBADF') : yield* work(sk);
  }
  return {
    bind: ({ socket, to, privileged = true }) =>
      sockets.with(socket, (sk) => narrowed(bind(sk, inet(to), privileged))),
    connect: ({ socket, to }) =>
      sockets.with(socket, (sk) => narrowed(connect(sk, to === null ? null : inet(to)))),
    send: ({ socket, task: name, octets, to, more = false, outOfBand = false, dontWait = false }) =>
      calls.call(
        name,
        (task) =>
          mapped(
            inCall(socket, (sk) =>
              inetSendmsg(sk, task, {
                octets: bytesOf(octets),
                to: to === undefined ? undefined : inet(to),
                more,
                outOfBand,
                dontWait,
              }),
            ),
            (length) => ({ length }),
          ),
        'room to send',
      ) as ReturnType<UdpPort['send']>,
    receive: ({ socket, task: name, size, peek = false, dontWait = false }) =>
      calls.call(
        name,
        (task) => inCall(socket, (sk) => receiving(sk, task, { dontWait, size, peek })),
        'a datagram',
      ) as ReturnType<UdpPort['receive']>,
    name: ({ socket }) => sockets.with(socket, (sk) => success(shown(sockName(sk)))),
    peer: ({ socket }) =>
      sockets.with(socket, (sk) => {
        const peer = peerName(sk);
        return 'ok' in peer ? success(shown(peer.ok)) : narrowed(peer);
      }),
    setOption: ({ socket, option, value, privileged = true }) =>
      sockets.with(socket, (sk) => {
        const set = setOption(sk, option, value, privileged);
        return 'ok' in set ? success({}) : narrowed(set);
      }),
    getOption: ({ socket, option }) =>
      sockets.with(socket, (sk) => {
        const got = getOption(sk, option);
        return 'ok' in got ? success({ value: got.ok }) : narrowed(got);
      }),
    shutdown: ({ socket, how }) => sockets.with(socket, (sk) => narrowed(shutdown(sk, how))),
    close: ({ socket }) =>
      sockets.with(socket, (sk) => {
        release(sk);
        sockets.close(socket);
        return success({});
      }),
    occupancy: ({ socket }) =>
      sockets.with(socket, (sk) =>
        success({
          next: inetWaiting(sk),
          datagrams: sk.receiveQueue.length,
          sending: sk.wmemAlloc,
        }),
      ),
    interrupt: ({ task, restart }) => calls.interrupt(task, restart),
  };
}

export function udpPort(sockets: Sockets): UdpPort {
  return {
    open: () => sockets.sleepers.act(() => success(sockets.install(openUdp(sockets.net)))),
    ...sharedPort(sockets),
  };
}

export function rawIpPort(sockets: Sockets): PortOf<typeof rawIp> {
  const { net } = sockets;
  return {
    open: ({ protocol, privileged = true }) =>
      sockets.sleepers.act(() => {
        const allowed = protocolOf(net.profile, { type: 'SOCK_RAW', protocol, privileged });
        if (!('ok' in allowed)) return narrowed(allowed);
        return success(sockets.install(openRaw(net, protocol)));
      }),
    ...sharedPort(sockets),
  };
}

export function socketCreationPort(profile: Profile): PortOf<typeof socketCreation> {
  return {
    create: ({ domain, type, protocol, privileged = true }) =>
      answering(() => {
        const made = socketProtocol(profile, domain, { type, protocol, privileged });
        return 'ok' in made ? success({ protocol: made.ok }) : narrowed(made);
      }),
  };
}

const ADDRESS_MEMORY = 144;
const UNTOUCHED = 0xa5;

export function addressLengthPort(sockets: Sockets): PortOf<typeof addressLength> {
  return {
    receive: ({ socket, task: name, size, fromLength }) =>
      sockets.sleepers.call(sockets.sleepers.task(name), function* (): Steps<
        Outcome<{ octets: string; memory: string; fromLength: number }, Errno>
      > {
        const sk = sockets.at(socket);
        if (sk === undefined) return failure('EBADF');
        const got = yield* receiving(sk, sockets.sleepers.task(name), {
          dontWait: true,
          size,
          peek: false,
        });
        if (typeof got === 'symbol') return failure('EINTR');
        if (!('ok' in got)) return got;
        const memory = new Uint8Array(ADDRESS_MEMORY).fill(UNTOUCHED);
        const { octets, from } = got.ok;
        if (from === null) return success({ octets, memory: octetsOf(memory), fromLength });
        // Too late: the datagram is gone, whatever is said of the address.
        const { profile } = sockets.net;
        const address = sockaddrIn(profile, inet(from));
        const length = moveAddrToUser(profile, address, memory, fromLength);
        if (!('ok' in length)) return length;
        return success({ octets, memory: octetsOf(memory), fromLength: length.ok });
      }) as ReturnType<PortOf<typeof addressLength>['receive']>,
  };
}

/** Octets in front of the IP header. */
const frontOf = ({ nh, data }: SkBuff): number => (nh ?? data) - data;

export function pendingBuffersPort(sockets: Sockets): PortOf<typeof pendingBuffers> {
  const pages: Page[] = [];
  const numberOf = (page: Page): number => {
    if (!pages.includes(page)) pages.push(page);
    return pages.indexOf(page) + 1;
  };
  return {
    attach: ({ interface: name, ...device }) =>
      answering(() => attachDevice(sockets.net, { name, ...device })),
    read: ({ socket }) =>
      sockets.with(socket, (sk) =>
        success({
          buffers: sk.writeQueue.map((skb) => ({
            length: skb.len - frontOf(skb),
            room: skbEnd(skb) - (skb.nh ?? skb.data),
            front: frontOf(skb),
            linear: skbHeadlen(skb) - frontOf(skb),
            fragments: skb.head.frags.map(({ page, offset, size }) => ({
              page: numberOf(page),
              offset,
              size,
            })),
          })),
        }),
      ),
  };
}

export function sendPagesPort(net: Net): PortOf<typeof sendPages> {
  return {
    read: () =>
      answeringOk(() => ({
        pages: net.sendPages.filter(({ users }) => users > 0).map(({ users }) => ({ users })),
      })),
  };
}
