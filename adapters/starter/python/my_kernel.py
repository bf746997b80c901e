"""my_kernel.py - a kernel of your own, judged by kernspec.

First comes the kernel: the Internet checksum, which is complete, and notifier chains, where one
function is left for you: notifier_call_chain(). Then comes the adapter, which turns requests into
calls of the kernel; it needs no change until you add a mechanism.
"""

from kernspec import Adapter, Bug, Errno, array, choice, int32, name, octets, optional, record
from kernspec import text, word16, word32

# === The kernel: checksums ========================================================================


def fold(total):
    """Adds carries out of the low 16 bits back in, until there is none."""
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def in_cksum(data):
    """The complement of the one's complement sum of all 16-bit words in network order (RFC 1071)."""
    if len(data) % 2:
        data += b"\0"  # an odd last octet is the high half of a word whose low half is zero
    words = (data[at] << 8 | data[at + 1] for at in range(0, len(data), 2))
    return 0xFFFF - fold(sum(words))


def in_cksum_update(check, before, after):
    """The checksum after one word under it has changed: RFC 1624, HC' = ~(~HC + ~m + m')."""
    return 0xFFFF - fold((0xFFFF - check) + (0xFFFF - before) + after)


# === The kernel: notifier chains ==================================================================

NOTIFY_DONE = 0x0000  # not interested
NOTIFY_STOP_MASK = 0x8000  # in an answer: tell nobody else


class NotifierBlock:
    """A node of a chain: who is to be called, and how early."""

    def __init__(self, notifier_call, priority):
        self.notifier_call = notifier_call  # notifier_call(block, event, data) -> answer
        self.priority = priority  # a higher one runs earlier
        self.next = None


class NotifierChain:
    """A list of blocks; `first` is its head."""

    def __init__(self):
        self.first = None


def notifier_chain_register(chain, block):
    """Inserts a block behind those of higher and of equal priority."""
    before, after = None, chain.first
    while after is not None and after.priority >= block.priority:
        before, after = after, after.next
    block.next = after
    if before is None:
        chain.first = block
    else:
        before.next = block


def notifier_chain_unregister(chain, block):
    """Takes a block off its chain; returns whether it was there."""
    before, found = None, chain.first
    while found is not None and found is not block:
        before, found = found, found.next
    if found is None:
        return False
    if before is None:
        chain.first = block.next  # the block keeps its own link
    else:
        before.next = block.next
    return True


def notifier_call_chain(chain, event, data):
    """Announces an event to the blocks of a chain.

    YOURS TO WRITE. It should

    - call each block in order: block.notifier_call(block, event, data);
    - stop as soon as an answer contains NOTIFY_STOP_MASK;
    - return the last answer that it was given, or NOTIFY_DONE if nobody was called.

    A callback may register and unregister blocks of this chain, its own too. In Linux 2.6.11 the
    successor is therefore looked up after the callback has answered.

    As it stands it tells nobody.
    """
    return NOTIFY_DONE


# === The adapter: checksum ========================================================================


def boot(profile, seed):
    """Every scenario finds a kernel that has just booted."""
    chains.clear()
    blocks.clear()


adapter = Adapter("my-kernel", "0.1.0", profile="notes", reset=boot)


@adapter.operation("checksum.compute", octets=octets)
def checksum_compute(octets):
    return {"checksum": in_cksum(octets)}


@adapter.operation("checksum.update", checksum=word16, before=word16, after=word16)
def checksum_update(checksum, before, after):
    return {"checksum": in_cksum_update(checksum, before, after)}


# === The adapter: notifier-chain ==================================================================

# Chains by name, blocks by chain and name. A chain that was never named is empty.
chains = {}
blocks = {}

MAX_HEARD = 10_000
heard = []


def chain_by_name(chain):
    return chains.setdefault(chain, NotifierChain())


class NamedBlock(NotifierBlock):
    """A block as the suite describes it: what its callback does and then answers."""

    def __init__(self, chain, name):
        super().__init__(NamedBlock.hear, 0)
        self.chain = chain
        self.name = name
        self.answer = NOTIFY_DONE
        self.actions = []

    def describe(self, priority, answer, actions=()):
        self.priority = priority
        self.answer = answer
        self.actions = actions

    def hear(self, event, data):
        """Tells the suite that it was called, acts, and answers."""
        if len(heard) == MAX_HEARD:
            raise Bug("the chain has no end")
        heard.append({"name": self.name, "event": event, "data": data})
        for action in self.actions:
            self.act(action)
        return self.answer

    def act(self, action):
        if action["do"] == "unregister":
            block = block_by_name(self.chain, action["name"])
            notifier_chain_unregister(chain_by_name(self.chain), block)
        else:
            described = action["block"]
            block = block_by_name(self.chain, described["name"])
            block.describe(described["priority"], described["answer"])
            notifier_chain_register(chain_by_name(self.chain), block)


def block_by_name(chain, name):
    """The block of that name on that chain, new if there was none."""
    if (chain, name) not in blocks:
        blocks[chain, name] = NamedBlock(chain, name)
    return blocks[chain, name]


plain_block = dict(name=name, priority=optional(int32, 0), answer=word32)


def callback_action(value, path):
    """Either { do: register, block } or { do: unregister, name }."""
    registers = isinstance(value, dict) and value.get("do") == "register"
    more = {"block": record(**plain_block)} if registers else {"name": name}
    return record(do=choice("register", "unregister"), **more)(value, path)


full_block = record(**plain_block, actions=optional(array(callback_action), ()))


@adapter.operation("notifier-chain.register", chain=name, block=full_block)
def register(chain, block):
    registered = block_by_name(chain, block["name"])
    registered.describe(block["priority"], block["answer"], block["actions"])
    notifier_chain_register(chain_by_name(chain), registered)


@adapter.operation("notifier-chain.unregister", chain=name, name=name)
def unregister(chain, name):
    if not notifier_chain_unregister(chain_by_name(chain), block_by_name(chain, name)):
        raise Errno("ENOENT")


@adapter.operation("notifier-chain.call", chain=name, event=word32, data=text)
def call(chain, event, data):
    heard.clear()
    result = notifier_call_chain(chain_by_name(chain), event, data)
    return {"result": result, "heard": list(heard)}


# To add a mechanism, write its operations in the same way: to offer one is to have its port.

if __name__ == "__main__":
    adapter.run()
