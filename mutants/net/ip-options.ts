/** Faults of IP options, and of addresses written to a program's memory. */
import type { Mutant } from '../mutant.ts';

const options = 'net/ip-options';
const forward = 'net/ip-forward';
const input = 'net/ip-input';
const sockaddr = 'net/sockaddr';

export const IP_OPTIONS: readonly Mutant[] = [
  {
    id: 'options-route-not-recorded',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-09'],
    file: options,
    find: `        bytes[at + 2] = pointer + 4;
    }
    found.recordRoute = at;`,
    replace: `    }
    found.recordRoute = at;`,
    does: 'Writes its address into a recorded route and leaves the pointer, so that the next host writes over it.',
  },
  {
    id: 'options-address-of-the-way-in',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-09'],
    file: forward,
    find: `rewriteAddresses(bytes, options, address);`,
    replace: ``,
    does: 'Records the address by which a packet came in, not that by which it leaves.',
  },
  {
    id: 'options-stamp-of-the-way-out',
    statement: 'IPI-04',
    profile: 'linux-6',
    file: options,
    find: `stampedAt !== 0 && nextStop !== null`,
    replace: `stampedAt !== 0`,
    does: 'Notes beside its time the address by which a packet leaves, not that by which it came.',
  },
  {
    id: 'options-checksum-as-it-was',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08', 'IPI-09', 'FRG-01'],
    file: forward,
    find: `        ipSendCheck(bytes);`,
    replace: ``,
    does: 'Changes options of a packet that it passes on, and leaves the checksum.',
  },
  {
    id: 'options-overflow-not-counted',
    statement: 'IPI-04',
    file: options,
    find: `((overflow + 1) << 4)`,
    replace: `(overflow << 4)`,
    does: 'Does not count itself among those for whose time there was no place.',
  },
  {
    id: 'options-time-in-seconds',
    statement: 'IPI-04',
    file: input,
    find: `Math.floor(clock.now / 1_000_000) % MS_PER_DAY`,
    replace: `Math.floor(clock.now / 1_000_000_000) % MS_PER_DAY`,
    does: 'Notes seconds where milliseconds are asked for.',
  },
  {
    id: 'options-second-route-taken',
    statement: 'IPI-04',
    file: options,
    find: `    if (found.recordRoute !== 0)
        return at;`,
    replace: ``,
    does: 'Takes a header with two recorded routes.',
  },
  {
    id: 'options-half-a-place-taken',
    statement: 'IPI-04',
    file: options,
    find: `        if (pointer + 3 > length)
            return at + 2;`,
    replace: ``,
    does: 'Writes its address over the end of an option that has only a part of a place left.',
  },
  {
    id: 'options-pointer-from-the-option',
    statement: 'IPI-04',
    file: input,
    find: `info: options.pointer * 0x100_0000`,
    replace: `info: (options.pointer - IP_HEADER) * 0x100_0000`,
    does: 'Tells where an option is wrong counted from the options, not from the header.',
  },
  {
    id: 'options-bad-ones-unanswered',
    statement: 'IPI-04',
    file: input,
    find: `icmpSend(net, skb, { type: 12, code: 0, info: options.pointer * 0x100_0000 });`,
    replace: ``,
    does: 'Throws a packet with bad options away and tells nobody.',
  },
  {
    id: 'options-all-copied',
    statement: 'IPI-04',
    alsoBreaks: ['FRG-01'],
    file: options,
    find: `if ((kind & IPOPT_COPY) === 0)`,
    replace: `if (false)`,
    does: 'Copies every option into every piece of a packet.',
  },
  {
    id: 'address-written-whole',
    statement: 'RCV-02',
    file: sockaddr,
    find: `Math.min(Math.max(room, 0), address.length)`,
    replace: `address.length`,
    does: 'Writes the whole address, however little memory the program has for it.',
  },
  {
    id: 'address-memory-filled-up',
    statement: 'RCV-02',
    alsoBreaks: ['ACC-03'],
    file: sockaddr,
    find: `memory?.set(address.subarray(0, written));`,
    replace: `memory?.fill(0, 0, Math.max(room, 0));
    memory?.set(address.subarray(0, written));`,
    does: 'Clears what memory there is behind the address.',
  },
  {
    id: 'address-length-as-written',
    statement: 'RCV-02',
    file: sockaddr,
    find: `success(bsd ? written : address.length)`,
    replace: `success(written)`,
    does: 'Tells how much of the address was written where its true length is asked for.',
  },
  {
    id: 'address-length-true-in-bsd',
    statement: 'RCV-02',
    profile: 'bsd-4.4',
    file: sockaddr,
    find: `success(bsd ? written : address.length)`,
    replace: `success(address.length)`,
    does: 'Tells how long the address is where how much was written is asked for.',
  },
  {
    id: 'address-negative-length-taken',
    statement: 'RCV-02',
    file: sockaddr,
    find: `if (room < 0 && !bsd)`,
    replace: `if (false)`,
    does: 'Takes a negative length for none.',
  },
  {
    id: 'address-port-in-host-order',
    statement: 'RCV-02',
    file: sockaddr,
    find: `putBe16(bytes, 2, port);`,
    replace: `putBe16(bytes, 2, (port >>> 8) | ((port & 0xff) << 8));`,
    does: 'Writes the port of the sender with its octets exchanged.',
  },
  {
    id: 'options-sixteen-without-place',
    statement: 'IPI-04',
    file: options,
    find: `if (overflow === 15)
            return at + 3;`,
    replace: ``,
    does: 'Begins anew to count the hosts that found no place for their time.',
  },
  {
    id: 'options-half-a-place',
    statement: 'IPI-04',
    file: options,
    find: `if (pointer + needed - 1 > length)
        return at + 2;`,
    replace: ``,
    does: 'Writes a time beyond the end of the option.',
  },
];
