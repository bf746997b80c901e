/**
 * Source NAT: hosts behind a router appear with its address.
 *
 * A packet that leaves gets the router's address and, where the protocol has ports, a port that tells
 * its sender from all others; what comes back is changed the other way. Fragments pass as they come: only
 * the first has ports, so later ones are known by source, protocol and identification.
 *
 * Identifications are each sender's own. Two senders behind one address may use the same at the same
 * time, and then a receiver cannot tell their fragments apart, unless identifications are mapped, too.
 *
 * Source: RFC 3022; RFC 6864, section 5.3; the hooks are those of Linux 2.6.11, ip_nat_standalone.c,
 * which puts datagrams together first. Packets that ICMP errors quote are in nat-icmp.ts.
 */
import { enter } from '../kernel/ftrace.ts';
import { be16 } from './bytes.ts';
import { NS_PER_S } from './clock.ts';
import { fragmentOffset, ipHeader, isFragment, type IpHeader } from './ip-header.ts';
import { ipSelectIdent } from './ip-output.ts';
import { quoteOf, rewriteQuote, type Quote } from './nat-icmp.ts';
import { portPlace, rewriteEnd, rewriteId, type End } from './nat-rewrite.ts';
import type { NetDevice } from './net-device.ts';
import { nfRegisterHook, type NfPlace } from './netfilter.ts';
import type { Net } from './net.ts';
import { isLocal } from './route.ts';
import { skbContents, type SkBuff } from './sk-buff.ts';
import { skbCow } from './sk-buff-sharing.ts';
import { IPPROTO_UDP } from './transport-checksum.ts';

/** @kernel NF_IP_PRI_NAT_DST, NF_IP_PRI_NAT_SRC */
const NAT_DST = -100;
const NAT_SRC = 100;

/** As long as a receiver may wait for fragments. */
const FRAGMENT_NS = 30 * NS_PER_S;
/** Source: RFC 4787, section 4.3. */
const BINDING_NS = 300 * NS_PER_S;

const FIRST_PORT = 1024;
const PORTS = 0x1_0000;

interface Binding {
  readonly inner: End;
  readonly outer: End;
}

/** Entries that are forgotten when nobody has asked for them for a time; the oldest stand first. */
class Remembered<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>();
  readonly net: Net;
  readonly lifetimeNs: number;

  constructor(net: Net, lifetimeNs: number) {
    this.net = net;
    this.lifetimeNs = lifetimeNs;
  }

  get(key: string): Value | undefined {
    const { now } = this.net.clock;
    for (const [old, { until }] of this.#entries) {
      if (until > now) break;
      this.#entries.delete(old);
    }
    const found = this.look(key);
    return found === undefined ? undefined : this.keep(key, found);
  }

  /** What is known, without keeping it any longer. */
  look(key: string): Value | undefined {
    const found = this.#entries.get(key);
    return found !== undefined && found.until > this.net.clock.now ? found.value : undefined;
  }

  keep(key: string, value: Value): Value {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: this.net.clock.now + this.lifetimeNs });
    return value;
  }
}

interface Nat {
  readonly net: Net;
  readonly out: NetDevice;
  readonly mapIds: boolean;
  readonly byInner: Remembered<Binding>;
  readonly byOuter: Remembered<Binding>;
  /** The new identification of a datagram that leaves in pieces. */
  readonly ids: Remembered<number>;
  /** The host that a datagram in pieces is for that comes in. */
  readonly receivers: Remembered<number>;
}

/**
 * Everything that leaves by the device and is not the router's own gets the device's address.
 *
 * @param mapIds - fragments get identifications of the router's choice, too.
 */
export function masquerade(net: Net, out: NetDevice, mapIds: boolean): void {
  const nat: Nat = {
    net,
    out,
    mapIds,
    byInner: new Remembered(net, BINDING_NS),
    byOuter: new Remembered(net, BINDING_NS),
    ids: new Remembered(net, FRAGMENT_NS),
    receivers: new Remembered(net, FRAGMENT_NS),
  };
  const hooks = { name: `nat ${out.name}` };
  nfRegisterHook(net.netfilter, {
    ...hooks,
    hook: 'POST_ROUTING',
    priority: NAT_SRC,
    fn: (skb, place) => (leaves(nat, skb, place) ? 'ACCEPT' : 'DROP'),
  });
  nfRegisterHook(net.netfilter, {
    ...hooks,
    hook: 'PRE_ROUTING',
    priority: NAT_DST,
    fn: (skb, place) => (arrives(nat, skb, place) ? 'ACCEPT' : 'DROP'),
  });
}

const keyOf = (protocol: number, { address, port }: End): string =>
  `${protocol} ${address} ${port}`;

const pieceKey = ({ saddr, daddr, protocol, id }: IpHeader): string =>
  `${saddr} ${daddr} ${protocol} ${id}`;

/** Makes a packet the router's. @returns false for one that cannot be changed. @kernel ip_nat_out */
function leaves(nat: Nat, skb: SkBuff, place: NfPlace): boolean {
  const { net, out } = nat;
  const header = ipHeader(skb);
  const address = out.addresses[0]?.local;
  if (place.out !== out || address === undefined || isLocal(net, header.saddr)) return true;
  enter('ip_nat_out');
  if (!skbCow(skb, 0)) return false;
  if (nat.mapIds) mapId(nat, skb, header);
  if (fragmentOffset(header) !== 0) {
    rewriteEnd(skb, 'source', { address, port: null });
    return true;
  }
  const quote = quoteOf(header, skbContents(skb));
  if (quote !== undefined) {
    errorLeaves(nat, skb, quote, address);
    return true;
  }
  const places = portPlace(header, skbContents(skb));
  if (places === 'cut-off') return false;
  const port =
    places === undefined ? 0 : be16(skbContents(skb), header.headerLength + places.source);
  const binding = bindingOf(nat, header.protocol, { address: header.saddr, port }, address);
  if (binding === undefined) return false;
  rewriteEnd(skb, 'source', binding.outer);
  return true;
}

function mapId(nat: Nat, skb: SkBuff, header: IpHeader): void {
  const key = pieceKey(header);
  const fresh = (): number =>
    ipSelectIdent(nat.net, { destination: header.daddr, fragOff: 0 }, null);
  const id = isFragment(header) ? (nat.ids.get(key) ?? nat.ids.keep(key, fresh())) : fresh();
  rewriteId(skb, id);
}

/** @returns undefined when all ports are in use. */
function bindingOf(nat: Nat, protocol: number, inner: End, address: number): Binding | undefined {
  const known = nat.byInner.get(keyOf(protocol, inner));
  if (known !== undefined) {
    nat.byOuter.keep(keyOf(protocol, known.outer), known);
    return known;
  }
  const port = inner.port === 0 ? 0 : freePort(nat, protocol, { address, port: inner.port });
  if (port === undefined) return undefined;
  const binding = { inner, outer: { address, port } };
  nat.byOuter.keep(keyOf(protocol, binding.outer), binding);
  return nat.byInner.keep(keyOf(protocol, inner), binding);
}

/** The sender's own port where nobody else has it, else some other. */
function freePort(nat: Nat, protocol: number, wanted: End): number | undefined {
  const { udpSockets } = nat.net;
  const own = new Set(protocol === IPPROTO_UDP ? udpSockets.map(({ port }) => port) : []);
  const isFree = (port: number): boolean =>
    !own.has(port) && nat.byOuter.get(keyOf(protocol, { ...wanted, port })) === undefined;
  if (isFree(wanted.port)) return wanted.port;
  for (let tried = 1; tried < PORTS; tried++) {
    const port = (wanted.port + tried) % PORTS;
    if (port >= FIRST_PORT && isFree(port)) return port;
  }
  return undefined;
}

/** Gives an answer to whom it is for. @returns false for one that cannot be changed. @kernel ip_nat_in */
function arrives(nat: Nat, skb: SkBuff, place: NfPlace): boolean {
  const header = ipHeader(skb);
  const address = nat.out.addresses[0]?.local;
  if (place.in !== nat.out || header.daddr !== address) return true;
  enter('ip_nat_in');
  if (fragmentOffset(header) !== 0) {
    const receiver = nat.receivers.get(pieceKey(header));
    if (receiver === undefined) return true;
    if (!skbCow(skb, 0)) return false;
    rewriteEnd(skb, 'destination', { address: receiver, port: null });
    return true;
  }
  const quote = quoteOf(header, skbContents(skb));
  if (quote !== undefined) return errorArrives(nat, skb, quote);
  const places = portPlace(header, skbContents(skb));
  if (places === 'cut-off') return true;
  const contents = skbContents(skb);
  const port = places === undefined ? 0 : be16(contents, header.headerLength + places.destination);
  const binding = nat.byOuter.get(keyOf(header.protocol, { address, port }));
  if (binding === undefined) return true;
  if (!skbCow(skb, 0)) return false;
  if (isFragment(header)) nat.receivers.keep(pieceKey(header), binding.inner.address);
  rewriteEnd(skb, 'destination', binding.inner);
  return true;
}

/** A host behind the router complains of a packet that came to it: it quotes its own address. */
function errorLeaves(nat: Nat, skb: SkBuff, quote: Quote, address: number): void {
  const { protocol, daddr } = quote.header;
  const inner = { address: daddr, port: quote.destination };
  const binding = nat.byInner.look(keyOf(protocol, inner));
  rewriteEnd(skb, 'source', { address, port: null });
  if (binding !== undefined) rewriteQuote(skb, quote, 'destination', binding.outer);
}

/** Somebody complains of a packet that a host behind the router has sent. @returns as `arrives`. */
function errorArrives(nat: Nat, skb: SkBuff, quote: Quote): boolean {
  const { protocol, saddr } = quote.header;
  const outer = { address: saddr, port: quote.source };
  const binding = nat.byOuter.look(keyOf(protocol, outer));
  // Of what nobody behind the router has sent the router itself has to know.
  if (binding === undefined) return true;
  if (!skbCow(skb, 0)) return false;
  rewriteEnd(skb, 'destination', { address: binding.inner.address, port: null });
  rewriteQuote(skb, quote, 'source', binding.inner);
  return true;
}
