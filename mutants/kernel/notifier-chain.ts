/** Faults of notifier chains. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/notifier-chain';

const PLACE = `while (link.next !== null && link.next.priority >= block.priority) {`;

const ANSWERED = `        answer = block.notifierCall(event, data);`;

const STOP = `        if (answer & NOTIFY_STOP_MASK)
            return answer;`;

const REGISTER = `function* notifierChainRegister(chain, block, lock, rules) {`;

export const NOTIFIER_CHAIN: readonly Mutant[] = [
  {
    id: 'ntf-order-ascending',
    statement: 'NTF-01',
    alsoBreaks: ['NTF-02', 'NTF-03', 'NTF-04', 'NTF-05', 'NTF-08'],
    file,
    find: PLACE,
    replace: `while (link.next !== null && link.next.priority <= block.priority) {`,
    does: 'Keeps the chain in ascending order, so the lowest priority hears first.',
  },
  {
    id: 'ntf-newcomer-before-equals',
    statement: 'NTF-01',
    alsoBreaks: ['NTF-08'],
    file,
    find: PLACE,
    replace: `while (link.next !== null && link.next.priority > block.priority) {`,
    does: 'Puts a newcomer in front of those of its own priority.',
  },
  {
    id: 'ntf-appended',
    statement: 'NTF-01',
    alsoBreaks: ['NTF-03', 'NTF-05', 'NTF-08'],
    file,
    find: PLACE,
    replace: `while (link.next !== null) {`,
    does: 'Appends a newcomer to the end of the chain, whatever its priority.',
  },
  {
    id: 'ntf-priority-unsigned',
    statement: 'NTF-01',
    alsoBreaks: ['NTF-02', 'NTF-03', 'NTF-04', 'NTF-05', 'NTF-08'],
    file,
    find: PLACE,
    replace: `while (link.next !== null && link.next.priority >>> 0 >= block.priority >>> 0) {`,
    does: 'Compares priorities as unsigned numbers, so a negative one is the highest.',
  },
  {
    id: 'ntf-unregister-first-only',
    statement: 'NTF-02',
    alsoBreaks: ['NTF-01', 'NTF-03'],
    file,
    find: `while (link.next !== null && link.next !== block) {`,
    replace: `while (false) {`,
    does: 'Unregisters by cutting off the first block, whichever was meant.',
  },
  {
    id: 'ntf-unregister-unknown-succeeds',
    statement: 'NTF-02',
    file,
    find: `return failure('ENOENT');`,
    replace: `return success({});`,
    does: 'Says that it has unregistered a block that was never on the chain.',
  },
  {
    id: 'ntf-unregister-cuts-the-rest',
    statement: 'NTF-02',
    alsoBreaks: ['NTF-01', 'NTF-03'],
    file,
    find: `    link.next = block.next;`,
    replace: `    link.next = null;`,
    does: 'Unregisters a block together with all that are behind it.',
  },
  {
    id: 'ntf-unregister-clears-own-link',
    statement: 'NTF-02',
    alsoBreaks: ['NTF-03'],
    file,
    find: `    link.next = block.next;`,
    replace: `    link.next = block.next;
    block.next = null;`,
    does: 'Clears the link of a block that it takes off, so a call that stands on it ends there.',
  },
  {
    id: 'ntf-first-answer-stands',
    statement: 'NTF-03',
    alsoBreaks: ['NTF-04'],
    file,
    find: `${ANSWERED}
${STOP}`,
    replace: `        const given = block.notifierCall(event, data);
        if (calls === 1)
            answer = given;
        if (given & NOTIFY_STOP_MASK)
            return given;`,
    does: 'Returns the first answer instead of the last.',
  },
  {
    id: 'ntf-answers-or-ed',
    statement: 'NTF-03',
    alsoBreaks: ['NTF-04'],
    file,
    find: ANSWERED,
    replace: `        answer |= block.notifierCall(event, data);`,
    does: 'Returns all answers or-ed together instead of the last.',
  },
  {
    id: 'ntf-event-not-handed-on',
    statement: 'NTF-03',
    alsoBreaks: ['NTF-01', 'NTF-04'],
    file,
    find: ANSWERED,
    replace: `        answer = block.notifierCall(0, data);`,
    does: 'Calls the notifiers with event 0, whatever was announced.',
  },
  {
    id: 'ntf-data-not-handed-on',
    statement: 'NTF-03',
    alsoBreaks: ['NTF-01', 'NTF-04'],
    file,
    find: ANSWERED,
    replace: `        answer = block.notifierCall(event, '');`,
    does: 'Calls the notifiers without the data of the event.',
  },
  {
    id: 'ntf-empty-chain-is-ok',
    statement: 'NTF-03',
    alsoBreaks: ['NTF-02', 'NTF-04'],
    file,
    find: `    let answer = NOTIFY_DONE;`,
    replace: `    let answer = NOTIFY_OK;`,
    does: 'Answers NOTIFY_OK when nobody listens.',
  },
  {
    id: 'ntf-successor-read-first',
    statement: 'NTF-03',
    file,
    find: `rules.readsNextFirst ? successor : block.next`,
    replace: `successor`,
    does: 'Reads the successor before it calls a notifier, so what the callback changes is missed.',
  },
  {
    id: 'ntf-last-never-called',
    statement: 'NTF-03',
    alsoBreaks: ['NTF-01', 'NTF-02', 'NTF-04', 'NTF-08'],
    file,
    find: `for (let block = chain.next; block !== null;) {`,
    replace: `for (let block = chain.next; block?.next;) {`,
    does: 'Ends the walk at the block that has no successor, without calling it.',
  },
  {
    id: 'ntf-nobody-called',
    statement: 'NTF-03',
    alsoBreaks: ['NTF-01', 'NTF-02', 'NTF-04', 'NTF-05', 'NTF-08'],
    file,
    find: `for (let block = chain.next; block !== null;) {`,
    replace: `for (let block = null; block !== null;) {`,
    does: 'Calls nobody, whoever is on the chain.',
  },
  {
    id: 'ntf-stop-ignored',
    statement: 'NTF-04',
    file,
    find: STOP,
    replace: ``,
    does: 'Goes on to the next notifier after an answer with the stop bit.',
  },
  {
    id: 'ntf-stop-tested-too-late',
    statement: 'NTF-04',
    file,
    find: `${ANSWERED}
${STOP}`,
    replace: `        const before = answer;
        answer = block.notifierCall(event, data);
        if (before & NOTIFY_STOP_MASK)
            return answer;`,
    does: 'Tests the answer of the notifier before, so one more hears the event after the stop.',
  },
  {
    id: 'ntf-stop-answer-lost',
    statement: 'NTF-04',
    alsoBreaks: ['NTF-03'],
    file,
    find: STOP,
    replace: `        if (answer & NOTIFY_STOP_MASK)
            return NOTIFY_DONE;`,
    does: 'Ends the call at the stop bit and returns NOTIFY_DONE instead of the answer.',
  },
  {
    id: 'ntf-any-answer-stops',
    statement: 'NTF-04',
    alsoBreaks: ['NTF-01', 'NTF-02', 'NTF-03', 'NTF-08'],
    file,
    find: STOP,
    replace: `        if (answer !== NOTIFY_DONE)
            return answer;`,
    does: 'Ends the call at any answer that is not NOTIFY_DONE.',
  },
  {
    id: 'ntf-only-notify-stop-stops',
    statement: 'NTF-04',
    file,
    find: STOP,
    replace: `        if (answer === NOTIFY_STOP)
            return answer;`,
    does: 'Ends the call at NOTIFY_STOP only, not at NOTIFY_BAD or another answer with the stop bit.',
  },
  {
    id: 'ntf-register-without-lock',
    statement: 'NTF-05',
    alsoBreaks: ['NTF-01'],
    file,
    find: `${REGISTER}
    yield* spinLock(lock);`,
    replace: `${REGISTER}`,
    does: 'Registers without taking the lock.',
  },
  {
    id: 'ntf-lock-after-the-walk',
    statement: 'NTF-05',
    file,
    find: `${REGISTER}
    yield* spinLock(lock);
    let link = chain;`,
    replace: `${REGISTER}
    let link = chain;
    for (; link.next !== null && link.next.priority >= block.priority; yield \`pass \${link.name}\`)
        link = link.next;
    yield* spinLock(lock);
    block.next = link.next;
    yield 'link next';
    link.next = block;
    yield 'link list';
    yield* spinUnlock(lock);
    return success({});`,
    does: 'Looks for the place in the list first and takes the lock only to link.',
  },
  {
    id: 'ntf-lock-never-released',
    statement: 'NTF-05',
    alsoBreaks: ['NTF-01', 'NTF-02', 'NTF-03', 'NTF-04', 'NTF-08'],
    file,
    find: `    yield 'link list';
    yield* spinUnlock(lock);`,
    replace: `    yield 'link list';`,
    does: 'Keeps the lock after a registration, so the next one waits for ever.',
  },
  {
    id: 'ntf-default-priority-lowest',
    statement: 'NTF-08',
    file,
    find: `priority = 0`,
    replace: `priority = -0x8000_0000`,
    does: 'Ranks a block that names no priority lowest of all.',
  },
  {
    id: 'ntf-default-priority-highest',
    statement: 'NTF-08',
    file,
    find: `priority = 0`,
    replace: `priority = 0x7fff_ffff`,
    does: 'Ranks a block that names no priority highest of all.',
  },
];
