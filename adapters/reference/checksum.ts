/** Checksum ports of the reference kernel. */
import { bytesOf, octetsOf, type PortOf } from '../../contract/index.ts';
import type { checksum, csum, transportChecksum } from '../../contract/index.ts';
import { traceRoutines } from '../../reference/kernel/ftrace.ts';
import { be16, inAddr } from '../../reference/net/bytes.ts';
import {
  BYTE_ORDER,
  SUM_ROUTINES,
  csumBlockAdd,
  csumFold,
  csumPartial,
  csumTcpudpMagic,
  csumTcpudpNofold,
  csumUpdate,
  ipComputeCsum,
  type PseudoHeader,
} from '../../reference/net/csum.ts';
import {
  allocSkb,
  CHECKSUM_HW,
  CHECKSUM_NONE,
  CHECKSUM_UNNECESSARY,
  skbLinear,
  skbPut,
  type SkBuff,
} from '../../reference/net/sk-buff.ts';
import {
  deviceChecksum,
  TCP_CHECK_OFFSET,
  TCP_HEADER_MIN,
  tcpHeaderLength,
  tcpV4Receive,
  tcpV4SendCheck,
  UDP_CHECK_OFFSET,
  UDP_HEADER,
  udpReceive,
  udpSendCheck,
} from '../../reference/net/transport-checksum.ts';
import { answering, answeringOk } from './answering.ts';

const checksumPort: PortOf<typeof checksum> = {
  compute: ({ octets }) => answeringOk(() => ({ checksum: ipComputeCsum(bytesOf(octets)) })),
  update: ({ checksum, before, after }) =>
    answeringOk(() => ({ checksum: csumUpdate(checksum, before, after) })),
};

type PseudoHeaderArgs = Parameters<PortOf<typeof csum>['tcpudpMagic']>[0];

function pseudoHeader(args: PseudoHeaderArgs): PseudoHeader {
  return { ...args, source: inAddr(args.source), destination: inAddr(args.destination) };
}

const routines = SUM_ROUTINES as Readonly<Record<string, (typeof SUM_ROUTINES)['i386']>>;

const csumPort: PortOf<typeof csum> = {
  machine: () =>
    answeringOk(() => ({ byteOrder: BYTE_ORDER, routines: Object.keys(SUM_ROUTINES) })),
  partial: async ({ octets, sum, routine = 'i386' }) => {
    const sumRoutine = Object.hasOwn(routines, routine) ? routines[routine] : undefined;
    if (sumRoutine === undefined) return { unsupported: `no routine "${routine}"` };
    return { ok: { sum: csumPartial(bytesOf(octets), sum, sumRoutine) } };
  },
  blockAdd: ({ sum, addend, offset }) =>
    answeringOk(() => ({ sum: csumBlockAdd(sum, addend, offset) })),
  fold: ({ sum }) => answeringOk(() => ({ checksum: csumFold(sum) })),
  tcpudpNofold: (args) =>
    answeringOk(() => ({ sum: csumTcpudpNofold(pseudoHeader(args), args.sum) })),
  tcpudpMagic: (args) =>
    answeringOk(() => ({ checksum: csumTcpudpMagic(pseudoHeader(args), args.sum) })),
};

const PROTOCOLS = {
  tcp: {
    checkOffset: TCP_CHECK_OFFSET,
    headerMin: TCP_HEADER_MIN,
    headerLength: tcpHeaderLength,
    sendCheck: tcpV4SendCheck,
    receive: tcpV4Receive,
  },
  udp: {
    checkOffset: UDP_CHECK_OFFSET,
    headerMin: UDP_HEADER,
    headerLength: () => UDP_HEADER,
    sendCheck: udpSendCheck,
    receive: udpReceive,
  },
} as const;

const IP_SUMMED = { CHECKSUM_NONE, CHECKSUM_HW, CHECKSUM_UNNECESSARY } as const;

type IpSummed = keyof typeof IP_SUMMED;

function ipSummedName(value: number): IpSummed {
  const names = Object.keys(IP_SUMMED) as IpSummed[];
  return names.find((name) => IP_SUMMED[name] === value) ?? 'CHECKSUM_NONE';
}

/** A buffer whose contents begin with the transport header. */
function segmentBuffer(segment: Uint8Array): SkBuff {
  const skb = allocSkb(segment.length);
  if (skb === null) throw new RangeError(`no memory for a segment of ${segment.length} octets`);
  skbPut(skb, segment.length);
  skbLinear(skb).set(segment);
  return skb;
}

function summedOctets(entered: ReturnType<typeof traceRoutines>): number {
  return entered
    .filter(({ routine }) => routine === 'csum_partial')
    .reduce((sum, { octets }) => sum + octets, 0);
}

function transportChecksumPort(): PortOf<typeof transportChecksum> {
  const mibs = { tcp: { inErrors: 0 }, udp: { inErrors: 0 } };
  return {
    send: async ({ protocol, source, destination, segment, hardware, csumOf }) => {
      const { checkOffset, headerMin, headerLength, sendCheck } = PROTOCOLS[protocol];
      const octets = bytesOf(segment);
      const headerEnd = headerLength(octets);
      if (octets.length < headerMin || headerEnd < headerMin || headerEnd > octets.length) {
        return { fault: `args.segment: ${octets.length} octets hold no ${protocol} header` };
      }
      return answering(() => {
        const skb = segmentBuffer(octets);
        const summedBefore = csumOf === undefined ? octets.subarray(headerEnd) : bytesOf(csumOf);
        skb.ipSummed = hardware ? CHECKSUM_HW : CHECKSUM_NONE;
        skb.csum = hardware ? 0 : csumPartial(summedBefore, 0);
        const ends = { source: inAddr(source), destination: inAddr(destination) };
        const entered = traceRoutines(() => sendCheck(skb, ends));
        const check = be16(skbLinear(skb), checkOffset);
        const ipSummed = ipSummedName(skb.ipSummed);
        deviceChecksum(skb);
        return {
          ok: {
            check,
            ipSummed,
            csumOffset: hardware ? skb.csum : null,
            summed: summedOctets(entered),
            calls: entered.map(({ routine }) => routine),
            wire: octetsOf(skbLinear(skb)),
          },
        };
      });
    },

    receive: ({ protocol, source, destination, segment, ipSummed, csumOf }) =>
      answeringOk(() => {
        const skb = segmentBuffer(bytesOf(segment));
        skb.ipSummed = IP_SUMMED[ipSummed];
        skb.csum = csumPartial(bytesOf(csumOf ?? segment), 0);
        const ends = { source: inAddr(source), destination: inAddr(destination) };
        let accepted = false;
        const entered = traceRoutines(() => {
          accepted = PROTOCOLS[protocol].receive(skb, ends, mibs[protocol]);
        });
        return { accepted, summed: summedOctets(entered), errors: mibs[protocol].inErrors };
      }),
  };
}

export function checksumPorts() {
  return {
    checksum: checksumPort,
    csum: csumPort,
    'transport-checksum': transportChecksumPort(),
  };
}
