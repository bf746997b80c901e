/**
 * What the protocols count, by the names of the standard's management objects.
 *
 * Source: RFC 2011, RFC 2013; Linux 2.6.11, include/linux/snmp.h.
 */
export const MIB = [
  'InReceives',
  'InHdrErrors',
  'InAddrErrors',
  'ForwDatagrams',
  'InUnknownProtos',
  'InDiscards',
  'InDelivers',
  'OutRequests',
  'OutDiscards',
  'OutNoRoutes',
  'ReasmTimeout',
  'ReasmReqds',
  'ReasmOKs',
  'ReasmFails',
  'FragOKs',
  'FragFails',
  'FragCreates',
  'IcmpInMsgs',
  'IcmpInErrors',
  'IcmpOutMsgs',
  'UdpInDatagrams',
  'UdpNoPorts',
  'UdpInErrors',
  'UdpOutDatagrams',
] as const;

export type MibCounter = (typeof MIB)[number];

export type Counters = Record<MibCounter, number>;

export function newCounters(): Counters {
  return Object.fromEntries(MIB.map((name) => [name, 0])) as Counters;
}
