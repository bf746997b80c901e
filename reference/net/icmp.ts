/**
 * ICMP: errors that a host tells to senders, and what it does with those that it is told.
 *
 * An error never answers an error, nor a packet that was not for one host, nor a later fragment; it
 * quotes the packet that it is about, and only so many go to one destination in a time.
 *
 * Source: RFC 792, RFC 1122, section 3.2.2, RFC 1191, RFC 1812, section 4.3.2; Linux 2.6.11,
 * net/ipv4/icmp.c.
 */
import { enter } from '../kernel/ftrace.ts';
import { be16, be32, octetAt, putBe16, putBe32 } from './bytes.ts';
import { NS_PER_S } from './clock.ts';
import { ipComputeCsum } from './csum.ts';
import { maskAnswer } from './icmp-mask.ts';
import { fragmentOffset, IP_HEADER, ipHeader, readIpHeader } from './ip-header.ts';
import { timeOfDayMs } from './ip-input.ts';
import { ipSend } from './ip-send.ts';
import type { Net } from './net.ts';
import type { IcmpError, InetProtocol, Quoted } from './protocols.ts';
import { rawError } from './raw.ts';
import { ipRtFragNeeded } from './path-mtu.ts';
import { ipRouteOutput, isBroadcast, isLocal, isMulticast, fibLookup } from './route.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import { PACKET_HOST, skbContents, type SkBuff } from './sk-buff.ts';

export const IPPROTO_ICMP = 1;

const ICMP_HEADER = 8;
const ECHO_REPLY = 0;
const DEST_UNREACH = 3;
const SOURCE_QUENCH = 4;
const REDIRECT = 5;
const ECHO = 8;
const TIME_EXCEEDED = 11;
const PARAMETER_PROBLEM = 12;
const TIMESTAMP = 13;
const TIMESTAMP_REPLY = 14;
const MASK_REQUEST = 17;
const MASK_REPLY = 18;
const LAST_TYPE = MASK_REPLY;

const FRAG_NEEDED = 4;

const isError = (type: number): boolean =>
  [DEST_UNREACH, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM].includes(type);

/** Octets of the packet with the error, its own headers included. Source: RFC 1812, section 4.3.2.3. */
const ERROR_MAX = 576;

/** Type of service of errors. @kernel IPTOS_PREC_INTERNETCONTROL */
const INTERNETCONTROL = 0xc0;

/** Errors in a row before the rate counts, and the time between two from then on. */
const BURST = 6;
const INTERVAL_NS = NS_PER_S;

/** @kernel xrlim_allow, icmpv4_xrlim_allow */
function rateAllows(net: Net, destination: number, { type, code }: IcmpError): boolean {
  const limited = [DEST_UNREACH, SOURCE_QUENCH, TIME_EXCEEDED, PARAMETER_PROBLEM].includes(type);
  if (!limited || (type === DEST_UNREACH && code === FRAG_NEEDED)) return true;
  if (isLocal(net, destination)) return true;
  const { now } = net.clock;
  const bucket = net.icmpTokens.get(destination) ?? { tokens: BURST * INTERVAL_NS, last: now };
  bucket.tokens = Math.min(bucket.tokens + now - bucket.last, BURST * INTERVAL_NS);
  bucket.last = now;
  net.icmpTokens.set(destination, bucket);
  if (bucket.tokens < INTERVAL_NS) return false;
  bucket.tokens -= INTERVAL_NS;
  return true;
}

/** Whether the packet may be answered by an error at all. */
function mayComplain(net: Net, skb: SkBuff): boolean {
  const header = ipHeader(skb);
  if (skb.dst === null || skb.pktType !== PACKET_HOST) return false;
  if (skb.dst.type === 'broadcast' || skb.dst.type === 'multicast') return false;
  if (fragmentOffset(header) !== 0) return false;
  if (header.saddr === 0 || isMulticast(header.saddr) || isBroadcast(net, header.saddr))
    return false;
  if (header.protocol !== IPPROTO_ICMP) return true;
  const from = (skb.nh ?? skb.data) + header.headerLength;
  const type = from < skb.tail ? octetAt(skb.head.bytes, from) : LAST_TYPE + 1;
  return type <= LAST_TYPE && !isError(type);
}

/**
 * Tells the sender of a packet what became of it. The packet stays the caller's.
 *
 * @kernel icmp_send
 */
export function icmpSend(net: Net, skb: SkBuff, error: IcmpError): void {
  enter('icmp_send');
  if (!mayComplain(net, skb)) return;
  const { saddr, daddr, tos } = ipHeader(skb);
  const from = isLocal(net, daddr) ? daddr : 0;
  const route = ipRouteOutput(net, { daddr: saddr, saddr: from });
  if (!('ok' in route) || !rateAllows(net, saddr, error)) return;
  // Where headers were taken off in front, they are part of what is quoted.
  const front = skb.head.bytes.subarray(skb.nh ?? skb.data, skb.data);
  const contents = Uint8Array.of(...front, ...skbContents(skb).subarray(0, ERROR_MAX));
  const room = ERROR_MAX - IP_HEADER - ICMP_HEADER;
  icmpXmit(net, route.ok, {
    ...error,
    data: contents.subarray(0, room),
    tos: (tos & 0x1e) | INTERNETCONTROL,
  });
}

interface IcmpMessage extends IcmpError {
  readonly data: Uint8Array;
  readonly tos: number;
}

/** @kernel icmp_push_reply */
function icmpXmit(
  net: Net,
  route: Parameters<typeof ipSend>[1],
  { type, code, info, data, tos }: IcmpMessage,
): void {
  const message = new Uint8Array(ICMP_HEADER + data.length);
  message[0] = type;
  message[1] = code;
  putBe32(message, 4, info);
  message.set(data, ICMP_HEADER);
  putBe16(message, 2, ipComputeCsum(message));
  net.counters.IcmpOutMsgs += 1;
  ipSend(net, route, { protocol: IPPROTO_ICMP, tos, message });
}

/** @kernel icmp_rcv */
function icmpRcv(net: Net, skb: SkBuff): number {
  enter('icmp_rcv');
  net.counters.IcmpInMsgs += 1;
  const message = skbContents(skb);
  const type = octetAt(message, 0);
  const good = message.length >= ICMP_HEADER && ipComputeCsum(message) === 0 && type <= LAST_TYPE;
  // Asked of all at once, nobody answers: it would be an answer from each.
  const toAll = skb.dst?.type === 'broadcast' || skb.dst?.type === 'multicast';
  if (!good) net.counters.IcmpInErrors += 1;
  else if (type === ECHO || type === TIMESTAMP) reply(net, skb, message, toAll);
  else if (type === MASK_REQUEST) maskReply(net, skb, message);
  else if (type === REDIRECT) redirect(net, skb, message);
  else if (isError(type)) unreachable(net, skb, message);
  kfreeSkb(skb);
  return 0;
}

/** @kernel icmp_echo, icmp_timestamp */
function reply(net: Net, skb: SkBuff, message: Uint8Array, toAll: boolean): void {
  const { saddr, tos } = ipHeader(skb);
  const isEcho = message[0] === ECHO;
  if (!isEcho && message.length < 20) {
    net.counters.IcmpInErrors += 1;
    return;
  }
  if (toAll && (isEcho ? net.profile === 'linux-6' : true)) return;
  const source = toAll ? 0 : ipHeader(skb).daddr;
  const route = ipRouteOutput(net, { daddr: saddr, saddr: source });
  if (!('ok' in route)) return;
  const data = message.slice(ICMP_HEADER);
  if (!isEcho) {
    putBe32(data, 4, timeOfDayMs(net));
    putBe32(data, 8, timeOfDayMs(net));
  }
  const type = isEcho ? ECHO_REPLY : TIMESTAMP_REPLY;
  icmpXmit(net, route.ok, { type, code: 0, info: be32(message, 4), data, tos });
}

/** @kernel icmp_input, ICMP_MASKREQ */
function maskReply(net: Net, skb: SkBuff, message: Uint8Array): void {
  const answer = maskAnswer(net, skb, message);
  if (answer === null) return;
  const route = ipRouteOutput(net, { daddr: answer.to, saddr: answer.from });
  if (!('ok' in route)) return;
  const data = Uint8Array.from(message.subarray(ICMP_HEADER));
  putBe32(data, 0, answer.mask);
  const { tos } = ipHeader(skb);
  icmpXmit(net, route.ok, { type: MASK_REPLY, code: 0, info: be32(message, 4), data, tos });
}

/** The packet that an error quotes, if its header is sound and what tells whose it is follows. */
function quotedPacket(
  message: Uint8Array,
  device: string | null,
): (Quoted & { totalLength: number; headerLength: number }) | 'mangled' | 'short' {
  const packet = message.subarray(ICMP_HEADER);
  if (packet.length < IP_HEADER) return 'mangled';
  const header = readIpHeader(packet);
  if (header.headerLength < IP_HEADER) return 'mangled';
  if (packet.length < header.headerLength + 8) return 'short';
  return { ...header, transport: packet.subarray(header.headerLength), device };
}

/** Linux 2.6.11 counts no error that only quotes too little of what follows the header. */
function badQuote({ profile, counters }: Net, what: 'mangled' | 'short'): void {
  if (what === 'mangled' || profile === 'linux-6' || profile === 'bsd-4.4')
    counters.IcmpInErrors += 1;
}

/** Gives an error to whose packet it is about. @kernel icmp_unreach */
function unreachable(net: Net, skb: SkBuff, message: Uint8Array): void {
  const quoted = quotedPacket(message, skb.dev);
  if (typeof quoted === 'string') return badQuote(net, quoted);
  // Only of packets that we have sent can anybody have something to say.
  if (!isLocal(net, quoted.saddr)) return;
  const [type, code] = [octetAt(message, 0), octetAt(message, 1)];
  let info = type === PARAMETER_PROBLEM ? octetAt(message, 4) : 0;
  const protocol = net.protocols.get(quoted.protocol);
  // 4.4BSD remembers no path's MTU.
  if (type === DEST_UNREACH && code === FRAG_NEEDED && net.profile !== 'bsd-4.4') {
    if (protocol?.isOurs?.(net, quoted) === false)
      return rawError(net, quoted, { type, code, info });
    const route = ipRouteOutput(net, { daddr: quoted.daddr, saddr: quoted.saddr });
    if (!('ok' in route)) return;
    info = ipRtFragNeeded(net, route.ok, be16(message, 6), quoted);
  }
  rawError(net, quoted, { type, code, info });
  protocol?.errHandler?.(net, quoted, { type, code, info });
}

/** A router knows a better one for a host. @kernel icmp_redirect, ip_rt_redirect */
function redirect(net: Net, skb: SkBuff, message: Uint8Array): void {
  const quoted = quotedPacket(message, skb.dev);
  if (typeof quoted === 'string') return badQuote(net, quoted);
  const gateway = be32(message, 4);
  const known = fibLookup(net, quoted.daddr);
  const used = net.routing.redirects.get(quoted.daddr) ?? known?.gateway ?? null;
  const near = fibLookup(net, gateway);
  const acceptable =
    !net.forwarding &&
    isLocal(net, quoted.saddr) &&
    used === ipHeader(skb).saddr &&
    near !== undefined &&
    near.gateway === null &&
    near.device === known?.device &&
    !isLocal(net, gateway) &&
    !isMulticast(gateway) &&
    !isBroadcast(net, gateway);
  if (!acceptable) return;
  net.routing.redirects.set(quoted.daddr, gateway);
  net.routing.generation++;
}

export const icmpProtocol: InetProtocol = { handler: icmpRcv };
