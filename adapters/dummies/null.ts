/** Answers the smallest valid value to everything. */
import { dummy } from './dummy.ts';
import { LEAST, valueOf } from './values.ts';

export default dummy('dummy-null', () => ({ ok }) => ({ ok: valueOf(ok, LEAST) }));
