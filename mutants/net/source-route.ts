/** Faults of source routes that packets come with. */
import type { Mutant } from '../mutant.ts';

const input = 'net/ip-input';
const options = 'net/ip-options';

export const SOURCE_ROUTE: readonly Mutant[] = [
  {
    id: 'options-source-route-ignored',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    file: input,
    find: `if (sourceRoute === 0)`,
    replace: `if (true)`,
    does: 'Delivers a packet that only stops here on its way.',
  },
  {
    id: 'options-source-route-not-advanced',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    file: options,
    find: `    putBe32(bytes, place, address);
    bytes[at + 2] = place - at + 5;`,
    replace: ``,
    does: 'Sends a packet to the next stop of its source route without noting that this one is behind it.',
  },
  {
    id: 'source-route-strict-by-anybody',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    file: input,
    find: `return strict ? refuse(failed ?? NOT_A_STOP) : true;`,
    replace: `return true;`,
    does: 'Forwards a packet on a strict way of which this host is no stop.',
  },
  {
    id: 'source-route-bsd-parameter-problem',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    profile: 'bsd-4.4',
    file: input,
    find: `net.profile === 'bsd-4.4' ? SOURCE_ROUTE_FAILED : undefined`,
    replace: `undefined`,
    does: 'Answers with what is wrong where 4.4BSD says that the source route has failed.',
  },
  {
    id: 'source-route-not-asked-for',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    profile: 'linux-6',
    file: input,
    find: `net.profile === 'linux-6' || skb.pktType !== PACKET_HOST`,
    replace: `skb.pktType !== PACKET_HOST`,
    does: 'Follows source routes though nobody has told it to.',
  },
  {
    id: 'source-route-to-itself',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    file: input,
    find: `        if (type === 'unicast') {
            options.nextStop = stop;`,
    replace: `        if (true) {
            options.nextStop = stop;`,
    does: 'Sends a packet to itself where the next stop is this host.',
  },
  {
    id: 'source-route-half-a-stop',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    file: options,
    find: `const cutOff = place + 4 > end;`,
    replace: `const cutOff = false;`,
    does: 'Takes the octets behind a source route for the rest of its last stop.',
  },
  {
    id: 'source-route-same-place',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    file: options,
    find: `place < end; place += 4`,
    replace: `place < end; place += end`,
    does: 'Looks at one stop of a source route only.',
  },
  {
    id: 'source-route-used-up-goes-on',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    file: options,
    find: `let place = at + octetAt(bytes, at + 2) - 1;`,
    replace: `let place = at + 3;`,
    does: 'Begins a source route anew at each stop.',
  },
  {
    id: 'source-route-destination-kept',
    statement: 'IPI-04',
    alsoBreaks: ['IPI-08'],
    file: input,
    find: `putBe32(bytes, 16, stop.address);`,
    replace: ``,
    does: 'Leaves a packet its destination where the last stop is another address of this host.',
  },
];
