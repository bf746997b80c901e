/** Answers any valid value, drawn anew for each call from the seed of the boot. */
import { dummy } from './dummy.ts';
import { randomChoices, valueOf } from './values.ts';

export default dummy('dummy-random', ({ seed }) => {
  const choices = randomChoices(seed);
  return ({ ok }) => ({ ok: valueOf(ok, choices) });
});
