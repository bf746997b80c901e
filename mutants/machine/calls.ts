/** Faults of system calls. */
import type { Mutant } from '../mutant.ts';

const file = 'machine/calls';

export const MACHINE_CALLS: readonly Mutant[] = [
  {
    id: 'call-by-place-in-the-table',
    statement: 'SCL-01',
    file,
    find: `machine.scene.calls?.find((call) => call.number === number);`,
    replace: `machine.scene.calls?.[number - 1];`,
    does: 'Takes the number of a call for its place among those that there are.',
  },
  {
    id: 'call-unknown-succeeds',
    statement: 'SCL-01',
    file,
    find: `const unknown = { errno: 'ENOSYS' };`,
    replace: `const unknown = { value: 0 };`,
    does: 'Lets a call that there is not return 0.',
  },
  {
    id: 'call-unknown-is-einval',
    statement: 'SCL-01',
    file,
    find: `const unknown = { errno: 'ENOSYS' };`,
    replace: `const unknown = { errno: 'EINVAL' };`,
    does: 'Fails a call that there is not with EINVAL.',
  },
  {
    id: 'call-last-argument-lost',
    statement: 'SCL-01',
    file,
    find: `call: { name, args, transferred: 0`,
    replace: `call: { name, args: args.slice(0, 5), transferred: 0`,
    does: 'Hands on five arguments at most.',
  },
  {
    id: 'call-arguments-unsigned',
    statement: 'SCL-01',
    file,
    find: `call: { name, args, transferred: 0`,
    replace: `call: { name, args: args.map((word) => word & 0x7fffffff), transferred: 0`,
    does: 'Loses the sign of arguments.',
  },
  {
    id: 'call-interrupted-loses-the-transfer',
    statement: 'SCL-05',
    alsoBreaks: ['SCL-06'],
    file,
    find: `transferred > 0 ? { value: transferred } : { interrupted: name }`,
    replace: `{ interrupted: name }`,
    does: 'Forgets what an interrupted call has transferred.',
  },
  {
    id: 'call-interrupted-always-fails',
    statement: 'SCL-06',
    file,
    find: `{ interrupted: name });`,
    replace: `{ errno: 'EINTR' });`,
    does: 'Fails every interrupted call with EINTR, whatever its handler asked for.',
  },
  {
    id: 'call-result-of-the-one-before',
    statement: 'SCL-03',
    alsoBreaks: ['SCL-01', 'SCL-05'],
    file,
    find: `    topFrame(processor).result = result;`,
    replace: `    topFrame(processor).result = 'errno' in result && processor.current.errno !== undefined ? { errno: processor.current.errno } : result;`,
    does: 'Keeps the errno of the first failure.',
  },
];
