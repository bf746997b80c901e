/**
 * Headers seen through the unions of sk_buff.
 *
 * `h`, `nh` and `mac` are each one pointer with a type per protocol. Which member is read decides
 * only how the octets are understood, never which octets.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h; the layouts are those of RFC 793, 768, 792, 1112,
 * 791, 2460 and 826.
 */
import { octetsOf } from '../../contract/index.ts';
import { bug, bugOn } from '../kernel/bug.ts';
import { be16, be32, dotted, octetAt } from './bytes.ts';
import type { SkBuff } from './sk-buff.ts';

export type HeaderFields = Readonly<Record<string, number | string>>;

/** A member of a union: how long its header is at least, and what it reads. */
interface View {
  readonly octets: number;
  readonly read: (bytes: Uint8Array) => HeaderFields;
}

const nibbles = (octet: number): readonly [high: number, low: number] => [
  octet >>> 4,
  octet & 0x0f,
];

const th: View = {
  octets: 20,
  read: (b) => ({
    source: be16(b, 0),
    dest: be16(b, 2),
    seq: be32(b, 4),
    ackSeq: be32(b, 8),
    doff: nibbles(octetAt(b, 12))[0],
  }),
};

const uh: View = {
  octets: 8,
  read: (b) => ({ source: be16(b, 0), dest: be16(b, 2), len: be16(b, 4), check: be16(b, 6) }),
};

const icmph: View = {
  octets: 8,
  read: (b) => ({ type: octetAt(b, 0), code: octetAt(b, 1), checksum: be16(b, 2) }),
};

const igmph: View = {
  octets: 8,
  read: (b) => ({
    type: octetAt(b, 0),
    code: octetAt(b, 1),
    csum: be16(b, 2),
    group: dotted(b, 4),
  }),
};

const iph: View = {
  octets: 20,
  read: (b) => ({
    version: nibbles(octetAt(b, 0))[0],
    ihl: nibbles(octetAt(b, 0))[1],
    tos: octetAt(b, 1),
    totLen: be16(b, 2),
    id: be16(b, 4),
    fragOff: be16(b, 6),
    ttl: octetAt(b, 8),
    protocol: octetAt(b, 9),
    check: be16(b, 10),
    saddr: dotted(b, 12),
    daddr: dotted(b, 16),
  }),
};

const ipv6h: View = {
  octets: 40,
  read: (b) => ({
    version: nibbles(octetAt(b, 0))[0],
    payloadLen: be16(b, 4),
    nexthdr: octetAt(b, 6),
    hopLimit: octetAt(b, 7),
  }),
};

const arph: View = {
  octets: 8,
  read: (b) => ({
    arHrd: be16(b, 0),
    arPro: be16(b, 2),
    arHln: octetAt(b, 4),
    arPln: octetAt(b, 5),
    arOp: be16(b, 6),
  }),
};

const raw: View = { octets: 0, read: (b) => ({ octets: octetsOf(b) }) };

/** The members of each union. */
const UNIONS = {
  h: { th, uh, icmph, igmph, ipiph: iph, ipv6h, raw },
  nh: { iph, ipv6h, arph, raw },
  mac: { raw },
} as const satisfies Record<string, Record<string, View>>;

export type HeaderPointer = keyof typeof UNIONS;

/**
 * Linux 6 keeps the three as offsets of 16 bits. One value of `h` and `mac` says that they were never set;
 * `nh` has none, and starts as 0 like the rest of the descriptor.
 *
 * @kernel __build_skb_around
 */
export function initNetworkHeader(skb: SkBuff, isOffset: boolean): void {
  skb.nh = isOffset ? 0 : null;
}

/**
 * Reads what a header pointer names through a member of its union.
 *
 * @throws KernelBug — the pointer was never set, has no such member, or the header is cut off.
 */
export function viewHeader(skb: SkBuff, pointer: HeaderPointer, member: string): HeaderFields {
  const place = skb[pointer] ?? bug(`skb->${pointer} was never set`);
  const members: Record<string, View> = UNIONS[pointer];
  const view = members[member] ?? bug(`skb->${pointer} has no member ${member}`);
  bugOn(place + view.octets > skb.tail, `skb->${pointer}.${member} reaches past the tail`);
  return view.read(skb.head.bytes.subarray(place, skb.tail));
}
