/** The reference kernel behind the contract: the implementation that is run by default. */
import type { Boot, Implementation } from '../contract/index.ts';
import { checksumPorts } from './reference/checksum.ts';
import { memoryModelPort } from './reference/memory-model.ts';
import { notifierChainPorts } from './reference/notifier-chain.ts';
import { packetTypePort } from './reference/packet-type.ts';
import { rcuPort } from './reference/rcu.ts';
import { semaphorePort } from './reference/semaphore.ts';
import { skBuffPorts } from './reference/sk-buff.ts';
import { Sleepers } from './reference/sleeping.ts';
import { spinLockPort } from './reference/spin-lock.ts';
import { waitQueuePort } from './reference/wait-queue.ts';

const boot: Boot = ({ profile }): Implementation => {
  const sleepers = new Sleepers();
  return {
    name: 'reference',
    version: '0.1.0',
    profile,
    ports: {
      ...checksumPorts(),
      ...notifierChainPorts(profile),
      ...skBuffPorts(),
      'memory-model': memoryModelPort(),
      'spin-lock': spinLockPort(),
      semaphore: semaphorePort(sleepers),
      rcu: rcuPort(),
      'packet-type': packetTypePort(),
      'wait-queue': waitQueuePort(profile, sleepers),
    },
    poll: (call) => sleepers.poll(call),
  };
};

export default boot;
