/** Fails every call: with the first errno that it may give, else as a caught bug. */
import { dummy } from './dummy.ts';

export default dummy('dummy-error', () => ({ errnos }) => {
  const [errno] = errnos;
  return errno === undefined ? { bug: 'this is always wrong' } : { errno };
});
