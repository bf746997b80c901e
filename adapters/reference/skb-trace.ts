/** Probes of the reference kernel: buffers become what they say. */
import { IP_SUMMED, PACKET_TYPES } from '../../contract/index.ts';
import type { PortOf, skbTrace, SkbProbe } from '../../contract/index.ts';
import { addrText } from '../../reference/net/bytes.ts';
import type { Net } from '../../reference/net/net.ts';
import type { SkBuff } from '../../reference/net/sk-buff.ts';
import { answeringOk } from './answering.ts';
import type { Sockets } from './socket.ts';

const saidBy = (sockets: Sockets, place: SkbProbe, skb: SkBuff) => ({
  function: place,
  stamp: skb.stamp,
  dev: skb.dev,
  inputDev: skb.inputDev,
  packetType: PACKET_TYPES[skb.pktType] ?? 'PACKET_HOST',
  protocol: skb.protocol,
  priority: skb.priority >>> 0,
  summed: IP_SUMMED[skb.ipSummed] ?? 'CHECKSUM_NONE',
  length: skb.len,
  socket: skb.owner === null ? null : sockets.handleOf(skb.owner.sk),
  route:
    skb.dst === null ? null : { device: skb.dst.device.name, nextHop: addrText(skb.dst.nextHop) },
});

export function skbTracePort(net: Net, sockets: Sockets): PortOf<typeof skbTrace> {
  const seen: ReturnType<typeof saidBy>[] = [];
  return {
    watch: ({ functions }) =>
      answeringOk(() => {
        net.probeHandler = (place, skb) => {
          if (functions.includes(place)) seen.push(saidBy(sockets, place, skb));
        };
        return {};
      }),
    seen: () => answeringOk(() => ({ seen: seen.splice(0) })),
  };
}
