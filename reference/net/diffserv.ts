/**
 * Differentiated services: a queue before the wire that puts packets into classes by their DS field.
 *
 * The field is read when a packet comes, and noted in it; the class is found by that note, so that neither
 * the priority of the packet nor what is changed later has a say. The first class that has a packet is served.
 *
 * Source: RFC 2474, RFC 2475; Linux 2.6.11, net/sched/sch_dsmark.c, cls_tcindex.c, sch_prio.c.
 */
import { bug } from '../kernel/bug.ts';
import { ipHeader, ipSendCheck, networkOctets } from './ip-header.ts';
import { ETH_P_IP } from './net-input.ts';
import { skbCow } from './sk-buff-sharing.ts';
import type { SkBuff } from './sk-buff.ts';

export interface DiffServClass {
  /** Code point that its packets leave with; null for their own. */
  readonly remark: number | null;
  readonly queue: SkBuff[];
  sent: number;
  dropped: number;
}

export interface DiffServ {
  /** Class by code point. */
  readonly indices: ReadonlyMap<number, DiffServClass>;
  readonly classes: readonly DiffServClass[];
  readonly last: DiffServClass;
}

/** The upper six bits; the lower two are for explicit congestion notification. */
const DSCP_SHIFT = 2;
const ECN_MASK = 3;

export interface ClassDescription {
  readonly codePoints: readonly number[];
  readonly remark: number | null;
}

/** What the last class does not name is in it, too. @kernel dsmark_init */
export function newDiffServ(descriptions: readonly ClassDescription[]): DiffServ {
  const indices = new Map<number, DiffServClass>();
  const classes = descriptions.map(({ codePoints, remark }) => {
    const made: DiffServClass = { remark, queue: [], sent: 0, dropped: 0 };
    for (const codePoint of codePoints) if (!indices.has(codePoint)) indices.set(codePoint, made);
    return made;
  });
  const last = classes.at(-1) ?? bug('there are no classes');
  return { indices, classes, last };
}

/** Notes the DS field in the packet; what is not IP has none. @kernel dsmark_enqueue */
function setTcIndex(skb: SkBuff): void {
  skb.tcIndex = skb.protocol === ETH_P_IP && skb.nh !== null ? ipHeader(skb).tos : 0;
}

/** @kernel tcindex_classify */
function classify({ indices, last }: DiffServ, skb: SkBuff): DiffServClass {
  const ip = skb.protocol === ETH_P_IP;
  return (ip ? indices.get(skb.tcIndex >>> DSCP_SHIFT) : undefined) ?? last;
}

/** The queue that a packet belongs in. */
export function diffServQueue(diffServ: DiffServ, skb: SkBuff): SkBuff[] {
  setTcIndex(skb);
  return classify(diffServ, skb).queue;
}

/** That queue was full. */
export function diffServDropped(diffServ: DiffServ, skb: SkBuff): void {
  classify(diffServ, skb).dropped += 1;
}

/** @kernel dsmark_dequeue */
export function diffServDequeue({ classes }: DiffServ): SkBuff | undefined {
  const found = classes.find(({ queue }) => queue.length > 0);
  const skb = found?.queue.shift();
  if (found === undefined || skb === undefined) return undefined;
  found.sent += 1;
  if (found.remark !== null && skb.protocol === ETH_P_IP) changeDsField(skb, found.remark);
  return skb;
}

/** @kernel ipv4_change_dsfield */
function changeDsField(skb: SkBuff, codePoint: number): void {
  if (!skbCow(skb, 0)) return;
  const { headerLength, tos } = ipHeader(skb);
  const header = networkOctets(skb).subarray(0, headerLength);
  header[1] = (codePoint << DSCP_SHIFT) | (tos & ECN_MASK);
  ipSendCheck(header);
}

export function diffServQueued({ classes }: DiffServ): number {
  return classes.reduce((sum, { queue }) => sum + queue.length, 0);
}
