/** Faults of path MTU discovery. */
import type { Mutant } from '../mutant.ts';

const pathMtu = 'net/path-mtu';
const icmp = 'net/icmp';

export const PATH_MTU: readonly Mutant[] = [
  {
    id: 'path-mtu-raised',
    statement: 'MTU-03',
    file: pathMtu,
    find: `    if (mtu >= current)
        return current;
`,
    replace: ``,
    does: 'Believes a message that raises the path MTU.',
  },
  {
    id: 'path-mtu-plateau-left-out',
    statement: 'MTU-03',
    file: pathMtu,
    find: `2002, 1492, 576,`,
    replace: `2002, 576,`,
    does: 'Does not know the plateau of 1492.',
  },
  {
    id: 'path-mtu-too-small-believed',
    statement: 'MTU-03',
    file: pathMtu,
    find: `(reported < IP_MTU_LEAST || reported >= length)) {`,
    replace: `(reported === 0 || reported >= length)) {`,
    does: 'Believes a router that reports less than an MTU can be.',
  },
  {
    id: 'path-mtu-too-large-believed',
    statement: 'MTU-03',
    file: pathMtu,
    find: `(reported < IP_MTU_LEAST || reported >= length)) {`,
    replace: `reported < IP_MTU_LEAST) {`,
    does: 'Believes a router that reports no less than the packet was.',
  },
  {
    id: 'path-mtu-still-guessed',
    statement: 'MTU-03',
    profile: 'linux-6',
    file: pathMtu,
    find: `if (net.profile !== 'linux-6' && (reported <`,
    replace: `if ((reported <`,
    does: 'Tries common MTUs where the report is no use, as older systems did.',
  },
  {
    id: 'path-mtu-header-counted-twice',
    statement: 'MTU-03',
    file: pathMtu,
    find: `const twice = reported === 0 && length >= current;`,
    replace: `const twice = length < 0;`,
    does: 'Does not think of routers that count the header twice.',
  },
  {
    id: 'path-mtu-below-minimum',
    statement: 'MTU-02',
    file: pathMtu,
    find: `mtu: locked ? MIN_PMTU : mtu,`,
    replace: `mtu,`,
    does: 'Takes a path MTU below 552 as it is.',
  },
  {
    id: 'path-mtu-never-locked',
    statement: 'MTU-02',
    file: pathMtu,
    find: `        locked,
        expires`,
    replace: `        locked: false,
        expires`,
    does: 'Forbids to cut also where the path MTU is below 552.',
  },
  {
    id: 'path-mtu-for-ever',
    statement: 'MTU-03',
    file: pathMtu,
    find: `clock.now < entry.expires ? entry : undefined`,
    replace: `clock.now >= 0 ? entry : undefined`,
    does: 'Never tries a longer packet again.',
  },
  {
    id: 'path-mtu-forgotten-early',
    statement: 'MTU-03',
    file: pathMtu,
    find: `const MTU_EXPIRES_NS = 600 * NS_PER_S;`,
    replace: `const MTU_EXPIRES_NS = 60 * NS_PER_S;`,
    does: 'Tries a longer packet after a minute.',
  },
  {
    id: 'path-mtu-of-all-destinations',
    statement: 'MTU-03',
    file: pathMtu,
    find: `const entry = routing.pathMtus.get(address);`,
    replace: `const [entry] = routing.pathMtus.values();`,
    does: 'Takes what it learnt of one destination for all.',
  },
  {
    id: 'path-mtu-forged-quote-believed',
    statement: 'MTU-03',
    file: icmp,
    find: `        if (protocol?.isOurs?.(net, quoted) === false)
            return rawError(net, quoted, { type, code, info });
`,
    replace: ``,
    does: 'Believes a message about a packet that no socket has sent.',
  },
  {
    id: 'path-mtu-read-from-wrong-place',
    statement: 'MTU-03',
    alsoBreaks: ['MTU-02'],
    file: icmp,
    find: `be16(message, 6)`,
    replace: `be16(message, 4)`,
    does: 'Reads the reported MTU where zeroes are.',
  },
];
