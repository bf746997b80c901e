/** Faults in what is kept in mind of other hosts. */
import type { Mutant } from '../mutant.ts';

const peers = 'net/peers';

export const PEERS: readonly Mutant[] = [
  {
    id: 'peers-never-forgotten',
    statement: 'FRG-02',
    file: peers,
    find: `this.size >= this.#storage.threshold`,
    replace: `false`,
    does: 'Keeps every host in mind that it has ever sent to.',
  },
  {
    id: 'peers-one-too-many',
    statement: 'FRG-02',
    file: peers,
    find: `this.size >= this.#storage.threshold`,
    replace: `this.size > this.#storage.threshold`,
    does: 'Keeps one more host in mind than there is storage for.',
  },
  {
    id: 'peers-use-not-noted',
    statement: 'FRG-02',
    file: peers,
    find: `!this.delete(address)`,
    replace: `!this.has(address)`,
    does: 'Forgets the host first that it has known for longest, however lately it was used.',
  },
  {
    id: 'peers-all-forgotten',
    statement: 'FRG-02',
    file: peers,
    find: `this.delete(this.keys().next().value)`,
    replace: `this.clear()`,
    does: 'Forgets all hosts where one has to go.',
  },
  {
    id: 'peers-storage-smaller',
    statement: 'FRG-02',
    file: peers,
    find: `65_536 + 128`,
    replace: `65_536`,
    does: 'Has less storage than it says.',
  },
];
