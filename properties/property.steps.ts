/** The step by which features state properties. */
import { Then, type World } from '@cucumber/cucumber';
import { TRIED } from '../harness/attachments.ts';
import { session } from '../harness/session.ts';
import { propertyNamed } from './property.ts';
import './kernel/memory-model.property.ts';
import './kernel/notifier-chain.property.ts';
import './kernel/rcu.property.ts';
import './kernel/semaphore.property.ts';
import './kernel/spin-lock.property.ts';
import './net/checksum.property.ts';
import './net/sk-buff.property.ts';

/** Names taken in each scenario: its implementation keeps what one property did for the next. */
const namesTaken = new WeakMap<object, number>();

Then('the property {string} holds', async function (this: World, name: string) {
  const { ports, profile, parameters } = session();
  const freshName = () => {
    const count = (namesTaken.get(this) ?? 0) + 1;
    namesTaken.set(this, count);
    return `generated-${count}`;
  };
  const { seed, runs } = parameters;
  const tried = await propertyNamed(name)({ ports, profile, freshName }, { seed, runs });
  if (tried !== undefined) this.attach(`${tried.count} ${tried.noun}`, TRIED);
});
