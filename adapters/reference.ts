/** The reference kernel behind the contract: the implementation that is run by default. */
import type { Boot, Implementation } from '../contract/index.ts';
import { calloutPorts } from './reference/callout.ts';
import { checksumPorts } from './reference/checksum.ts';
import { descriptorPorts } from './reference/descriptor.ts';
import { fileSystemPorts, Mounted } from './reference/file-system.ts';
import { Interruptible } from './reference/interruptible.ts';
import { jiffiesPorts } from './reference/jiffies.ts';
import { machinePorts } from './reference/machine.ts';
import { memoryModelPort } from './reference/memory-model.ts';
import { modulePorts } from './reference/module.ts';
import { networkPorts } from './reference/network.ts';
import { notifierChainPorts } from './reference/notifier-chain.ts';
import { packetTypePort } from './reference/packet-type.ts';
import { pagingPorts } from './reference/paging.ts';
import { pipePorts } from './reference/pipe.ts';
import { rcuPort } from './reference/rcu.ts';
import { receivePathPorts } from './reference/receive-path.ts';
import { semaphorePort } from './reference/semaphore.ts';
import { skBuffPorts } from './reference/sk-buff.ts';
import { Sleepers } from './reference/sleeping.ts';
import { softirqPorts } from './reference/softirq.ts';
import { spinLockPort } from './reference/spin-lock.ts';
import { swappingPorts } from './reference/swapping.ts';
import { Terminals, terminalPorts } from './reference/terminal.ts';
import { timerWheelPorts } from './reference/timer-wheel.ts';
import { waitQueuePort } from './reference/wait-queue.ts';

const boot: Boot = ({ profile, seed }): Implementation => {
  const sleepers = new Sleepers();
  const calls = new Interruptible(sleepers);
  const mounted = new Mounted(profile);
  const terminals = new Terminals(profile);
  return {
    name: 'reference',
    version: '0.1.0',
    profile,
    ports: {
      ...checksumPorts(),
      ...notifierChainPorts(profile),
      ...modulePorts(profile),
      ...pagingPorts(profile),
      ...swappingPorts(),
      ...fileSystemPorts(mounted),
      ...skBuffPorts(),
      ...receivePathPorts(profile),
      ...softirqPorts(profile),
      ...jiffiesPorts(profile),
      ...timerWheelPorts(profile),
      ...calloutPorts(),
      'memory-model': memoryModelPort(),
      'spin-lock': spinLockPort(),
      semaphore: semaphorePort(sleepers),
      rcu: rcuPort(),
      ...pipePorts(profile, sleepers, calls),
      ...terminalPorts(terminals, sleepers, calls),
      ...descriptorPorts(profile, { mounted, terminals, sleepers, calls }),
      'packet-type': packetTypePort(),
      ...receivePathPorts(profile),
      ...skBuffPorts(),
      ...softirqPorts(profile),
      'wait-queue': waitQueuePort(profile, sleepers),
      ...machinePorts(profile),
      ...networkPorts({ profile, seed }, sleepers, calls),
    },
    poll: (call) => sleepers.poll(call),
  };
};

export default boot;
