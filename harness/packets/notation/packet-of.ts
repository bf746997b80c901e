/** From a sentence to a packet that can be sent. */
import type { ArpDraft } from '../arp.ts';
import { complete, type Packet, quoteOf } from '../codec.ts';
import type { IpPayload } from '../ip-payload.ts';
import type { LinkPayload, LinkPayloadDraft } from '../ethernet.ts';
import type { Ipv4Draft } from '../ipv4.ts';
import type { Ipv6Draft } from '../ipv6.ts';
import { matches, parse } from '../notation.ts';
import type { Facts, Pattern } from './facts.ts';
import { Given } from './given.ts';
import type { Quoted } from './icmp-of.ts';
import { ipv4OptionOf } from './option-of.ts';
import { dataOf, type Defaults, payloadOf, protocolOf, raw } from './payload-of.ts';

/**
 * The packet that a sentence describes, in full; it matches the sentence.
 *
 * @throws NotationError — no sentence.
 * @throws RangeError — it leaves out what has no default, or no packet can be like that.
 */
export function packetOf(pattern: Pattern | string, defaults: Defaults = {}): Packet {
  const read = typeof pattern === 'string' ? parse(pattern) : pattern;
  const packet = made(read, defaults);
  // What is quoted may be cut too short to say all that its sentence does.
  const [difference] = matches({ keyword: read.keyword, facts: read.facts }, packet);
  if (difference !== undefined) throw new RangeError(`no packet can be like that: ${difference}`);
  return packet;
}

function made(pattern: Pattern, defaults: Defaults): Packet {
  const given = new Given(pattern.facts);
  const layer = complete(layerOf(pattern, given, defaults));
  const spoilt = withBadChecksums(layer, pattern.facts);
  const source = given.text('link source', defaults.link?.source);
  const destination = given.text('link destination', defaults.link?.destination);
  if (source === undefined && destination === undefined) return complete(spoilt);
  const unknown = '00:00:00:00:00:00';
  const etherType = given.number('ethertype');
  return complete({
    kind: 'ethernet',
    source: source ?? unknown,
    destination: destination ?? unknown,
    ...(etherType !== undefined && { etherType }),
    payload: spoilt,
  });
}

function layerOf(pattern: Pattern, given: Given, defaults: Defaults): LinkPayloadDraft {
  if (pattern.keyword === 'RAW') return raw(given);
  if (pattern.keyword === 'ARP') return arpDraft(given, defaults);
  const source = given.needed('source', defaults.source);
  const version6 = source.includes(':');
  return version6 ? ipv6Draft(pattern, given, defaults) : ipv4Draft(pattern, given, defaults);
}

function arpDraft(given: Given, defaults: Defaults): ArpDraft {
  const { operation } = given.facts;
  const unknown = '00:00:00:00:00:00';
  const names = { 'who-has': 'request', 'is-at': 'reply' } as const;
  return {
    kind: 'arp',
    operation: typeof operation === 'number' ? operation : names[operation as keyof typeof names],
    senderProtocol: given.text('sender') ?? '0.0.0.0',
    targetProtocol: given.text('target') ?? '0.0.0.0',
    senderHardware:
      given.text('sender hardware', given.text('link source', defaults.link?.source)) ?? unknown,
    targetHardware: given.text('target hardware') ?? unknown,
  };
}

function ipv4Draft(pattern: Pattern, given: Given, defaults: Defaults): Ipv4Draft {
  const totalLength = given.number('total length');
  const checksum = given.number('header checksum value');
  return {
    kind: 'ipv4',
    source: given.needed('source', defaults.source),
    destination: given.needed('destination', defaults.destination),
    ttl: given.number('ttl') ?? defaults.ttl ?? 64,
    tos: given.number('tos') ?? 0,
    identification: given.number('ip id') ?? 0,
    dontFragment: given.facts['DF'] === true,
    moreFragments: given.facts['MF'] === true,
    fragmentOffset: given.number('offset') ?? 0,
    options: given.options('options').map((facts) => ipv4OptionOf(facts)),
    ...(totalLength !== undefined && { totalLength }),
    ...(checksum !== undefined && { checksum }),
    ...(pattern.keyword === 'IP' && { protocol: protocolOf(given) }),
    payload: payloadOf(pattern.keyword, given, quoted(pattern, given, defaults), defaults),
  };
}

function ipv6Draft(pattern: Pattern, given: Given, defaults: Defaults): Ipv6Draft {
  const fragmented = ['ip id', 'offset', 'MF'].some((name) => given.facts[name] !== undefined);
  const around = {
    kind: 'ipv6' as const,
    source: given.needed('source', defaults.source),
    destination: given.needed('destination', defaults.destination),
    hopLimit: given.number('hop limit') ?? defaults.ttl ?? 64,
    trafficClass: given.number('traffic class') ?? 0,
    flowLabel: given.number('flow label') ?? 0,
  };
  if (pattern.keyword !== 'IP6') {
    return {
      ...around,
      payload: payloadOf(pattern.keyword, given, quoted(pattern, given, defaults), defaults),
    };
  }
  if (!fragmented) return { ...around, nextHeader: protocolOf(given), payload: raw(given) };
  return {
    ...around,
    payload: {
      kind: 'ipv6-fragment',
      nextHeader: protocolOf(given),
      identification: given.number('ip id') ?? 0,
      fragmentOffset: given.number('offset') ?? 0,
      moreFragments: given.facts['MF'] === true,
      octets: dataOf(given),
    },
  };
}

/** The beginning of the packet that an error message is about. */
function quoted({ quoting }: Pattern, given: Given, defaults: Defaults): Quoted {
  if (quoting === undefined) return { kind: 'raw', octets: '' };
  // What the error message gets by default is none of the quoted packet's business.
  const original = made(quoting, {});
  if (original.kind !== 'ipv4' && original.kind !== 'ipv6') return { kind: 'raw', octets: '' };
  return quoteOf(original, given.number('quoted octets') ?? defaults.quotedOctets);
}

/** A checksum that differs from the right one in more than the sign of zero. */
function spoilt(checksum: number): number {
  return checksum === 0x5555 ? 0xaaaa : checksum ^ 0x5555;
}

function withBadChecksums(layer: LinkPayload, facts: Facts): LinkPayloadDraft {
  if (layer.kind !== 'ipv4' && layer.kind !== 'ipv6') return layer;
  const { payload } = layer;
  const inside =
    facts['checksum'] === 'bad' && 'checksum' in payload
      ? { ...payload, checksum: spoilt(payload.checksum) }
      : payload;
  if (layer.kind === 'ipv6') return { ...layer, payload: inside };
  const bad = facts['header checksum'] === 'bad';
  const header = bad ? { checksum: spoilt(layer.checksum) } : {};
  return { ...layer, ...header, payload: inside as IpPayload };
}
