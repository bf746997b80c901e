/** Faults of netfilter. */
import type { Mutant } from '../mutant.ts';

const netfilter = 'net/netfilter';
const ipInput = 'net/ip-input';
const ipOutput = 'net/ip-output';

export const NETFILTER: readonly Mutant[] = [
  {
    id: 'netfilter-highest-priority-first',
    statement: 'NFH-01',
    file: netfilter,
    find: `ops.priority < priority`,
    replace: `ops.priority > priority`,
    does: 'Lets the highest priority look first.',
  },
  {
    id: 'netfilter-last-of-equals-first',
    statement: 'NFH-01',
    file: netfilter,
    find: `ops.priority < priority`,
    replace: `ops.priority <= priority`,
    does: 'Lets who came last look first among equals.',
  },
  {
    id: 'netfilter-order-of-registration',
    statement: 'NFH-01',
    file: netfilter,
    find: `list.splice(place < 0 ? list.length : place, 0, ops);`,
    replace: `list.push(ops);`,
    does: 'Lets functions look in the order in which they came.',
  },
  {
    id: 'netfilter-never-taken-off',
    statement: 'NFH-01',
    file: netfilter,
    find: `    list.splice(place, 1);
    netfilter.registered -= 1;
`,
    replace: ``,
    does: 'Leaves a function that was taken off.',
  },
  {
    id: 'netfilter-drop-goes-on',
    statement: 'NFH-01',
    alsoBreaks: ['IPO-02'],
    file: netfilter,
    find: `else if (verdict !== 'ACCEPT') {`,
    replace: `else if (verdict !== 'ACCEPT' && verdict !== 'DROP') {`,
    does: 'Goes on to the next function after DROP.',
  },
  {
    id: 'netfilter-stolen-delivered',
    statement: 'NFH-01',
    file: netfilter,
    find: `    if (verdict === 'ACCEPT')
`,
    replace: `    if (verdict === 'ACCEPT' || verdict === 'STOLEN')
`,
    does: 'Lets a packet go on that was stolen.',
  },
  {
    id: 'netfilter-queue-delivered',
    statement: 'NFH-01',
    file: netfilter,
    find: `    if (verdict === 'ACCEPT')
`,
    replace: `    if (verdict === 'ACCEPT' || verdict === 'QUEUE')
`,
    does: 'Lets a packet go on that nobody takes to user space.',
  },
  {
    id: 'netfilter-stolen-is-dropped',
    statement: 'NFH-01',
    file: netfilter,
    find: `    if (verdict === 'STOLEN')
        return 0;
`,
    replace: ``,
    does: 'Tells the sender that a packet was dropped that was stolen.',
  },
  {
    id: 'netfilter-repeat-accepts',
    statement: 'NFH-01',
    file: netfilter,
    find: `            at--;
`,
    replace: ``,
    does: 'Takes REPEAT for ACCEPT.',
  },
  {
    id: 'netfilter-repeat-from-first',
    statement: 'NFH-01',
    file: netfilter,
    find: `            at--;
`,
    replace: `            at = from - 1;
`,
    does: 'Begins with the first function again at REPEAT.',
  },
  {
    id: 'netfilter-drop-not-told',
    statement: 'IPO-11',
    alsoBreaks: ['IPO-02'],
    file: netfilter,
    find: `return verdict === 'QUEUE' ? 0 : 'EPERM';`,
    replace: `return 0;`,
    does: 'Answers success to who sends a packet that was dropped.',
  },
  {
    id: 'netfilter-without-pre-routing',
    statement: 'NFH-01',
    alsoBreaks: ['FEA-01', 'FRG-03', 'IPI-02'],
    file: ipInput,
    find: `nfHook(net.netfilter, place, skb, (passed) => ipRcvFinish(net, passed, device));`,
    replace: `ipRcvFinish(net, skb, device);`,
    does: 'Takes a packet in without showing it to PRE_ROUTING.',
  },
  {
    id: 'netfilter-first-of-equals-first-6',
    statement: 'NFH-01',
    profile: 'linux-6',
    file: netfilter,
    find: `ops.priority <= priority`,
    replace: `ops.priority < priority`,
    does: 'Lets who came first look first among equals, where later systems have it the other way round.',
  },
  {
    id: 'netfilter-repeat-looks-again-6',
    statement: 'NFH-01',
    profile: 'linux-6',
    file: netfilter,
    find: `return { verdict: 'STOLEN', at };`,
    replace: `repeats++;`,
    does: 'Has a function look again at REPEAT, which later systems do not know there.',
  },
  {
    id: 'netfilter-post-routing-forgets-6',
    statement: 'NFH-01',
    profile: 'linux-6',
    file: ipOutput,
    find: `in: cameBy,`,
    replace: `in: null,`,
    does: 'Does not tell POST_ROUTING by which interface a packet came.',
  },
];
