/** Faults of clones, copies and references. */
import type { Mutant } from '../mutant.ts';

const file = 'net/sk-buff-sharing';

const CLONE = `return { ...skb, cb: ownScratch(skb), next: null, prev: null, list: null, users: 1, owner: null };`;

const RELEASED = `    if (skb.head.dataref > 0)
        return false;`;

const EXPANDED = `    releaseData(skb);
    skb.head = fresh;`;

export const SK_BUFF_SHARING: readonly Mutant[] = [
  {
    id: 'clone-is-the-original',
    statement: 'SKB-11',
    alsoBreaks: ['SKB-02', 'SKB-08', 'SKB-13', 'SKB-21'],
    file,
    find: CLONE,
    replace: `return skb;`,
    does: 'Returns the original as its own clone, so both have the same pointers.',
  },
  {
    id: 'clone-copies-data',
    statement: 'SKB-11',
    file,
    find: CLONE,
    replace: `const head = { ...skb.head, bytes: skb.head.bytes.slice() };
    return { ...skb, head, cb: ownScratch(skb), next: null, prev: null, list: null, users: 1, owner: null };`,
    does: 'Gives a clone data of its own.',
  },
  {
    id: 'clone-not-marked',
    statement: 'SKB-11',
    file,
    find: `    skb.cloned = true;`,
    replace: ``,
    does: 'Does not mark a clone and its original as clones, so both are written to.',
  },
  {
    id: 'clone-original-not-marked',
    statement: 'SKB-11',
    file,
    find: `    skb.cloned = true;
    skb.head.dataref += 1;
    ${CLONE}`,
    replace: `    skb.head.dataref += 1;
    return { ...skb, cloned: true, cb: ownScratch(skb), next: null, prev: null, list: null, users: 1, owner: null };`,
    does: 'Marks the clone and not the original.',
  },
  {
    id: 'clone-not-counted',
    statement: 'SKB-11',
    alsoBreaks: ['SKB-06'],
    file,
    find: `    skb.head.dataref += 1;`,
    replace: ``,
    does: 'Does not count the clone among those who use the data.',
  },
  {
    id: 'clone-inherits-references',
    statement: 'SKB-11',
    file,
    find: CLONE,
    replace: `return { ...skb, cb: ownScratch(skb), next: null, prev: null, list: null };`,
    does: 'Gives a clone as many references as its original has.',
  },
  {
    id: 'clone-stays-on-list',
    statement: 'SKB-02',
    alsoBreaks: ['SKB-11'],
    file,
    find: CLONE,
    replace: `return { ...skb, cb: ownScratch(skb), users: 1, owner: null };`,
    does: "Leaves the original's list links in a clone that is on no list.",
  },
  {
    id: 'clone-shares-cb',
    statement: 'SKB-13',
    file,
    find: CLONE,
    replace: `return { ...skb, cb: (skb.cb ??= new Uint8Array(40)), next: null, prev: null, list: null, users: 1, owner: null };`,
    does: 'Lets a clone and its original share one control block.',
  },
  {
    id: 'clone-loses-security',
    statement: 'SKB-21',
    file,
    find: CLONE,
    replace: `return { ...skb, security: 0, cb: ownScratch(skb), next: null, prev: null, list: null, users: 1, owner: null };`,
    does: 'Does not hand the security field on to a clone.',
  },
  {
    id: 'clone-loses-header-pointers',
    statement: 'SKB-08',
    alsoBreaks: ['SKB-21'],
    file,
    find: CLONE,
    replace: `return { ...skb, h: null, nh: null, mac: null, cb: ownScratch(skb), next: null, prev: null, list: null, users: 1, owner: null };`,
    does: 'Does not hand the header pointers on to a clone.',
  },
  {
    id: 'cloned-for-ever',
    statement: 'SKB-11',
    file,
    find: `return skb.cloned && skb.head.dataref !== 1;`,
    replace: `return skb.cloned;`,
    does: 'Takes a buffer for a clone even after its sibling is gone.',
  },
  {
    id: 'data-freed-with-the-first',
    statement: 'SKB-11',
    file,
    find: RELEASED,
    replace: `    skb.head.bytes.fill(0x6b);`,
    does: 'Frees the data with the first descriptor, while a clone still uses them.',
  },
  {
    id: 'data-never-freed',
    statement: 'SKB-11',
    file,
    find: RELEASED,
    replace: `    if (skb.head.dataref >= 0)
        return false;`,
    does: 'Does not free the data with the last descriptor.',
  },
  {
    id: 'free-ignores-references',
    statement: 'SKB-11',
    alsoBreaks: ['SKB-02'],
    file,
    find: `    if (skb.users > 0)
        return { descriptor: false, data: false };`,
    replace: ``,
    does: 'Frees data and descriptor while somebody else still holds a reference.',
  },
  {
    id: 'free-twice-unnoticed',
    statement: 'SKB-11',
    file,
    find: `    skb.users -= 1;`,
    replace: `    skb.users = Math.max(skb.users - 1, 0) || (skb.head.dataref < 1 ? 0 : 1);
    if (skb.users === 1)
        return { descriptor: true, data: releaseData(skb) };`,
    does: 'Does not notice that a buffer is freed already.',
  },
  {
    id: 'freed-while-on-a-list',
    statement: 'SKB-02',
    file,
    find: `bugOn(skb.users === 1 && skb.list !== null, `,
    replace: `bugOn(false, `,
    does: 'Frees a buffer that is still on a list.',
  },
  {
    id: 'get-not-counted',
    statement: 'SKB-11',
    alsoBreaks: ['SKB-02', 'SKB-06'],
    file,
    find: `    skb.users += 1;`,
    replace: ``,
    does: 'Takes a reference without counting it.',
  },
  {
    id: 'copy-shares-data',
    statement: 'SKB-11',
    file,
    find: `    copy.head.bytes.set(skbContents(skb), copy.data);`,
    replace: `    copy.head = skb.head;`,
    does: 'Lets a copy share the data of its original.',
  },
  {
    id: 'copy-loses-headroom-octets',
    statement: 'SKB-11',
    file,
    find: `    copy.head.bytes.set(skb.head.bytes.subarray(0, skb.data));`,
    replace: ``,
    does: 'Copies the contents and not what lies in the headroom.',
  },
  {
    id: 'copy-loses-header-pointers',
    statement: 'SKB-08',
    alsoBreaks: ['SKB-21'],
    file,
    find: `    copy.nh = moved(skb.nh);`,
    replace: ``,
    does: 'Does not hand the network header on to a copy.',
  },
  {
    id: 'copy-loses-security',
    statement: 'SKB-21',
    file,
    find: `priority, protocol, security, pktType });`,
    replace: `priority, protocol, pktType });`,
    does: 'Does not hand the security field on to a copy.',
  },
  {
    id: 'copy-loses-priority',
    statement: 'SKB-21',
    file,
    find: `priority, protocol, security, pktType });`,
    replace: `protocol, security, pktType });`,
    does: 'Does not hand the priority on to a copy.',
  },
  {
    id: 'copy-loses-cb',
    statement: 'SKB-13',
    file,
    find: `    copy.cb = ownScratch(skb);`,
    replace: ``,
    does: 'Gives a copy an empty control block.',
  },
  {
    id: 'linear-copy-loses-fragments',
    statement: 'SKB-11',
    file,
    find: `    copy.dataLen = skb.dataLen;
    copy.len = skb.len;`,
    replace: `    copy.head.frags.length = 0;`,
    does: 'Copies the linear part and loses the page fragments.',
  },
  {
    id: 'expand-leaves-header-pointers',
    statement: 'SKB-08',
    file,
    find: `        skb.nh += headroom;`,
    replace: `        skb.nh += 0;`,
    does: 'Moves the contents on re-allocation and leaves the network header pointer behind.',
  },
  {
    id: 'expand-loses-tailroom',
    statement: 'SKB-06',
    alsoBreaks: ['SKB-11', 'SKB-05', 'SKB-09'],
    file,
    find: `allocData(headroom + skbEnd(skb) + tailroom);`,
    replace: `allocData(headroom + skbEnd(skb));`,
    does: 'Re-allocates without the tailroom that was asked for.',
  },
  {
    id: 'expand-contents-not-moved',
    statement: 'SKB-06',
    alsoBreaks: ['SKB-08', 'SKB-11'],
    file,
    find: `skb.head.bytes.subarray(0, skb.tail), headroom);`,
    replace: `skb.head.bytes.subarray(0, skb.tail));`,
    does: 'Moves the pointers on re-allocation and not the octets.',
  },
  {
    id: 'expand-keeps-the-old-data',
    statement: 'SKB-11',
    alsoBreaks: ['SKB-06'],
    file,
    find: EXPANDED,
    replace: `    skb.head = fresh;`,
    does: 'Re-allocates without giving up its part of the old data, which are never freed then.',
  },
  {
    id: 'expand-of-shared-unnoticed',
    statement: 'SKB-06',
    alsoBreaks: ['SKB-11'],
    file,
    find: `bugOn(skbShared(skb), `,
    replace: `bugOn(false, `,
    does: 'Re-allocates the data of a descriptor that somebody else holds too.',
  },
  {
    id: 'realloc-headroom-as-it-was',
    statement: 'SKB-06',
    alsoBreaks: ['SKB-11'],
    file,
    find: `const missing = headroom - skbHeadroom(skb);`,
    replace: `const missing = 0;`,
    does: 'Copies a buffer with the headroom that it had, not with what was asked for.',
  },
  {
    id: 'realloc-headroom-in-place',
    statement: 'SKB-06',
    alsoBreaks: ['SKB-11'],
    file,
    find: `    const copy = skbClone(skb);
    if (pskb`,
    replace: `    const copy = skb;
    if (pskb`,
    does: 'Enlarges the headroom of the original instead of that of a new buffer.',
  },
  {
    id: 'unshare-does-not-copy',
    statement: 'SKB-11',
    file,
    find: `    const own = skbCopy(skb);
    kfreeSkb(skb);
    return own;`,
    replace: `    return skb;`,
    does: 'Gives a clone back as it is, so writing to it changes its sibling.',
  },
  {
    id: 'unshare-keeps-the-clone',
    statement: 'SKB-11',
    file,
    find: `    const own = skbCopy(skb);
    kfreeSkb(skb);`,
    replace: `    const own = skbCopy(skb);`,
    does: 'Copies a clone and does not free the clone.',
  },
  {
    id: 'unshare-of-private-copies',
    statement: 'SKB-11',
    file,
    find: `    if (!skbCloned(skb))
        return skb;`,
    replace: ``,
    does: 'Copies data that were private anyway.',
  },
  {
    id: 'cow-ignores-clones',
    statement: 'SKB-11',
    file,
    find: `if (missing === 0 && !skbCloned(skb))`,
    replace: `if (missing === 0)`,
    does: 'Takes enough headroom for a reason not to copy cloned data.',
  },
  {
    id: 'cow-ignores-headroom',
    statement: 'SKB-11',
    alsoBreaks: ['SKB-06'],
    file,
    find: `if (missing === 0 && !skbCloned(skb))`,
    replace: `if (!skbCloned(skb))`,
    does: 'Takes private data for a reason not to enlarge the headroom.',
  },
  {
    id: 'share-check-keeps-shared',
    statement: 'SKB-11',
    file,
    find: `    if (!skbShared(skb))
        return skb;`,
    replace: `    return skb;`,
    does: 'Gives a shared descriptor back as it is, so moving its pointers moves those of others.',
  },
  {
    id: 'share-check-keeps-reference',
    statement: 'SKB-11',
    file,
    find: `    const own = skbClone(skb);
    kfreeSkb(skb);`,
    replace: `    const own = skbClone(skb);`,
    does: 'Clones a shared descriptor and does not give up its reference to it.',
  },
  {
    id: 'cow-headroom-short-by-one',
    statement: 'SKB-11',
    file,
    find: `Math.max(headroom, HEADROOM_STEP)`,
    replace: `Math.max(headroom - 1, HEADROOM_STEP)`,
    does: 'Makes sure of one octet of headroom less than it was asked for.',
  },
];
