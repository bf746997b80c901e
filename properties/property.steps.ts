/** The step by which features state properties. */
import { Then, type World } from '@cucumber/cucumber';
import { TRIED } from '../harness/attachments.ts';
import { session } from '../harness/session.ts';
import './fs/file-system.property.ts';
import './fs/full-store.property.ts';
import './kernel/callout.property.ts';
import './kernel/descriptor.property.ts';
import './kernel/fifo.property.ts';
import './kernel/jiffies.property.ts';
import './kernel/memory-model.property.ts';
import './kernel/module.property.ts';
import './kernel/notifier-chain.property.ts';
import './kernel/paging.property.ts';
import './kernel/pipe.property.ts';
import './kernel/rcu.property.ts';
import './kernel/select.property.ts';
import './kernel/semaphore.property.ts';
import './kernel/softirq.property.ts';
import './kernel/spin-lock.property.ts';
import './kernel/swapping.property.ts';
import './kernel/terminal.property.ts';
import './kernel/timer.property.ts';
import './lab/datagrams.property.ts';
import './lab/streams.property.ts';
import './machine/exceptions.property.ts';
import './machine/interrupts.property.ts';
import './machine/nested-interrupts.property.ts';
import './machine/protection.property.ts';
import './machine/scheduling.property.ts';
import './machine/sleep.property.ts';
import './machine/work-queue.property.ts';
import './net/checksum.property.ts';
import './net/faulting-address.property.ts';
import './net/fragments.property.ts';
import './net/ip-input.property.ts';
import './net/ip-queue-xmit.property.ts';
import './net/nat.property.ts';
import './net/path.property.ts';
import './net/receive-path.property.ts';
import './net/routing-socket.property.ts';
import './net/sk-buff.property.ts';
import './net/tcp-buffers.property.ts';
import './net/tcp-calls.property.ts';
import './net/tcp-states.property.ts';
import './net/syn-flood.property.ts';
import './net/tcp-wrap.property.ts';
import './net/udp.property.ts';
import './net/descriptor-passing.property.ts';
import './net/unix-socket.property.ts';
import { propertyNamed } from './property.ts';

/** Enough to fill a line, and few enough for lines to stay short. */
const CASES_AT_ONCE = 16;

/** Names taken in each scenario: its implementation keeps what one property did for the next. */
const namesTaken = new WeakMap<object, number>();

Then('the property {string} holds', async function (this: World, name: string) {
  const { ports, profile, parameters, hello, driver } = session();
  const hosts = (names: readonly string[]) => session().hosts(names);
  const freshName = () => {
    const count = (namesTaken.get(this) ?? 0) + 1;
    namesTaken.set(this, count);
    return `generated-${count}`;
  };
  const { seed, runs, shrink = true } = parameters;
  const together = hello?.batch === true ? CASES_AT_ONCE : 1;
  const afresh = () => driver.restart();
  const context = { ports, profile, freshName, together, afresh, hosts };
  const tried = await propertyNamed(name)(context, { seed, runs, shrink });
  if (tried !== undefined) this.attach(`${tried.count} ${tried.noun}`, TRIED);
});
