/** Protocols that size their packets themselves, on the network of the reference kernel. */
import { bytesOf, success } from '../../contract/index.ts';
import type { ipQueueXmit, PortOf } from '../../contract/index.ts';
import { traceRoutines } from '../../reference/kernel/ftrace.ts';
import { inAddr } from '../../reference/net/bytes.ts';
import { LINK_ROOM } from '../../reference/net/ip-output.ts';
import { ipQueueXmit as xmit, type XmitSock } from '../../reference/net/ip-queue-xmit.ts';
import type { Net } from '../../reference/net/net.ts';
import { allocSkb, skbPut, skbReserve, type SkBuff } from '../../reference/net/sk-buff.ts';
import { newSock, type Sock } from '../../reference/net/sock.ts';
import { setOption } from '../../reference/net/socket-option.ts';
import type { SourceRoute } from '../../reference/net/source-route.ts';
import { UnknownHandle } from './answering.ts';
import type { Sleepers } from './sleeping.ts';
import { narrowed } from './socket.ts';

type Association = Sock & XmitSock;

/** Most octets of an IP header. */
const HEADER_ROOM = 60;

function segmentOf(segment: string): SkBuff {
  const bytes = bytesOf(segment);
  const skb = allocSkb(LINK_ROOM + HEADER_ROOM + bytes.length) as SkBuff;
  skbReserve(skb, LINK_ROOM + HEADER_ROOM);
  skb.head.bytes.set(bytes, skbPut(skb, bytes.length));
  return skb;
}

export function ipQueueXmitPort(net: Net, sleepers: Sleepers): PortOf<typeof ipQueueXmit> {
  const made: Association[] = [];
  const at = (association: string): Association => {
    const sk = made[Number(association.slice('association-'.length)) - 1];
    if (sk === undefined) throw new UnknownHandle(`there is no "${association}"`);
    return sk;
  };
  return {
    open: ({ protocol, to, sourceRoute }) =>
      sleepers.act(() => {
        const sk = newSock(net, 'SOCK_RAW', protocol);
        const route =
          sourceRoute === undefined
            ? null
            : { strict: sourceRoute.strict, stops: sourceRoute.stops.map(inAddr) };
        made.push(
          Object.assign(sk, {
            connected: true,
            daddr: inAddr(to),
            sourceRoute: route as SourceRoute | null,
          }),
        );
        return success({ association: `association-${made.length}` });
      }),
    set: ({ association, option, value }) =>
      sleepers.act(() => {
        const set = setOption(at(association), option, value, true);
        return 'ok' in set ? success({}) : narrowed(set);
      }),
    transmit: ({ association, segment, mayFragment = false }) =>
      sleepers.act(() => {
        const skb = segmentOf(segment);
        const result: { sent: ReturnType<typeof xmit> } = { sent: 0 };
        const entered = traceRoutines(() => {
          result.sent = xmit(at(association), skb, mayFragment);
        });
        const { sent } = result;
        if (sent !== 0 && sent !== 'NET_XMIT_DROP' && sent !== 'NET_XMIT_BYPASS') {
          return narrowed({ errno: sent });
        }
        return success({
          lookedUp: entered.some(({ routine }) => routine === 'ip_route_output_flow'),
          dropped: sent === 'NET_XMIT_DROP',
        });
      }),
  };
}
