/** Faults of raw sockets. */
import type { Mutant } from '../mutant.ts';

const raw = 'net/raw';
const ipInput = 'net/ip-input';
const socket = 'net/socket';

export const RAW: readonly Mutant[] = [
  {
    id: 'raw-one-copy-only',
    statement: 'SOC-10',
    file: raw,
    find: `for (const sk of wanting) {`,
    replace: `for (const sk of wanting.slice(0, 1)) {`,
    does: 'Gives a packet to one raw socket of its protocol only.',
  },
  {
    id: 'raw-every-protocol',
    statement: 'SOC-10',
    file: raw,
    find: `sk.protocol === protocol &&
`,
    replace: `sk.protocol >= 0 &&
`,
    does: 'Gives each raw socket the packets of all protocols.',
  },
  {
    id: 'raw-header-taken-off',
    statement: 'SOC-10',
    file: raw,
    find: `        skbPush(copy, copy.data - (copy.nh ?? copy.data));
`,
    replace: ``,
    does: 'Gives a raw socket packets without their IP header.',
  },
  {
    id: 'raw-only-where-no-handler',
    statement: 'SOC-10',
    file: ipInput,
    find: `const raw = rawDeliver(net, skb, next);`,
    replace: `const raw = !net.protocols.has(next) && rawDeliver(net, skb, next);`,
    does: 'Gives raw sockets only what no protocol of the kernel takes.',
  },
  {
    id: 'raw-known-protocol-complained',
    statement: 'IPI-07',
    file: ipInput,
    find: `            if (raw) {`,
    replace: `            if (raw && next === 0) {`,
    does: 'Tells the sender that nobody has the protocol, though a raw socket has.',
  },
  {
    id: 'raw-included-checksum-as-is',
    statement: 'SOC-11',
    file: raw,
    find: `        ipSendCheck(bytes);
`,
    replace: ``,
    does: 'Sends the checksum that the program wrote.',
  },
  {
    id: 'raw-included-id-as-is',
    statement: 'SOC-11',
    file: raw,
    find: `if (be16(bytes, 4) === 0) {`,
    replace: `if (be16(bytes, 4) < 0) {`,
    does: 'Sends an identification of 0 as the program wrote it.',
  },
  {
    id: 'raw-included-id-replaced',
    statement: 'SOC-11',
    file: raw,
    find: `if (be16(bytes, 4) === 0) {`,
    replace: `if (be16(bytes, 4) >= 0) {`,
    does: 'Puts an identification of its own in the place of the one that the program wrote.',
  },
  {
    id: 'raw-included-source-as-is',
    statement: 'SOC-11',
    file: raw,
    find: `        if (saddr === 0)
            putBe32(bytes, 12, dst.source);
`,
    replace: ``,
    does: 'Sends a source address of 0 as the program wrote it.',
  },
  {
    id: 'raw-included-source-replaced',
    statement: 'SOC-11',
    file: raw,
    find: `        if (saddr === 0)
            putBe32`,
    replace: `            putBe32`,
    does: 'Puts the address of the host in the place of the one that the program wrote.',
  },
  {
    id: 'raw-included-too-long',
    statement: 'SOC-11',
    file: raw,
    find: `    if (octets.length > dst.device.mtu)
        return 'EMSGSIZE';
`,
    replace: ``,
    does: 'Sends a packet that is longer than the link takes.',
  },
  {
    id: 'raw-header-never-included',
    statement: 'SOC-11',
    file: socket,
    find: `sk.headerIncluded = protocol === IPPROTO_RAW;`,
    replace: `sk.headerIncluded = false;`,
    does: 'Puts a header before what a socket for IPPROTO_RAW sends.',
  },
  {
    id: 'raw-header-always-included',
    statement: 'SOC-11',
    alsoBreaks: ['SOC-08'],
    file: socket,
    find: `sk.headerIncluded = protocol === IPPROTO_RAW;`,
    replace: `sk.headerIncluded = true;`,
    does: 'Takes what any raw socket sends for a header.',
  },
  {
    id: 'socket-bsd-protocol-blamed-on-type',
    statement: 'SOC-12',
    profile: 'bsd-4.4',
    file: socket,
    find: `if (profile === 'bsd-4.4' || (profile === 'linux-6' && known))`,
    replace: `if (profile === 'linux-6' && known)`,
    does: 'Says that the type is not supported where it is the protocol.',
  },
  {
    id: 'socket-bsd-raw-not-permitted',
    statement: 'SOC-08',
    profile: 'bsd-4.4',
    file: socket,
    find: `failure(profile === 'bsd-4.4' ? 'EACCES' : 'EPERM')`,
    replace: `failure('EPERM')`,
    does: 'Says that the operation is not permitted where access is denied.',
  },
  {
    id: 'raw-alone-not-counted',
    statement: 'IPI-07',
    file: 'net/ip-input',
    find: `            if (raw) {
                net.counters.InDelivers += 1;`,
    replace: `            if (raw) {`,
    does: 'Does not count what only a raw socket was given.',
  },
  {
    id: 'raw-filter-of-the-next-type',
    statement: 'OPT-02',
    alsoBreaks: ['SOC-10'],
    file: 'net/raw',
    find: `((icmpFilter >>> type) & 1) === 1`,
    replace: `((icmpFilter >>> type) & 2) === 2`,
    does: 'Looks at the bit of the next type in the filter of a raw socket.',
  },
  {
    id: 'raw-filter-ignored',
    statement: 'OPT-02',
    alsoBreaks: ['SOC-10'],
    file: 'net/raw',
    find: `if (filtered(sk, skbContents(skb)))`,
    replace: `if (false)`,
    does: 'Gives a raw socket the messages that its filter keeps out.',
  },
  {
    id: 'raw-filter-of-all-types',
    statement: 'OPT-02',
    alsoBreaks: ['SOC-10'],
    file: 'net/raw',
    find: `type < 32 && ((icmpFilter`,
    replace: `((icmpFilter`,
    does: 'Takes the bits of a filter for types from 32 on as well.',
  },
  {
    id: 'raw-bsd-error-told',
    statement: 'CON-02',
    profile: 'bsd-4.4',
    file: 'net/raw',
    find: `    if (net.profile === 'bsd-4.4')
        return;
`,
    replace: ``,
    does: 'Tells raw sockets of errors, in 4.4BSD.',
  },
];
