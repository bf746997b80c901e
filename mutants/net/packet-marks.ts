/** Faults of what single features keep in a packet, and of what characterises channels. */
import type { Mutant } from '../mutant.ts';

const diffserv = 'net/diffserv';
const bridge = 'net/bridge';
const xfrm = 'net/xfrm-input';

export const PACKET_MARKS: readonly Mutant[] = [
  {
    id: 'class-by-priority',
    statement: 'PRI-03',
    file: diffserv,
    find: `indices.get(skb.tcIndex >>> DSCP_SHIFT)`,
    replace: `indices.get(skb.priority)`,
    does: 'Chooses the class by the priority of the packet.',
  },
  {
    id: 'class-by-whole-octet',
    statement: 'PRI-03',
    file: diffserv,
    find: `indices.get(skb.tcIndex >>> DSCP_SHIFT)`,
    replace: `(skb.tcIndex & ECN_MASK) === 0 ? indices.get(skb.tcIndex >>> DSCP_SHIFT) : undefined`,
    does: 'Counts the bits for congestion as part of the code point.',
  },
  {
    id: 'class-by-precedence',
    statement: 'PRI-03',
    file: diffserv,
    find: `indices.get(skb.tcIndex >>> DSCP_SHIFT)`,
    replace: `indices.get((skb.tcIndex >>> 5) << 3)`,
    does: 'Looks at the upper three bits of the DS field only.',
  },
  {
    id: 'last-class-first',
    statement: 'PRI-03',
    file: diffserv,
    find: `classes.find(({ queue }) => queue.length > 0)`,
    replace: `classes.findLast(({ queue }) => queue.length > 0)`,
    does: 'Serves the last class first.',
  },
  {
    id: 'class-unnamed-in-first',
    statement: 'PRI-03',
    file: diffserv,
    find: `classes.at(-1)`,
    replace: `classes.at(0)`,
    does: 'Puts what no class names into the first.',
  },
  {
    id: 'remark-loses-congestion-bits',
    statement: 'PRI-03',
    file: diffserv,
    find: `(codePoint << DSCP_SHIFT) | (tos & ECN_MASK)`,
    replace: `codePoint << DSCP_SHIFT`,
    does: 'Loses the bits for congestion with the code point that it changes.',
  },
  {
    id: 'remark-leaves-checksum',
    statement: 'PRI-03',
    file: diffserv,
    find: `    ipSendCheck(header);
`,
    replace: ``,
    does: 'Leaves the checksum as it was when it changes the code point.',
  },
  {
    id: 'mark-lost-with-pieces',
    statement: 'FEA-01',
    file: 'net/ip-output',
    find: `    copyFeatures(piece, from);
`,
    replace: ``,
    does: 'Forgets the mark in the pieces of a packet.',
  },
  {
    id: 'bridge-learns-nothing',
    statement: 'FEA-01',
    file: bridge,
    find: `    bridge.table.set(keyOf(source), { port, at: net.clock.now });
`,
    replace: ``,
    does: 'Does not learn from the sources of frames.',
  },
  {
    id: 'bridge-sends-back',
    statement: 'FEA-01',
    file: bridge,
    find: `        if (port !== from)
            deliver(net, port, skb);`,
    replace: `        deliver(net, port, skb);`,
    does: 'Sends a frame out where it has come in, too.',
  },
  {
    id: 'bridge-never-forgets',
    statement: 'FEA-01',
    file: bridge,
    find: `.filter(([, { at }]) => net.clock.now - at < AGEING_NS)`,
    replace: ``,
    does: 'Remembers for ever behind which port an address was.',
  },
  {
    id: 'bridge-port-forgotten',
    statement: 'FEA-01',
    file: bridge,
    find: `    skb.bridgePort = port.name;
`,
    replace: ``,
    does: 'Does not tell a packet by which port it has come.',
  },
  {
    id: 'bridge-hands-all-up',
    statement: 'FEA-01',
    file: bridge,
    find: `    else if (!own) {`,
    replace: `    else if (!own && false) {`,
    does: 'Takes the frames of others for its own.',
  },
  {
    id: 'xfrm-path-not-noted',
    statement: 'FEA-01',
    file: xfrm,
    find: `    skb.securityPath = [...skb.securityPath, protocol];
`,
    replace: ``,
    does: 'Does not note the transforms that a packet came through.',
  },
  {
    id: 'xfrm-path-upside-down',
    statement: 'FEA-01',
    file: xfrm,
    find: `[...skb.securityPath, protocol]`,
    replace: `[protocol, ...skb.securityPath]`,
    does: 'Notes the transforms of a packet the last first.',
  },
  {
    id: 'xfrm-policy-of-any',
    statement: 'FEA-01',
    file: xfrm,
    find: `return path.length === wanted.length &&`,
    replace: `return path.length >= wanted.length &&`,
    does: 'Is content with more transforms than it has asked for.',
  },
  {
    id: 'xfrm-trailer-left',
    statement: 'FEA-01',
    file: xfrm,
    find: `skb.len - trailer)`,
    replace: `skb.len)`,
    does: 'Leaves the trailer of a transform to the protocol behind it.',
  },
  {
    id: 'xfrm-inner-protocol-unsaid',
    statement: 'FEA-01',
    file: xfrm,
    find: `    ip[9] = next;
`,
    replace: ``,
    does: 'Leaves the number of the transform in the IP header.',
  },
  {
    id: 'udp-ignores-out-of-band',
    statement: 'SOC-02',
    file: 'net/udp',
    find: `    if (message.outOfBand)
        return failure('EOPNOTSUPP');
`,
    replace: ``,
    does: 'Sends what is out of band as a datagram like others.',
  },
  {
    id: 'raw-ignores-out-of-band',
    statement: 'SOC-02',
    file: 'net/raw',
    find: `    if (message.outOfBand)
        return failure('EOPNOTSUPP');
`,
    replace: ``,
    does: 'Sends what is out of band as a packet like others.',
  },
  {
    id: 'page-without-count',
    statement: 'IPO-10',
    file: 'net/ip-append',
    find: `            place.page.users += 1;
`,
    replace: ``,
    does: 'Does not count who has a fragment in a page.',
  },
  {
    id: 'page-kept-by-closed-socket',
    statement: 'IPO-10',
    file: 'net/socket',
    find: `    ipPutSendPage(sk);
`,
    replace: ``,
    does: 'Never gives back the page of a socket that was closed.',
  },
  {
    id: 'evictor-throws-away-few',
    statement: 'FRG-01',
    file: 'net/ip-defragment',
    find: `        if (defragmenter.memory <= low)`,
    replace: `        if (defragmenter.memory <= high)`,
    does: 'Throws away pieces down to the high mark only.',
  },
  {
    id: 'evictor-throws-away-all',
    statement: 'FRG-01',
    file: 'net/ip-defragment',
    find: `        if (defragmenter.memory <= low)`,
    replace: `        if (defragmenter.memory <= 0)`,
    does: 'Throws away all pieces there are when they are too many.',
  },
  {
    id: 'evictor-early',
    statement: 'FRG-01',
    file: 'net/ip-defragment',
    find: `    if (defragmenter.memory <= high)`,
    replace: `    if (defragmenter.memory <= low)`,
    does: 'Throws pieces away as soon as the low mark is passed.',
  },
];
