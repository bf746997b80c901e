/** The step by which features state properties. */
import { Then } from '@cucumber/cucumber';
import { session } from '../harness/session.ts';
import { propertyNamed } from './property.ts';
import './kernel/notifier-chain.property.ts';
import './machine/exceptions.property.ts';
import './machine/interrupts.property.ts';
import './machine/nested-interrupts.property.ts';
import './machine/sleep.property.ts';
import './machine/work-queue.property.ts';
import './net/checksum.property.ts';
import './net/sk-buff.property.ts';

/** Names taken in each scenario: its implementation keeps what one property did for the next. */
const namesTaken = new WeakMap<object, number>();

Then('the property {string} holds', async function (this: object, name: string) {
  const { ports, profile, parameters } = session();
  const freshName = () => {
    const count = (namesTaken.get(this) ?? 0) + 1;
    namesTaken.set(this, count);
    return `generated-${count}`;
  };
  const { seed, runs } = parameters;
  await propertyNamed(name)({ ports, profile, freshName }, { seed, runs });
});
