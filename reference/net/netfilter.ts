/**
 * Netfilter: places on a packet's way at which others may look at it and decide.
 *
 * A hook has a list of functions in ascending order of priority. Each gives a verdict; only when all
 * have accepted does the packet go on, by the continuation that the caller gave.
 *
 * Source: Linux 2.6.11, net/core/netfilter.c; Linux 6.18, net/netfilter/core.c.
 */
import type { Errno, NfHook, NfVerdict, Profile } from '../../contract/index.ts';
import { bugOn } from '../kernel/bug.ts';
import type { NetDevice } from './net-device.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import type { SkBuff } from './sk-buff.ts';

/** Where a packet is when a hook looks at it: devices are null where there is none yet. */
export interface NfPlace {
  readonly hook: NfHook;
  readonly in: NetDevice | null;
  readonly out: NetDevice | null;
}

/** @kernel struct nf_hook_ops */
export interface NfHookOps {
  readonly name: string;
  readonly hook: NfHook;
  /** Signed 32-bit; the lowest comes first. */
  readonly priority: number;
  readonly fn: (skb: SkBuff, place: NfPlace) => NfVerdict;
}

/** What an output function comes to: done, dropped at a queue, to be called again, or an error. */
export type Sent = 0 | 'NET_XMIT_DROP' | 'NET_XMIT_BYPASS' | Errno;

export interface Netfilter {
  readonly profile: Profile;
  readonly hooks: Readonly<Record<NfHook, NfHookOps[]>>;
  /** Functions at all hooks together: mostly none, and then a packet is past them at once. */
  registered: number;
  /** Takes packets to user space; null where nobody has registered. @kernel nf_register_queue_handler */
  queueHandler: ((skb: SkBuff, goOn: () => Sent) => void) | null;
}

export function newNetfilter(profile: Profile): Netfilter {
  const hooks = { PRE_ROUTING: [], LOCAL_IN: [], FORWARD: [], LOCAL_OUT: [], POST_ROUTING: [] };
  return { profile, hooks, registered: 0, queueHandler: null };
}

/** Behind those of the same priority; in later systems, in front of them. @kernel nf_register_hook */
export function nfRegisterHook(netfilter: Netfilter, ops: NfHookOps): void {
  const list = netfilter.hooks[ops.hook];
  const goesBefore = ({ priority }: NfHookOps): boolean =>
    netfilter.profile === 'linux-6' ? ops.priority <= priority : ops.priority < priority;
  const place = list.findIndex(goesBefore);
  list.splice(place < 0 ? list.length : place, 0, ops);
  netfilter.registered += 1;
}

/** @kernel nf_unregister_hook */
export function nfUnregisterHook(netfilter: Netfilter, ops: NfHookOps): void {
  const list = netfilter.hooks[ops.hook];
  const place = list.indexOf(ops);
  if (place < 0) return;
  list.splice(place, 1);
  netfilter.registered -= 1;
}

/** No sensible hook wants to see a packet as often. */
const MAX_REPEATS = 10_000;

/** The verdict of all from one place of the list on; it tells where a queued packet goes on. */
function iterate(
  { profile, hooks }: Netfilter,
  from: number,
  skb: SkBuff,
  place: NfPlace,
): { readonly verdict: Exclude<NfVerdict, 'REPEAT'>; readonly at: number } {
  const list = hooks[place.hook];
  let repeats = 0;
  for (let at = from; at < list.length; at++) {
    const verdict = list[at]?.fn(skb, place) ?? 'ACCEPT';
    if (verdict === 'REPEAT') {
      // Not in later systems: there it is for packets that come back from user space, and any other is lost.
      if (profile === 'linux-6') return { verdict: 'STOLEN', at };
      bugOn(++repeats > MAX_REPEATS, `${list[at]?.name} wants to see the packet again for ever`);
      at--;
    } else if (verdict !== 'ACCEPT') {
      return { verdict, at };
    }
  }
  return { verdict: 'ACCEPT', at: list.length };
}

/**
 * Passes a packet through a hook and, when all accept it, on to the continuation.
 *
 * @returns what the continuation does; EPERM for a packet that was dropped.
 * @kernel NF_HOOK, nf_hook_slow
 */
export function nfHook(
  netfilter: Netfilter,
  place: NfPlace,
  skb: SkBuff,
  okfn: (skb: SkBuff) => Sent,
  from = 0,
): Sent {
  if (netfilter.registered === 0) return okfn(skb);
  const { verdict, at } = iterate(netfilter, from, skb, place);
  if (verdict === 'ACCEPT') return okfn(skb);
  if (verdict === 'STOLEN') return 0;
  if (verdict === 'QUEUE' && netfilter.queueHandler !== null) {
    netfilter.queueHandler(skb, () => nfHook(netfilter, place, skb, okfn, at + 1));
    return 0;
  }
  kfreeSkb(skb);
  return verdict === 'QUEUE' ? 0 : 'EPERM';
}
