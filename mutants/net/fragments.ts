/** Faults of reassembly. */
import type { Mutant } from '../mutant.ts';

const file = 'net/ip-defragment';

export const FRAGMENTS: readonly Mutant[] = [
  {
    id: 'fragments-never-too-far',
    statement: 'FRG-01',
    profile: 'linux-6',
    file,
    find: `distance > MAX_DIST;`,
    replace: `false;`,
    does: 'Joins pieces however many of others came between.',
  },
  {
    id: 'fragments-too-far-by-one',
    statement: 'FRG-01',
    profile: 'linux-6',
    file,
    find: `distance > MAX_DIST;`,
    replace: `distance >= MAX_DIST;`,
    does: 'Begins a datagram anew one piece too early.',
  },
  {
    id: 'fragments-old-ones-pushed-out',
    statement: 'FRG-01',
    profile: 'linux-6',
    file,
    find: `if (net.profile !== 'linux-6')
        evict(net);`,
    replace: `if (net.profile !== '')
        evict(net);`,
    does: 'Pushes out old pieces for new ones, as older systems did.',
  },
  {
    id: 'fragments-without-bound-later',
    statement: 'FRG-01',
    profile: 'linux-6',
    file,
    find: `else if (isFull(net)) {`,
    replace: `else if (false) {`,
    does: 'Keeps pieces without bound.',
  },
  {
    id: 'reassembly-without-id',
    statement: 'FRG-01',
    file,
    find: `const key = \`\${saddr} \${daddr} \${protocol} \${id}\`;`,
    replace: `const key = \`\${saddr} \${daddr} \${protocol}\`;`,
    does: 'Puts pieces of different datagrams together.',
  },
  {
    id: 'reassembly-without-source',
    statement: 'FRG-01',
    file,
    find: `const key = \`\${saddr} \${daddr} \${protocol} \${id}\`;`,
    replace: `const key = \`\${daddr} \${protocol} \${id}\`;`,
    does: 'Puts pieces from different senders together.',
  },
  {
    id: 'reassembly-without-protocol',
    statement: 'FRG-01',
    file,
    find: `const key = \`\${saddr} \${daddr} \${protocol} \${id}\`;`,
    replace: `const key = \`\${saddr} \${daddr} \${id}\`;`,
    does: 'Puts pieces of different protocols together.',
  },
  {
    id: 'reassembly-without-timeout',
    statement: 'FRG-01',
    file,
    find: `    queue.timer = after(net.clock, FRAG_TIME_NS, () => expire(net, queue));
    queues.set(key, queue);`,
    replace: `    queues.set(key, queue);`,
    does: 'Waits for the rest for ever.',
  },
  {
    id: 'reassembly-timeout-extended',
    statement: 'FRG-01',
    file,
    find: `    defragmenter.queues.delete(queue.key);
`,
    replace: `    defragmenter.queues.delete(queue.key);
    cancel(queue.timer);
    queue.timer = after(net.clock, FRAG_TIME_NS, () => expire(net, queue));
`,
    does: 'Begins to wait anew with each piece.',
  },
  {
    id: 'reassembly-timeout-too-long',
    statement: 'FRG-01',
    file,
    find: `const FRAG_TIME_NS = 30 * NS_PER_S;`,
    replace: `const FRAG_TIME_NS = 60 * NS_PER_S;`,
    does: 'Waits a minute for the rest.',
  },
  {
    id: 'reassembly-timeout-too-short',
    statement: 'FRG-01',
    file,
    find: `const FRAG_TIME_NS = 30 * NS_PER_S;`,
    replace: `const FRAG_TIME_NS = 29 * NS_PER_S;`,
    does: 'Waits less than 30 seconds for the rest.',
  },
  {
    id: 'reassembly-timeout-not-told',
    statement: 'FRG-01',
    file,
    find: `icmpSend(net, skb, { type: 11, code: 1, info: 0 });`,
    replace: ``,
    does: 'Does not tell the sender that the rest has not come.',
  },
  {
    id: 'reassembly-timeout-as-hops',
    statement: 'FRG-01',
    file,
    find: `{ type: 11, code: 1, info: 0 }`,
    replace: `{ type: 11, code: 0, info: 0 }`,
    does: 'Tells the sender that a hop was missing where the rest has not come.',
  },
  {
    id: 'reassembly-timeout-not-counted',
    statement: 'FRG-01',
    file,
    find: `net.counters.ReasmTimeout += 1;`,
    replace: ``,
    does: 'Does not count a datagram whose rest has not come.',
  },
  {
    id: 'reassembly-failure-not-counted',
    statement: 'FRG-01',
    file,
    find: `        kfreeSkb(skb);
    net.counters.ReasmFails += 1;`,
    replace: `        kfreeSkb(skb);`,
    does: 'Does not count a datagram that was not put together.',
  },
  {
    id: 'reassembly-pieces-not-counted',
    statement: 'FRG-01',
    file,
    find: `net.counters.ReasmReqds += 1;`,
    replace: ``,
    does: 'Does not count the pieces that come.',
  },
  {
    id: 'reassembly-success-not-counted',
    statement: 'FRG-01',
    file,
    find: `net.counters.ReasmOKs += 1;`,
    replace: ``,
    does: 'Does not count a datagram that was put together.',
  },
  {
    id: 'reassembly-timer-goes-on',
    statement: 'FRG-01',
    file,
    find: `    cancel(queue.timer);
    net.defragmenter.queues.delete(queue.key);
`,
    replace: `    net.defragmenter.queues.delete(queue.key);
`,
    does: 'Counts a datagram for late that was put together long ago.',
  },
  {
    id: 'reassembly-in-order-of-arrival',
    statement: 'FRG-01',
    file,
    find: `    pieces.splice(place, 0, { offset, skb });
    return true;
}
/** A piece`,
    replace: `    pieces.push({ offset, skb });
    return true;
}
/** A piece`,
    does: 'Hangs pieces behind each other as they come.',
  },
  {
    id: 'reassembly-duplicate-counted',
    statement: 'FRG-01',
    file,
    find: `next !== undefined && next.offset < end; next = pieces[place]) {`,
    replace: `next === null; next = pieces[place]) {`,
    does: 'Counts octets twice that came twice.',
  },
  {
    id: 'reassembly-complete-without-last',
    statement: 'IPI-05',
    alsoBreaks: ['FRG-01', 'IPI-06', 'SND-01', 'SOC-05'],
    file,
    find: `    if (!lastIn || pieces[0]?.offset !== 0)
        return false;
`,
    replace: ``,
    does: 'Takes a datagram for whole though its last piece is missing.',
  },
  {
    id: 'reassembly-complete-with-last',
    statement: 'IPI-05',
    file,
    find: `    return pieces.reduce((sum, { skb }) => sum + skb.len, 0) === length;`,
    replace: `    return length > 0;`,
    does: 'Takes a datagram for whole as soon as its first and its last piece are there.',
  },
  {
    id: 'reassembly-earlier-keeps-behind',
    statement: 'FRG-01',
    file,
    find: `            pskbPull(next.skb, overlap);
            next.offset += overlap;
`,
    replace: `            skbTrim(skb, skb.len - overlap);
`,
    does: 'Keeps what the earlier piece has of what is behind.',
  },
  {
    id: 'reassembly-newcomer-takes-front',
    statement: 'FRG-01',
    file,
    find: `    if (covered > 0 && (covered >= skb.len || !pskbPull(skb, covered)))
        return false;
    const offset = start + Math.max(0, covered);`,
    replace: `    if (covered > 0)
        skbTrim(before.skb, before.skb.len - covered);
    const offset = start;`,
    does: 'Keeps what the newcomer has of what is in front.',
  },
  {
    id: 'reassembly-too-long',
    statement: 'FRG-01',
    file,
    find: `if (headerLength + queue.length > IP_MAX) {`,
    replace: `if (headerLength + queue.length > 2 * IP_MAX) {`,
    does: 'Delivers a datagram that is longer than any can be.',
  },
  {
    id: 'reassembly-overlap-accepted',
    statement: 'FRG-01',
    profile: 'linux-6',
    file,
    find: `net.profile === 'linux-6'
        ? insertAlone`,
    replace: `net.profile === ''
        ? insertAlone`,
    does: 'Puts pieces together that overlap.',
  },
  {
    id: 'reassembly-duplicate-spoils',
    statement: 'FRG-01',
    profile: 'linux-6',
    file,
    find: `const same = other.offset <= offset && end <= other.offset + other.skb.len;`,
    replace: `const same = other.offset > end;`,
    does: 'Throws a datagram away when one of its pieces comes twice.',
  },
];
