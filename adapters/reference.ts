/** The reference kernel behind the contract: the implementation that is run by default. */
import type { Boot, Implementation } from '../contract/index.ts';
import { checksumPorts } from './reference/checksum.ts';
import { notifierChainPorts } from './reference/notifier-chain.ts';
import { receivePathPorts } from './reference/receive-path.ts';
import { skBuffPorts } from './reference/sk-buff.ts';
import { Sleepers } from './reference/sleeping.ts';
import { softirqPorts } from './reference/softirq.ts';
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
      ...receivePathPorts(profile),
      ...skBuffPorts(),
      ...softirqPorts(profile),
      'wait-queue': waitQueuePort(profile, sleepers),
    },
    poll: (call) => sleepers.poll(call),
  };
};

export default boot;
