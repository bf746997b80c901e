/** The step by which features state properties. */
import { Then } from '@cucumber/cucumber';
import { session } from '../harness/session.ts';
import { propertyNamed } from './property.ts';
import './kernel/notifier-chain.property.ts';
import './net/checksum.property.ts';
import './net/sk-buff.property.ts';

/** Enough to fill a line, and few enough for lines to stay short. */
const CASES_AT_ONCE = 16;

/** Names taken in each scenario: its implementation keeps what one property did for the next. */
const namesTaken = new WeakMap<object, number>();

Then('the property {string} holds', async function (this: object, name: string) {
  const { ports, profile, parameters, hello, driver } = session();
  const freshName = () => {
    const count = (namesTaken.get(this) ?? 0) + 1;
    namesTaken.set(this, count);
    return `generated-${count}`;
  };
  const { seed, runs } = parameters;
  const together = hello?.batch === true ? CASES_AT_ONCE : 1;
  const afresh = () => driver.restart();
  await propertyNamed(name)({ ports, profile, freshName, together, afresh }, { seed, runs });
});
