/** Faults of the linear buffer. */
import type { Mutant } from '../mutant.ts';

const file = 'net/sk-buff';

const OVER = `if (skb.tail + length > skbEnd(skb))`;

const OVER_PANIC = `${OVER}
        bug(\`skb_over_panic: put:\${length} over the end\`);`;

const UNDER = `if (length > skb.data)`;

const PUT = `    const old = skb.tail;
    skb.tail += length;
    skb.len += length;
    return old;`;

const PUSH = `    skb.data -= length;
    skb.len += length;
    return skb.data;`;

const PULL = `    skb.data += length;
    skb.len -= length;
    return skb.data;`;

const RESERVE = `    skb.data += length;
    skb.tail += length;`;

const DEV_ALLOC = `const skb = allocSkb(size + DEV_HEADROOM);`;

/** Whatever a buffer is filled by shows in all that is in one. */
const ALL_CONTENTS = [
  'SKB-02',
  'SKB-05',
  'SKB-06',
  'SKB-07',
  'SKB-08',
  'SKB-09',
  'SKB-11',
  'SKB-13',
  'SKB-14',
  'SKB-15',
  'SKB-16',
  'SKB-19',
  'SKB-21',
];

const TRANSPORT = [
  'CSM-01',
  'CSM-02',
  'CSM-03',
  'CSM-04',
  'CSM-05',
  'CSM-06',
  'CSM-07',
  'CSM-12',
  'CSM-15',
  'CSM-16',
];

export const SK_BUFF: readonly Mutant[] = [
  {
    id: 'skb-end-too-early',
    statement: 'SKB-05',
    alsoBreaks: [...ALL_CONTENTS, ...TRANSPORT],
    file,
    find: `bytes: freshOctets(size), dataref: 1`,
    replace: `bytes: freshOctets(size & ~15), dataref: 1`,
    does: 'Rounds the size of a new buffer down, so it is shorter than was asked for.',
  },
  {
    id: 'skb-not-empty-at-first',
    statement: 'SKB-05',
    alsoBreaks: [...ALL_CONTENTS, ...TRANSPORT],
    file,
    find: `        len: 0,
        dataLen: 0,`,
    replace: `        len: size,
        dataLen: 0,`,
    does: 'Says of a new buffer that its length is the whole size.',
  },
  {
    id: 'skb-put-forgets-len',
    statement: 'SKB-05',
    alsoBreaks: [...ALL_CONTENTS, ...TRANSPORT],
    file,
    find: PUT,
    replace: `    const old = skb.tail;
    skb.tail += length;
    return old;`,
    does: 'Moves the tail when octets are put and forgets to count them in len.',
  },
  {
    id: 'skb-push-forgets-len',
    statement: 'SKB-05',
    alsoBreaks: ['SKB-06', 'SKB-09', 'SKB-14', 'SKB-15'],
    file,
    find: PUSH,
    replace: `    skb.data -= length;
    return skb.data;`,
    does: 'Moves data when octets are pushed and forgets to count them in len.',
  },
  {
    id: 'skb-headroom-up-to-tail',
    statement: 'SKB-06',
    alsoBreaks: ['SKB-05', 'SKB-08', 'SKB-09', 'SKB-11', 'SKB-13', 'SKB-14', 'SKB-15', 'SKB-21'],
    file,
    find: `export function skbHeadroom(skb) {
    return skb.data;`,
    replace: `export function skbHeadroom(skb) {
    return skb.tail;`,
    does: 'Counts the contents as headroom.',
  },
  {
    id: 'skb-push-reallocates',
    statement: 'SKB-06',
    alsoBreaks: ['SKB-05', 'SKB-08', 'SKB-09', 'SKB-14', 'SKB-15'],
    file,
    find: PUSH,
    replace: `    const bytes = new Uint8Array(skbEnd(skb) + length);
    bytes.set(skb.head.bytes, length);
    skb.head = { ...skb.head, bytes };
    skb.tail += length;
    skb.len += length;
    return skb.data;`,
    does: 'Makes new room for each header that is pushed and copies the packet, with headroom to spare.',
  },
  {
    id: 'skb-put-reallocates',
    statement: 'SKB-07',
    alsoBreaks: ['SKB-05', 'SKB-06', 'SKB-08', 'SKB-09', 'SKB-11', 'SKB-14', 'SKB-15'],
    file,
    find: PUT,
    replace: `    const bytes = new Uint8Array(skbEnd(skb) + length);
    bytes.set(skb.head.bytes);
    skb.head = { ...skb.head, bytes };
${PUT}`,
    does: 'Makes new room for what is put behind the contents, with tailroom to spare.',
  },
  {
    id: 'skb-tailroom-forgets-headroom',
    statement: 'SKB-07',
    alsoBreaks: ['SKB-05', 'SKB-06', 'SKB-09', 'SKB-14', 'SKB-15'],
    file,
    find: `skbEnd(skb) - skb.tail;`,
    replace: `skbEnd(skb) - skb.len;`,
    does: 'Computes the tailroom as size less length, and forgets what is reserved in front.',
  },
  {
    id: 'skb-pull-moves-header-pointer',
    statement: 'SKB-08',
    alsoBreaks: ['SKB-21'],
    file,
    find: PULL,
    replace: `    if (skb.nh !== null)
        skb.nh += length;
${PULL}`,
    does: 'Moves the header pointer along when the header is stripped.',
  },
  {
    id: 'skb-pull-copies',
    statement: 'SKB-09',
    alsoBreaks: ['SKB-05', 'SKB-08', 'SKB-11', 'SKB-13', 'SKB-14', 'SKB-15', 'SKB-16', 'SKB-21'],
    file,
    find: PULL,
    replace: `    skb.head.bytes.copyWithin(skb.data, skb.data + length, skb.tail);
    skb.tail -= length;
    skb.len -= length;
    return skb.data;`,
    does: 'Strips a header by moving the contents forward instead of the pointer.',
  },
  {
    id: 'skb-pull-wipes',
    statement: 'SKB-09',
    alsoBreaks: ['SKB-08', 'SKB-11'],
    file,
    find: PULL,
    replace: `    skb.head.bytes.fill(0, skb.data, skb.data + length);
${PULL}`,
    does: 'Overwrites a header with zeroes when it is stripped.',
  },
  {
    id: 'skb-put-grows-over-the-end',
    statement: 'SKB-14',
    alsoBreaks: ['SKB-05', 'SKB-09', 'SKB-15'],
    file,
    find: OVER_PANIC,
    replace: `const bytes = new Uint8Array(Math.max(skbEnd(skb), skb.tail + length));
    bytes.set(skb.head.bytes);
    skb.head = { ...skb.head, bytes };`,
    does: 'Enlarges the buffer when more is put than there is room for, instead of catching it.',
  },
  {
    id: 'skb-put-bound-too-strict',
    statement: 'SKB-14',
    alsoBreaks: [...ALL_CONTENTS, ...TRANSPORT],
    file,
    find: OVER,
    replace: `if (skb.tail + length >= skbEnd(skb))`,
    does: 'Refuses the last octet of the tailroom.',
  },
  {
    id: 'skb-put-returns-new-tail',
    statement: 'SKB-14',
    alsoBreaks: ALL_CONTENTS,
    file,
    find: `    return old;`,
    replace: `    return skb.tail;`,
    does: 'Returns the new tail from skb_put, so the octets are written behind their place.',
  },
  {
    id: 'skb-put-on-fragments',
    statement: 'SKB-14',
    alsoBreaks: ['SKB-15'],
    file,
    find: `bugOn(skbIsNonlinear(skb), 'skb_put`,
    replace: `bugOn(false, 'skb_put`,
    does: 'Puts octets between the linear part and the page fragments behind it.',
  },
  {
    id: 'skb-push-without-bound',
    statement: 'SKB-14',
    alsoBreaks: ['SKB-05', 'SKB-09', 'SKB-15'],
    file,
    find: UNDER,
    replace: `if (length < 0)`,
    does: 'Lets the contents grow in front of the head of the buffer.',
  },
  {
    id: 'skb-push-bound-too-strict',
    statement: 'SKB-14',
    alsoBreaks: ['SKB-05', 'SKB-09', 'SKB-15'],
    file,
    find: UNDER,
    replace: `if (length >= skb.data)`,
    does: 'Refuses to use up the whole headroom.',
  },
  {
    id: 'skb-push-returns-old-data',
    statement: 'SKB-14',
    alsoBreaks: ['SKB-05', 'SKB-06', 'SKB-08', 'SKB-09', 'SKB-15'],
    file,
    find: PUSH,
    replace: `    skb.data -= length;
    skb.len += length;
    return skb.data + length;`,
    does: 'Returns the old data from skb_push, so the header is written over the contents.',
  },
  {
    id: 'skb-pull-without-bound',
    statement: 'SKB-15',
    alsoBreaks: ['SKB-05', 'SKB-09', 'SKB-14'],
    file,
    find: `    if (length > skb.len)
        return null;
    bugOn(length > skbHeadlen(skb), 'skb_pull past the linear part');`,
    replace: ``,
    does: 'Pulls more octets than there are.',
  },
  {
    id: 'skb-pull-takes-what-is-there',
    statement: 'SKB-15',
    alsoBreaks: ['SKB-05', 'SKB-09', 'SKB-14'],
    file,
    find: `    if (length > skb.len)
        return null;`,
    replace: `    length = Math.min(length, skb.len);`,
    does: 'Pulls all that is there when more is asked for, instead of failing.',
  },
  {
    id: 'skb-pull-returns-old-data',
    statement: 'SKB-15',
    alsoBreaks: ['SKB-05', 'SKB-09', 'SKB-14'],
    file,
    find: PULL,
    replace: `    skb.data += length;
    skb.len -= length;
    return skb.data - length;`,
    does: 'Returns the old data from skb_pull.',
  },
  {
    id: 'skb-pull-forgets-len',
    statement: 'SKB-15',
    alsoBreaks: ['SKB-05', 'SKB-08', 'SKB-09', 'SKB-11', 'SKB-14', 'SKB-16'],
    file,
    find: PULL,
    replace: `    skb.data += length;
    return skb.data;`,
    does: 'Moves data when octets are pulled and does not take them off len.',
  },
  {
    id: 'skb-pull-into-fragments',
    statement: 'SKB-15',
    alsoBreaks: ['SKB-14'],
    file,
    find: `bugOn(length > skbHeadlen(skb), 'skb_pull`,
    replace: `bugOn(false, 'skb_pull`,
    does: 'Moves data past the linear part when octets of a page fragment are pulled.',
  },
  {
    id: 'skb-reserve-moves-data-only',
    statement: 'SKB-15',
    alsoBreaks: ALL_CONTENTS,
    file,
    find: RESERVE,
    replace: `    skb.data += length;`,
    does: 'Moves data and leaves the tail behind when headroom is reserved.',
  },
  {
    id: 'skb-reserve-moves-tail-only',
    statement: 'SKB-15',
    alsoBreaks: ALL_CONTENTS,
    file,
    find: RESERVE,
    replace: `    skb.tail += length;`,
    does: 'Moves the tail and leaves data where it is when headroom is reserved.',
  },
  {
    id: 'skb-reserve-counts-as-contents',
    statement: 'SKB-15',
    alsoBreaks: ALL_CONTENTS,
    file,
    find: RESERVE,
    replace: `${RESERVE}
    skb.len += length;`,
    does: 'Counts reserved headroom in len.',
  },
  {
    id: 'dev-alloc-without-headroom',
    statement: 'SKB-16',
    file,
    find: `    if (skb !== null)
        skbReserve(skb, DEV_HEADROOM);`,
    replace: ``,
    does: "Gives a driver's buffer no headroom.",
  },
  {
    id: 'dev-alloc-headroom-not-added',
    statement: 'SKB-16',
    file,
    find: DEV_ALLOC,
    replace: `const skb = allocSkb(size);`,
    does: "Takes the headroom of a driver's buffer from the size that was asked for.",
  },
  {
    id: 'dev-alloc-headroom-of-18',
    statement: 'SKB-16',
    file,
    find: `const DEV_HEADROOM = 16;`,
    replace: `const DEV_HEADROOM = 18;`,
    does: 'Reserves the 2 octets of alignment in dev_alloc_skb, on top of what the driver reserves.',
  },
  {
    id: 'cb-of-48-octets',
    statement: 'SKB-13',
    file,
    find: `export const CB_SIZE = 40;`,
    replace: `export const CB_SIZE = 48;`,
    does: 'Has a control block of 48 octets, as later kernels do.',
  },
  {
    id: 'contents-fragments-not-advanced',
    statement: 'SKB-05',
    alsoBreaks: ['SKB-09', 'SKB-11'],
    file,
    find: `        at += mine;`,
    replace: ``,
    does: 'Reads every page fragment to the place of the first.',
  },
  {
    id: 'contents-without-fragments',
    statement: 'SKB-05',
    alsoBreaks: ['SKB-09', 'SKB-11', 'SKB-14', 'SKB-15'],
    file,
    find: `    if (!skbIsNonlinear(skb))
        return skbLinear(skb);`,
    replace: `    return skbLinear(skb);`,
    does: 'Takes the linear part for all contents and forgets the page fragments.',
  },
];
