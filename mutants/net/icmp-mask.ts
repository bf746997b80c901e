/** Faults of who is asked for the mask of a network. */
import type { Mutant } from '../mutant.ts';

const file = 'net/icmp-mask';
const profile = 'bsd-4.4';
const statement = 'IPI-07';

export const ICMP_MASK: readonly Mutant[] = [
  {
    id: 'mask-answered-untold',
    statement,
    file,
    find: `!net.answersMasks || `,
    replace: ``,
    does: 'Answers who asks for a mask though it was not told to.',
  },
  {
    id: 'mask-request-cut-off',
    statement,
    profile,
    file,
    find: ` || message.length < MASK_LENGTH`,
    replace: ``,
    does: 'Answers a request that has no room for the mask.',
  },
  {
    id: 'mask-inverted',
    statement,
    profile,
    file,
    find: `mask: mask >>> 0`,
    replace: `mask: ~mask >>> 0`,
    does: 'Answers with the part of an address that the mask leaves out.',
  },
  {
    id: 'mask-of-any-network',
    statement,
    profile,
    file,
    find: `const device = net.devices.get(skb.dev);`,
    replace: `const device = net.devices.get('eth0');`,
    does: 'Answers with the mask of its first network, wherever it was asked.',
  },
  {
    id: 'mask-to-nobody',
    statement,
    profile,
    file,
    find: `saddr === 0 ? (own.local | ~mask) >>> 0 : saddr`,
    replace: `saddr`,
    does: 'Answers who has no address at that address.',
  },
  {
    id: 'mask-request-an-error',
    statement,
    file: 'net/icmp',
    find: `const LAST_TYPE = MASK_REPLY;`,
    replace: `const LAST_TYPE = 16;`,
    does: 'Counts who asks for a mask as an error.',
  },
  {
    id: 'mask-of-the-first-network',
    statement,
    profile,
    file: 'net/icmp-mask',
    find: `return near ?? addresses[0];`,
    replace: `return addresses[0];`,
    does: 'Answers with the mask of the first network of an interface, whichever it was asked on.',
  },
];
