/** Answers with its arguments wherever the value has a member of that name, else with the least. */
import { dummy, type Method } from './dummy.ts';
import { LEAST, membersOf, valueOf } from './values.ts';

function echoed({ ok }: Method, args: object): Record<string, unknown> {
  let value = valueOf(ok, LEAST);
  const members = membersOf(ok);
  for (const [name, given] of Object.entries<unknown>({ ...args })) {
    if (members?.has(name) === false) continue;
    const changed = { ...value, [name]: given };
    if (ok.safeParse(changed).success) value = changed;
  }
  return value;
}

export default dummy('dummy-echo', () => (method, args) => ({ ok: echoed(method, args) }));
