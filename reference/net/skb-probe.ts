/**
 * Probes: whoever wants to know is shown each packet that a function of the stack is given.
 *
 * Source: the idea of Linux's kprobes; the functions are those of 2.6.11.
 */
import type { SkbProbe } from '../../contract/index.ts';
import type { Net } from './net.ts';
import type { SkBuff } from './sk-buff.ts';

export type ProbeHandler = (place: SkbProbe, skb: SkBuff) => void;

/** Shows a packet; it may not be changed. */
export function probe({ probeHandler }: Net, place: SkbProbe, skb: SkBuff): void {
  probeHandler?.(place, skb);
}
