/** Faults of page fragments, and of trimming. */
import type { Mutant } from '../mutant.ts';

const file = 'net/sk-buff-paged';

const TRIM_UP = `    if (length >= skb.len)
        return;`;

const TRIM_TAIL = `    skb.tail = skb.data + Math.min(length, linear);`;

export const SK_BUFF_PAGED: readonly Mutant[] = [
  {
    id: 'trim-in-front',
    statement: 'SKB-05',
    alsoBreaks: ['CSM-02', 'SKB-09', 'SKB-11', 'SKB-14', 'SKB-15'],
    file,
    find: TRIM_TAIL,
    replace: `    skb.data = skb.tail - Math.min(length, linear);`,
    does: 'Trims the contents in front instead of at the tail.',
  },
  {
    id: 'trim-extends',
    statement: 'SKB-05',
    alsoBreaks: ['SKB-09', 'SKB-14', 'SKB-15'],
    file,
    find: TRIM_UP,
    replace: ``,
    does: 'Sets the length to what was asked for even if the contents are shorter.',
  },
  {
    id: 'trim-cuts-off-so-many',
    statement: 'SKB-05',
    alsoBreaks: ['CSM-02', 'SKB-09', 'SKB-11', 'SKB-14', 'SKB-15'],
    file,
    find: TRIM_UP,
    replace: `${TRIM_UP}
    length = skb.len - length;`,
    does: 'Cuts off as many octets as it was asked to keep.',
  },
  {
    id: 'trim-forgets-the-tail',
    statement: 'SKB-05',
    alsoBreaks: ['CSM-02', 'SKB-09', 'SKB-11', 'SKB-14', 'SKB-15'],
    file,
    find: TRIM_TAIL,
    replace: ``,
    does: 'Lowers len when it trims and leaves the tail where it was.',
  },
  {
    id: 'trim-each-fragment',
    statement: 'SKB-05',
    alsoBreaks: ['SKB-09'],
    file,
    find: `Math.max(0, keep - before)`,
    replace: `keep`,
    does: 'Trims each page fragment to the length that is to be left of all of them.',
  },
  {
    id: 'trim-leaves-data-len',
    statement: 'SKB-05',
    alsoBreaks: ['SKB-09'],
    file,
    find: `    skb.dataLen = keep;`,
    replace: ``,
    does: 'Lets go of page fragments and still counts their octets.',
  },
  {
    id: 'fragment-not-in-data-len',
    statement: 'SKB-05',
    alsoBreaks: ['SKB-09', 'SKB-11', 'SKB-14', 'SKB-15'],
    file,
    find: `    skb.dataLen += octets.length;`,
    replace: ``,
    does: 'Adds a page fragment without counting it in data_len.',
  },
  {
    id: 'fragment-in-front',
    statement: 'SKB-05',
    alsoBreaks: ['SKB-09'],
    file,
    find: `frags.push({ page`,
    replace: `frags.unshift({ page`,
    does: 'Adds a page fragment in front of those that are there.',
  },
  {
    id: 'may-pull-copies-from-start',
    statement: 'SKB-09',
    alsoBreaks: ['SKB-05', 'SKB-11'],
    file,
    find: `subarray(from, from + length)`,
    replace: `subarray(0, length)`,
    does: 'Fills the linear part up from the start of the contents instead of from the fragments.',
  },
  {
    id: 'may-pull-eats-nothing',
    statement: 'SKB-09',
    alsoBreaks: ['SKB-05', 'SKB-11'],
    file,
    find: `    eatFragments(skb, length);`,
    replace: ``,
    does: 'Copies octets out of the fragments and leaves them there as well.',
  },
  {
    id: 'may-pull-eats-whole-fragments',
    statement: 'SKB-09',
    alsoBreaks: ['SKB-05'],
    file,
    find: `        if (first.size > 0)
            break;`,
    replace: ``,
    does: 'Throws the rest of a fragment away when a part of it was pulled.',
  },
  {
    id: 'may-pull-fragment-not-advanced',
    statement: 'SKB-09',
    alsoBreaks: ['SKB-05'],
    file,
    find: `        first.offset += eaten;`,
    replace: ``,
    does: 'Shortens a fragment that was pulled in part at its end instead of its start.',
  },
  {
    id: 'may-pull-too-much',
    statement: 'SKB-09',
    alsoBreaks: ['SKB-05'],
    file,
    find: `    if (length > skb.len)
        return false;`,
    replace: `    length = Math.min(length, skb.len);`,
    does: 'Says that more octets may be pulled than there are.',
  },
  {
    id: 'may-pull-only-looks',
    statement: 'SKB-09',
    alsoBreaks: ['SKB-05'],
    file,
    find: `    return pskbPullTail(skb, length - skbHeadlen(skb));`,
    replace: `    return true;`,
    does: 'Says that the octets may be pulled and leaves them in the fragments.',
  },
  {
    id: 'may-pull-writes-to-clones',
    statement: 'SKB-11',
    file,
    find: `if (missing > 0 || skbCloned(skb))`,
    replace: `if (missing > 0)`,
    does: 'Takes the fragments of a clone apart, and with them those of its sibling.',
  },
  {
    id: 'trim-condenses-nothing',
    statement: 'SKB-05',
    file,
    profile: 'linux-6',
    find: `    if (skb.dataLen <= skbEnd(skb) - skb.tail)
        skbLinearize(skb);`,
    replace: ``,
    does: 'Leaves in fragments what trimming has left of them, though there is room for it.',
  },
  {
    id: 'trim-condenses-whatever-is-left',
    statement: 'SKB-05',
    file,
    profile: 'linux-6',
    find: `if (skb.dataLen <= skbEnd(skb) - skb.tail)`,
    replace: `if (skb.dataLen > 0)`,
    does: 'Makes linear what trimming has left of fragments even if new memory is needed for that.',
  },
];
