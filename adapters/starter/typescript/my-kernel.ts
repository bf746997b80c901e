/**
 * A kernel of your own, judged by kernspec.
 *
 * First comes the kernel: the Internet checksum, which is complete, and notifier chains, where one
 * function is left for you: notifierCallChain(). Then comes the adapter, which offers the kernel
 * through the contract; it needs no change until you add a mechanism.
 */
import type { Boot, Ports } from 'kernspec/contract';

// === The kernel: checksums ======================================================================

/** Adds carries out of the low 16 bits back in, until there is none. */
function fold(sum: number): number {
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

/**
 * The complement of the one's complement sum of all 16-bit words in network order (RFC 1071).
 *
 * @kernel in_cksum
 */
function inCksum(octets: Uint8Array): number {
  let sum = 0;
  for (const [at, octet] of octets.entries()) {
    // An odd last octet counts as the high half of a word whose low half is zero.
    sum = fold(sum + (at % 2 === 0 ? octet << 8 : octet));
  }
  return 0xffff - sum;
}

/** The checksum after one word under it has changed: RFC 1624, HC' = ~(~HC + ~m + m'). */
function inCksumUpdate(check: number, before: number, after: number): number {
  return 0xffff - fold(0xffff - check + (0xffff - before) + after);
}

// === The kernel: notifier chains ================================================================

/** Not interested. */
const NOTIFY_DONE = 0x0000;
/** In an answer: tell nobody else. */
const NOTIFY_STOP_MASK = 0x8000;

interface NotifierBlock {
  notifierCall(event: number, data: string): number;
  next: NotifierBlock | null;
  /** A higher one runs earlier. */
  priority: number;
}

/** A list of blocks; `first` is its head. */
interface NotifierChain {
  first: NotifierBlock | null;
}

/**
 * Inserts a block behind those of higher and of equal priority.
 *
 * @kernel notifier_chain_register
 */
function notifierChainRegister(chain: NotifierChain, block: NotifierBlock): void {
  let before: NotifierBlock | null = null;
  let after = chain.first;
  while (after !== null && after.priority >= block.priority) {
    before = after;
    after = after.next;
  }
  block.next = after;
  if (before === null) chain.first = block;
  else before.next = block;
}

/**
 * Takes a block off its chain; the block keeps its own link.
 *
 * @returns whether it was there.
 * @kernel notifier_chain_unregister
 */
function notifierChainUnregister(chain: NotifierChain, block: NotifierBlock): boolean {
  let before: NotifierBlock | null = null;
  let found = chain.first;
  while (found !== null && found !== block) {
    before = found;
    found = found.next;
  }
  if (found === null) return false;
  if (before === null) chain.first = block.next;
  else before.next = block.next;
  return true;
}

/**
 * Announces an event to the blocks of a chain.
 *
 * YOURS TO WRITE. It should
 *
 * - call each block in order: block.notifierCall(event, data);
 * - stop as soon as an answer contains NOTIFY_STOP_MASK;
 * - return the last answer that it was given, or NOTIFY_DONE if nobody was called.
 *
 * A callback may register and unregister blocks of this chain, its own too. In Linux 2.6.11 the
 * successor is therefore looked up after the callback has answered.
 *
 * As it stands it tells nobody.
 *
 * @kernel notifier_call_chain
 */
function notifierCallChain(chain: NotifierChain, event: number, data: string): number {
  return NOTIFY_DONE;
}

// === The adapter: checksum ======================================================================

const checksum: Ports['checksum'] = {
  async compute({ octets }) {
    const pairs = octets.match(/../g) ?? [];
    return {
      ok: { checksum: inCksum(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))) },
    };
  },

  async update({ checksum, before, after }) {
    return { ok: { checksum: inCksumUpdate(checksum, before, after) } };
  },
};

// === The adapter: notifier-chain ================================================================

type Port = Ports['notifier-chain'];
type Described = Parameters<Port['register']>[0]['block'];
type Heard = { name: string; event: number; data: string };

const MAX_HEARD = 10_000;

/** Raised by a callback, so that a chain without an end is answered as a bug. */
class EndlessChain extends Error {}

/** One chain and every block that was ever on it, by name. */
class NamedChain implements NotifierChain {
  first: NotifierBlock | null = null;
  heard: Heard[] = [];
  readonly #blocks = new Map<string, NamedBlock>();

  /** The block of that name, new if there was none. */
  block(name: string): NamedBlock {
    const block = this.#blocks.get(name) ?? new NamedBlock(this, name);
    this.#blocks.set(name, block);
    return block;
  }

  register(described: Described): void {
    const block = this.block(described.name);
    block.describe(described);
    notifierChainRegister(this, block);
  }

  unregister(name: string): boolean {
    return notifierChainUnregister(this, this.block(name));
  }
}

/** A block as the suite describes it: what its callback does and then answers. */
class NamedBlock implements NotifierBlock {
  next: NotifierBlock | null = null;
  priority = 0;
  readonly #chain: NamedChain;
  readonly #name: string;
  #answer = NOTIFY_DONE;
  #actions: Described['actions'];

  constructor(chain: NamedChain, name: string) {
    this.#chain = chain;
    this.#name = name;
  }

  describe({ priority = 0, answer, actions }: Described): void {
    this.priority = priority;
    this.#answer = answer;
    this.#actions = actions;
  }

  /** Tells the suite that it was called, acts, and answers. */
  notifierCall(event: number, data: string): number {
    if (this.#chain.heard.length === MAX_HEARD) throw new EndlessChain();
    this.#chain.heard.push({ name: this.#name, event, data });
    for (const action of this.#actions ?? []) {
      if (action.do === 'register') this.#chain.register(action.block);
      else this.#chain.unregister(action.name);
    }
    return this.#answer;
  }
}

function notifierChain(): Port {
  const chains = new Map<string, NamedChain>();

  /** A chain that was never named is empty. */
  function chainByName(name: string): NamedChain {
    const chain = chains.get(name) ?? new NamedChain();
    chains.set(name, chain);
    return chain;
  }

  return {
    async register({ chain, block }) {
      chainByName(chain).register(block);
      return { ok: {} };
    },

    async unregister({ chain, name }) {
      return chainByName(chain).unregister(name) ? { ok: {} } : { errno: 'ENOENT' };
    },

    async call({ chain, event, data }) {
      const named = chainByName(chain);
      named.heard = [];
      try {
        const result = notifierCallChain(named, event, data);
        return { ok: { result, heard: named.heard } };
      } catch (error) {
        if (error instanceof EndlessChain) return { bug: 'the chain has no end' };
        throw error;
      }
    },
  };
}

// === The adapter: what there is =================================================================

/** Every scenario finds a kernel that has just booted. To offer a mechanism, name its port here. */
const boot: Boot = () => ({
  name: 'my-kernel',
  version: '0.1.0',
  profile: 'notes',
  ports: { checksum, 'notifier-chain': notifierChain() },
});

export default boot;
