/** Notifier-chain ports of the reference kernel: blocks given as data become callbacks. */
import type { notifierChain, notifierChainSmp, PortOf, Profile } from '../../contract/index.ts';
import {
  newNotifierBlock,
  newNotifierLock,
  notifierCallChain,
  notifierChainNames,
  notifierChainRegister,
  notifierChainUnregister,
  NOTIFY_DONE,
  type NotifierBlock,
  type NotifierChain,
  type NotifierRules,
} from '../../reference/kernel/notifier-chain.ts';
import { interleave, runToEnd, type Steps } from '../../reference/kernel/processors.ts';
import { answering, answeringOk } from './answering.ts';

type Port = PortOf<typeof notifierChain>;
type BlockArgs = Parameters<Port['register']>[0]['block'];
type Action = NonNullable<BlockArgs['actions']>[number];

/** What a block was handed when it ran. */
interface Heard {
  readonly name: string;
  readonly event: number;
  readonly data: string;
}

/** A chain with the blocks that were ever put on it, so that a name stands for one block. */
interface NamedChain {
  readonly head: NotifierChain;
  readonly blocks: Map<string, NotifierBlock>;
  heard: Heard[];
}

class Chains {
  readonly #chains = new Map<string, NamedChain>();
  readonly #lock = newNotifierLock();
  readonly rules: NotifierRules;

  constructor(profile: Profile) {
    const later = profile === 'linux-6';
    this.rules = { refusesTwice: later, readsNextFirst: later };
  }

  named(name: string): NamedChain {
    const chain = this.#chains.get(name) ?? { head: { next: null }, blocks: new Map(), heard: [] };
    this.#chains.set(name, chain);
    return chain;
  }

  /** The block of that name if it is registered, else a new one. */
  block(chain: NamedChain, { name, priority, answer, actions = [] }: BlockArgs): NotifierBlock {
    const known = chain.blocks.get(name);
    if (known !== undefined) return known;
    const notifierCall = (event: number, data: string): number => {
      chain.heard.push({ name, event, data });
      for (const action of actions) this.#act(chain, action);
      return answer;
    };
    const block = newNotifierBlock({ name, priority, notifierCall });
    chain.blocks.set(name, block);
    return block;
  }

  register(chain: NamedChain, args: BlockArgs) {
    return notifierChainRegister(chain.head, this.block(chain, args), this.#lock, this.rules);
  }

  unregister(chain: NamedChain, name: string) {
    const block =
      chain.blocks.get(name) ?? newNotifierBlock({ name, notifierCall: () => NOTIFY_DONE });
    chain.blocks.delete(name);
    return notifierChainUnregister(chain.head, block, this.#lock);
  }

  #act(chain: NamedChain, action: Action): void {
    if (action.do === 'register') runToEnd(this.register(chain, action.block));
    else runToEnd(this.unregister(chain, action.name));
  }
}

function chainPort(chains: Chains): Port {
  return {
    register: ({ chain, block }) =>
      answering(() => runToEnd(chains.register(chains.named(chain), block))),
    unregister: ({ chain, name }) =>
      answering(() => runToEnd(chains.unregister(chains.named(chain), name))),
    call: ({ chain: name, event, data }) =>
      answeringOk(() => {
        const chain = chains.named(name);
        chain.heard = [];
        const result = notifierCallChain(chain.head, event, data, chains.rules);
        return { result, heard: chain.heard };
      }),
  };
}

function smpPort(chains: Chains): PortOf<typeof notifierChainSmp> {
  function* registerAll(chain: NamedChain, blocks: readonly BlockArgs[]): Steps {
    for (const block of blocks) yield* chains.register(chain, block);
  }
  return {
    registerTogether: ({ chain: name, processors, schedule }) =>
      answeringOk(() => {
        const chain = chains.named(name);
        const programs = processors.map((blocks) => registerAll(chain, blocks));
        const steps = interleave(programs, schedule);
        return { order: notifierChainNames(chain.head), steps: [...steps] };
      }),
  };
}

export function notifierChainPorts(profile: Profile) {
  const chains = new Chains(profile);
  return { 'notifier-chain': chainPort(chains), 'notifier-chain-smp': smpPort(chains) };
}
