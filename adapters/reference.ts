/** The reference kernel behind the contract: the implementation that is run by default. */
import type { Boot, Implementation } from '../contract/index.ts';
import { checksumPorts } from './reference/checksum.ts';
import { memoryModelPort } from './reference/memory-model.ts';
import { notifierChainPorts } from './reference/notifier-chain.ts';
import { skBuffPorts } from './reference/sk-buff.ts';

const boot: Boot = ({ profile }): Implementation => ({
  name: 'reference',
  version: '0.1.0',
  profile,
  ports: {
    ...checksumPorts(),
    ...notifierChainPorts(profile),
    ...skBuffPorts(),
    'memory-model': memoryModelPort(),
  },
});

export default boot;
