/**
 * What TCP calls of the network layer below, as a table: with another table it works over another one.
 *
 * Source: Linux 2.6.11, include/net/tcp.h, struct tcp_func; net/ipv4/tcp_ipv4.c, ipv4_specific.
 */
import type { Errno, Outcome } from '../../../contract/index.ts';
import { ipQueueXmit } from '../ip-queue-xmit.ts';
import type { Sent } from '../netfilter.ts';
import type { SkBuff } from '../sk-buff.ts';
import { getOption, setOption, type OptionValue } from '../socket-option.ts';
import { tcpV4SendCheck } from '../transport-checksum.ts';
import type { InetAddress } from '../udp.ts';
import { tcpV4SynRecvSock } from './child.ts';
import { tcpV4ConnRequest } from './conn-request.ts';
import { tcpV4RebuildHeader } from './rebuild-header.ts';
import type { OpenRequest } from './request.ts';
import type { Segment } from './segment.ts';
import type { TcpSock } from './tcp-sock.ts';

/** @kernel struct tcp_func */
export interface AfSpecific {
  /** Sends a segment that begins at data. */
  readonly queueXmit: (sk: TcpSock, skb: SkBuff) => Sent;
  /** Fills in the checksum of a segment that begins at data. */
  readonly sendCheck: (sk: TcpSock, skb: SkBuff) => void;
  /** Makes sure of a route. @returns whether there is one. */
  readonly rebuildHeader: (sk: TcpSock) => boolean;
  /** A SYN has come to a listening socket. @returns false where the answer is a reset. */
  readonly connRequest: (sk: TcpSock, segment: Segment) => boolean;
  /** Makes the socket of a connection that is complete. */
  readonly synRecvSock: (sk: TcpSock, segment: Segment, request: OpenRequest) => TcpSock | null;
  /** Keeps the peer's last timestamp beyond the connection. @returns whether it could. */
  readonly rememberStamp: (sk: TcpSock) => boolean;
  /** Octets of the header of the layer below, and of an address of it. */
  readonly netHeaderLength: number;
  readonly sockaddrLength: number;
  readonly setsockopt: (
    sk: TcpSock,
    name: string,
    value: OptionValue,
    privileged: boolean,
  ) => Outcome<unknown, Errno>;
  readonly getsockopt: (sk: TcpSock, name: string) => Outcome<OptionValue, Errno>;
  /** The peer as an address. @kernel addr2sockaddr */
  readonly addr2sockaddr: (sk: TcpSock) => InetAddress;
}

/** @kernel ipv4_specific */
export const ipv4Specific: AfSpecific = {
  queueXmit: ipQueueXmit,
  sendCheck: (sk, skb) =>
    tcpV4SendCheck(skb, {
      source: sk.sourceAddress,
      destination: sk.daddr,
    }),
  rebuildHeader: tcpV4RebuildHeader,
  connRequest: tcpV4ConnRequest,
  synRecvSock: tcpV4SynRecvSock,
  // Stamps of peers are kept by the connections in TIME_WAIT only.
  rememberStamp: () => false,
  netHeaderLength: 20,
  sockaddrLength: 16,
  setsockopt: setOption,
  getsockopt: getOption,
  addr2sockaddr: ({ daddr, dport }) => ({ address: daddr, port: dport }),
};
