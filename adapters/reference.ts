/** The reference kernel behind the contract: the implementation that is run by default. */
import type { Boot, Implementation } from '../contract/index.ts';
import { checksumPorts } from './reference/checksum.ts';
import { Interruptible } from './reference/interruptible.ts';
import { notifierChainPorts } from './reference/notifier-chain.ts';
import { pipePorts } from './reference/pipe.ts';
import { skBuffPorts } from './reference/sk-buff.ts';
import { Sleepers } from './reference/sleeping.ts';
import { terminalPorts } from './reference/terminal.ts';
import { waitQueuePort } from './reference/wait-queue.ts';

const boot: Boot = ({ profile }): Implementation => {
  const sleepers = new Sleepers();
  const calls = new Interruptible(sleepers);
  return {
    name: 'reference',
    version: '0.1.0',
    profile,
    ports: {
      ...checksumPorts(),
      ...notifierChainPorts(profile),
      ...skBuffPorts(),
      ...pipePorts(profile, sleepers, calls),
      ...terminalPorts(profile, sleepers, calls),
      'wait-queue': waitQueuePort(profile, sleepers),
    },
    poll: (call) => sleepers.poll(call),
  };
};

export default boot;
