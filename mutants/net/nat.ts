/** Faults of network address translation. */
import type { Mutant } from '../mutant.ts';

const file = 'net/nat';
const rewrite = 'net/nat-rewrite';

export const NAT: readonly Mutant[] = [
  {
    id: 'nat-binding-never-found-again',
    statement: 'FRG-03',
    alsoBreaks: ['CSM-06', 'FRG-04'],
    file,
    find: `    const known = nat.byInner.get(keyOf(protocol, inner));`,
    replace: `    const known = nat.byInner.get(keyOf(protocol, { address: 0, port: inner.port }));`,
    does: 'Never finds the binding of a sender again.',
  },
  {
    id: 'nat-port-of-two-hosts',
    statement: 'FRG-03',
    file,
    find: `    if (isFree(wanted.port))`,
    replace: `    if (wanted.port > 0)`,
    does: 'Lets two hosts have one port.',
  },
  {
    id: 'nat-by-every-interface',
    statement: 'FRG-03',
    alsoBreaks: ['FRG-04', 'CSM-06'],
    file,
    find: `if (place.out !== out ||`,
    replace: `if (`,
    does: 'Changes what leaves by any interface.',
  },
  {
    id: 'nat-answers-not-changed-back',
    statement: 'FRG-03',
    file,
    find: `if (place.in !== nat.out ||`,
    replace: `if (place.in === nat.out ||`,
    does: 'Takes answers for its own.',
  },
  {
    id: 'nat-later-pieces-of-answers-lost',
    statement: 'FRG-03',
    file,
    find: `    if (isFragment(header))
        nat.receivers`,
    replace: `    if (!isFragment(header))
        nat.receivers`,
    does: 'Forgets whom an answer in pieces is for after the first piece.',
  },
  {
    id: 'nat-later-pieces-keep-address',
    statement: 'FRG-03',
    alsoBreaks: ['FRG-04'],
    file,
    find: `        rewriteEnd(skb, 'source', { address, port: null });
        return true;`,
    replace: `        return true;`,
    does: 'Changes the address of the first piece only.',
  },
  {
    id: 'nat-binding-forgotten-in-a-minute',
    statement: 'FRG-03',
    file,
    find: `const BINDING_NS = 300 * NS_PER_S;`,
    replace: `const BINDING_NS = 60 * NS_PER_S;`,
    does: 'Forgets a binding after a minute.',
  },
  {
    id: 'nat-echo-identifier-kept',
    statement: 'FRG-03',
    file: rewrite,
    find: `return isEcho ? ICMP : undefined;`,
    replace: `return undefined;`,
    does: 'Does not tell echoes apart by their identifier.',
  },
  {
    id: 'nat-ids-never-mapped',
    statement: 'FRG-04',
    file,
    find: `    if (nat.mapIds)
`,
    replace: `    if (false)
`,
    does: 'Leaves identifications as they are.',
  },
  {
    id: 'nat-id-of-each-piece-its-own',
    statement: 'FRG-04',
    file,
    find: `(nat.ids.get(key) ?? nat.ids.keep(key, fresh()))`,
    replace: `nat.ids.keep(key, fresh())`,
    does: 'Gives every piece of a datagram another identification.',
  },
  {
    id: 'nat-id-whoever-sends',
    statement: 'FRG-04',
    alsoBreaks: ['FRG-03'],
    file,
    find: '`${saddr} ${daddr} ${protocol} ${id}`',
    replace: '`${daddr} ${protocol} ${id}`',
    does: 'Maps equal identifications of two hosts to one.',
  },
  {
    id: 'nat-id-checksum-stale',
    statement: 'FRG-04',
    file: rewrite,
    find: `    amend(bytes, 10, [before], [id]);
`,
    replace: ``,
    does: "Does not mend the IP header's checksum for the identification.",
  },
  {
    id: 'nat-header-checksum-stale',
    statement: 'FRG-03',
    alsoBreaks: ['FRG-04', 'CSM-06'],
    file: rewrite,
    find: `    amend(bytes, 10, words(before), words(address));
`,
    replace: ``,
    does: "Does not mend the IP header's checksum for the address.",
  },
  {
    id: 'nat-transport-checksum-stale',
    statement: 'CSM-06',
    alsoBreaks: ['FRG-03', 'FRG-04'],
    file: rewrite,
    find: `if (places.pseudoHeader && !none) {`,
    replace: `if (false) {`,
    does: 'Does not mend the checksum of UDP and TCP for the address.',
  },
  {
    id: 'nat-echo-checksum-mended-for-address',
    statement: 'CSM-06',
    alsoBreaks: ['FRG-03'],
    file: rewrite,
    find: `check: 2, pseudoHeader: false`,
    replace: `check: 2, pseudoHeader: true`,
    does: 'Mends the checksum of an echo for an address that it does not cover.',
  },
  {
    id: 'nat-no-checksum-mended',
    statement: 'CSM-06',
    file: rewrite,
    find: `const none = places === UDP && be16(transport, places.check) === 0;`,
    replace: `const none = false;`,
    does: 'Makes a checksum of none.',
  },
  {
    id: 'nat-checksum-comes-out-as-none',
    statement: 'CSM-06',
    file: rewrite,
    find: `if (places === UDP && !none && be16(transport, places.check) === 0) {`,
    replace: `if (places === TCP && !none && be16(transport, places.check) === 0) {`,
    does: 'Sends a checksum that comes out as zero, which says that there is none.',
  },
  {
    id: 'nat-quote-left',
    statement: 'FRG-03',
    file: 'net/nat',
    find: `    rewriteQuote(skb, quote, 'source', binding.inner);
`,
    replace: ``,
    does: 'Leaves the packet that an error quotes under the address of the router.',
  },
  {
    id: 'nat-errors-kept',
    statement: 'FRG-03',
    file: 'net/nat',
    find: `    if (quote !== undefined)
        return errorArrives(nat, skb, quote);
`,
    replace: ``,
    does: 'Keeps errors about the packets of others for itself.',
  },
  {
    id: 'nat-message-checksum-stale',
    statement: 'CSM-06',
    file: 'net/nat-icmp',
    find: `    amendChanged(message, before);
`,
    replace: ``,
    does: 'Does not mend the checksum of an error for what it has changed in it.',
  },
  {
    id: 'nat-quoted-port-left',
    statement: 'FRG-03',
    file: 'net/nat-icmp',
    find: `    putBe16(transport, places[which], end.port);
`,
    replace: ``,
    does: 'Leaves the port of the packet that an error quotes.',
  },
];
