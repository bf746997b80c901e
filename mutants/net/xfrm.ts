/** Faults of outputs on top of each other, and of the room that they need. */
import type { Mutant } from '../mutant.ts';

const append = 'net/ip-append';
const file = 'net/xfrm';

export const XFRM: readonly Mutant[] = [
  {
    id: 'dst-output-called-once',
    statement: 'IPI-10',
    alsoBreaks: ['IPO-06'],
    file: 'net/ip-output',
    find: `        if (sent !== 'NET_XMIT_BYPASS')
            return sent;`,
    replace: `        return sent;`,
    does: 'Calls the first output only.',
  },
  {
    id: 'dst-output-error-is-success',
    statement: 'IPI-10',
    alsoBreaks: ['BUF-04', 'FLW-02', 'FLW-01', 'MTU-01', 'MTU-03', 'NFH-01', 'IPO-01', 'IPO-02'],
    file: 'net/ip-output',
    find: `        if (sent !== 'NET_XMIT_BYPASS')
            return sent;`,
    replace: `        if (sent !== 'NET_XMIT_BYPASS')
            return 0;`,
    does: 'Hides the error of an output.',
  },
  {
    id: 'xfrm-stack-upside-down',
    statement: 'IPI-10',
    file,
    find: `transforms.reduceRight(stackOn, route)`,
    replace: `transforms.reduce(stackOn, route)`,
    does: 'Calls the last output first.',
  },
  {
    id: 'xfrm-second-output-skipped',
    statement: 'IPI-10',
    alsoBreaks: ['IPO-06'],
    file,
    find: `    skb.dst = child;
`,
    replace: `    skb.dst = child.child ?? child;
`,
    does: 'Leaves out every second output.',
  },
  {
    id: 'xfrm-header-forgotten',
    statement: 'IPI-10',
    file,
    find: `    bytes.set(header, skb.h);
`,
    replace: ``,
    does: 'Leaves its header empty.',
  },
  {
    id: 'xfrm-trailer-forgotten',
    statement: 'IPI-10',
    file,
    find: `bytes.set(trailer, skbPut(skb, trailer.length));`,
    replace: `skbPut(skb, 0);`,
    does: 'Forgets the trailer.',
  },
  {
    id: 'xfrm-protocol-kept',
    statement: 'IPI-10',
    alsoBreaks: ['IPO-06'],
    file,
    find: `    octets[9] = protocol;
`,
    replace: ``,
    does: 'Says of the packet that it is still of the protocol of before.',
  },
  {
    id: 'xfrm-length-kept',
    statement: 'IPI-10',
    alsoBreaks: ['IPO-06'],
    file,
    find: `    putBe16(octets, 2, skb.len);
`,
    replace: ``,
    does: 'Leaves the total length as it was.',
  },
  {
    id: 'append-no-room-in-front',
    statement: 'IPO-06',
    file: append,
    find: `sk.writeQueue.length === 0 ? headerLength : 0`,
    replace: `0`,
    does: 'Leaves no room in front for IPsec.',
  },
  {
    id: 'append-room-in-front-of-each',
    statement: 'IPO-06',
    file: append,
    find: `front: tail === undefined ? front : 0, full`,
    replace: `front, full`,
    does: 'Leaves room in front of every buffer of a datagram.',
  },
  {
    id: 'append-no-room-behind',
    statement: 'IPO-06',
    file: append,
    find: `const trailer = data === wanted ? dst.trailerLength : 0;`,
    replace: `const trailer = 0;`,
    does: 'Leaves no room behind for IPsec.',
  },
  {
    id: 'append-room-behind-each',
    statement: 'IPO-06',
    file: append,
    find: `const trailer = data === wanted ? dst.trailerLength : 0;`,
    replace: `const trailer = dst.trailerLength;`,
    does: 'Leaves room behind every buffer of a datagram.',
  },
  {
    id: 'append-front-not-counted',
    statement: 'IPO-06',
    alsoBreaks: ['IPI-10'],
    file: append,
    find: `const total = transport + front + octets.length;`,
    replace: `const total = transport + octets.length;`,
    does: 'Does not count the room in front when it cuts.',
  },
  {
    id: 'xfrm-room-of-one',
    statement: 'IPO-06',
    file,
    find: `headerLength: child.headerLength + transform.header.length,`,
    replace: `headerLength: transform.header.length,`,
    does: 'Tells of the headers of a stack only the first.',
  },
  {
    id: 'xfrm-not-for-forwarded',
    statement: 'IPI-10',
    file: 'net/ip-forward',
    find: `const dst = xfrmLookup(net, dstOf(skb));`,
    replace: `const dst = dstOf(skb);`,
    does: 'Forwards packets as they are where those that it sends itself pass transforms.',
  },
];
