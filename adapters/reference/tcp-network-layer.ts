/** Another network layer below TCP of the reference kernel: one that the suite plays. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type { PortOf, TcpLayerFunction, tcpNetworkLayer } from '../../contract/index.ts';
import { inAddr, putBe16 } from '../../reference/net/bytes.ts';
import { skbContents } from '../../reference/net/sk-buff.ts';
import { kfreeSkb } from '../../reference/net/sk-buff-sharing.ts';
import type { OptionValue } from '../../reference/net/socket-option.ts';
import { ipv4Specific, type AfSpecific } from '../../reference/net/tcp/af-specific.ts';
import { deliver } from '../../reference/net/tcp/input.ts';
import { openTcp } from '../../reference/net/tcp/open.ts';
import { segmentFrom } from '../../reference/net/tcp/segment.ts';
import type { InetAddress } from '../../reference/net/udp.ts';
import { answeringOk, UnknownHandle } from './answering.ts';
import type { Sockets } from './socket.ts';

/** The names of the kernel, in the order of its table. */
const NAMES: Readonly<Record<TcpLayerFunction, string>> = {
  queue_xmit: 'ip_queue_xmit',
  send_check: 'tcp_v4_send_check',
  rebuild_header: 'tcp_v4_rebuild_header',
  conn_request: 'tcp_v4_conn_request',
  syn_recv_sock: 'tcp_v4_syn_recv_sock',
  remember_stamp: 'tcp_v4_remember_stamp',
  setsockopt: 'ip_setsockopt',
  getsockopt: 'ip_getsockopt',
  addr2sockaddr: 'v4_addr2sockaddr',
};

/** Octet of the TCP header at which the checksum stands. */
const CHECK = 16;

interface Layer {
  readonly segments: string[];
  readonly called: TcpLayerFunction[];
}

function tableOf(layer: Layer, headerLength: number, check: number, peer: InetAddress): AfSpecific {
  const { segments, called } = layer;
  const options = new Map<string, OptionValue>();
  const noted = <Args extends unknown[], Value>(
    name: TcpLayerFunction,
    work: (...args: Args) => Value,
  ) => {
    return (...args: Args): Value => {
      called.push(name);
      return work(...args);
    };
  };
  return {
    queueXmit: noted('queue_xmit', (_, skb) => {
      segments.push(octetsOf(skbContents(skb)));
      kfreeSkb(skb);
      return 0;
    }),
    sendCheck: noted('send_check', (_, skb) => putBe16(skbContents(skb), CHECK, check)),
    rebuildHeader: noted('rebuild_header', () => true),
    // A request is the layer's own business, as its answer is: that is no segment of a connection.
    connRequest: noted('conn_request', () => true),
    synRecvSock: noted('syn_recv_sock', () => null),
    rememberStamp: noted('remember_stamp', () => false),
    netHeaderLength: headerLength,
    sockaddrLength: ipv4Specific.sockaddrLength,
    setsockopt: noted('setsockopt', (_, name, value) => {
      options.set(name, value);
      return success({});
    }),
    getsockopt: noted('getsockopt', (_, name) => {
      const value = options.get(name);
      return value === undefined ? failure('ENOPROTOOPT') : success(value);
    }),
    addr2sockaddr: noted('addr2sockaddr', () => peer),
  };
}

export function tcpNetworkLayerPort(sockets: Sockets): PortOf<typeof tcpNetworkLayer> {
  const { net } = sockets;
  const layers = new Map<string, Layer>();
  const at = (socket: string): Layer => {
    const layer = layers.get(socket);
    if (layer === undefined) throw new UnknownHandle(`"${socket}" is not over another layer`);
    return layer;
  };
  return {
    table: () =>
      answeringOk(() => ({
        functions: Object.entries(NAMES).map(([name, is]) => ({
          name: name as TcpLayerFunction,
          is,
        })),
        headerLength: ipv4Specific.netHeaderLength,
        addressLength: ipv4Specific.sockaddrLength,
      })),
    open: ({ headerLength, check, peer: { address, port } }) =>
      answeringOk(() => {
        const layer: Layer = { segments: [], called: [] };
        const peer = { address: inAddr(address), port };
        const made = sockets.install(openTcp(net, tableOf(layer, headerLength, check, peer)));
        layers.set(made.socket, layer);
        return made;
      }),
    handedDown: ({ socket }) => answeringOk(() => ({ segments: at(socket).segments.splice(0) })),
    handUp: ({ socket, from, to, segment }) =>
      sockets.with(socket, () => {
        at(socket);
        deliver(net, segmentFrom(bytesOf(segment), { saddr: inAddr(from), daddr: inAddr(to) }));
        return success({});
      }),
    called: ({ socket }) => answeringOk(() => ({ functions: at(socket).called.splice(0) })),
  };
}
