/** Ports of the sockets for routes: handles become sockets of netlink, or of the route domain. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type { Errno, netlink, Outcome, PortOf, routeSocket } from '../../contract/index.ts';
import {
  netlinkReceive,
  netlinkSend,
  type NetlinkSock,
  type NetlinkTable,
} from '../../reference/net/netlink.ts';
import type { Net } from '../../reference/net/net.ts';
import { routeOutput, type RouteSock } from '../../reference/net/rtsock.ts';
import { UnknownHandle } from './answering.ts';
import type { Sleepers } from './sleeping.ts';

type NetlinkPort = PortOf<typeof netlink>;
type RoutePort = PortOf<typeof routeSocket>;
type Shared = Omit<NetlinkPort, 'open'>;

/** The open sockets of one kind; a closed one keeps its handle, so that its use is noticed. */
class RoutingSockets<Sock> {
  readonly table: Sock[] = [];
  readonly #all = new Map<string, Sock>();

  install(sk: Sock): { readonly socket: string } {
    const socket = `routing-${this.#all.size + 1}`;
    this.#all.set(socket, sk);
    this.table.push(sk);
    return { socket };
  }

  /** Undefined when it was closed. @throws UnknownHandle — there never was one. */
  at(socket: string): Sock | undefined {
    const sk = this.#all.get(socket);
    if (sk === undefined) throw new UnknownHandle(`there is no socket "${socket}"`);
    return this.table.includes(sk) ? sk : undefined;
  }

  close(sk: Sock): void {
    this.table.splice(this.table.indexOf(sk), 1);
  }
}

function sharedPort<Sock>(
  sockets: RoutingSockets<Sock>,
  sleepers: Sleepers,
  send: (sk: Sock, octets: Uint8Array) => Outcome<Record<string, never>, Errno>,
  receive: (sk: Sock) => Outcome<Uint8Array, Errno>,
): Shared {
  const onSocket = <Value>(socket: string, work: (sk: Sock) => Outcome<Value, Errno>) =>
    sleepers.act<Value, never>(() => {
      const sk = sockets.at(socket);
      return (sk === undefined ? failure('EBADF') : work(sk)) as Outcome<Value, never>;
    });
  return {
    send: ({ socket, octets }) => onSocket(socket, (sk) => send(sk, bytesOf(octets))),
    receive: ({ socket }) =>
      onSocket(socket, (sk) => {
        const got = receive(sk);
        return 'ok' in got ? success({ octets: octetsOf(got.ok) }) : got;
      }),
    close: ({ socket }) =>
      onSocket(socket, (sk) => {
        sockets.close(sk);
        return success({});
      }),
  };
}

export function netlinkPort(net: Net, sleepers: Sleepers): NetlinkPort {
  const sockets = new RoutingSockets<NetlinkSock>();
  const table: NetlinkTable = sockets.table;
  let pids = 1000;
  return {
    open: ({ groups, privileged = true }) =>
      sleepers.act(() =>
        success(
          sockets.install({
            net,
            pid: ++pids,
            inRouteGroup: groups.length > 0,
            privileged,
            queue: [],
            overrun: false,
          }),
        ),
      ),
    ...sharedPort(
      sockets,
      sleepers,
      (sk, octets) => netlinkSend(table, sk, octets),
      netlinkReceive,
    ),
  };
}

function takeMessage({ queue }: RouteSock): Outcome<Uint8Array, 'EAGAIN'> {
  const message = queue.shift();
  return message === undefined ? failure('EAGAIN') : success(message);
}

export function routeSocketPort(net: Net, sleepers: Sleepers): RoutePort {
  const sockets = new RoutingSockets<RouteSock>();
  const send = ({ net: own }: RouteSock, octets: Uint8Array) =>
    routeOutput(sockets.table, own, octets);
  return {
    open: ({ family }) => sleepers.act(() => success(sockets.install({ net, family, queue: [] }))),
    ...sharedPort(sockets, sleepers, send, takeMessage),
  };
}
