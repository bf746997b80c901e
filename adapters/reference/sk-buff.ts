/** sk_buff ports of the reference kernel: handles become buffers, queue names become lists. */
import { bytesOf, octetsOf, type PortOf, type Profile } from '../../contract/index.ts';
import type {
  skBuff,
  skBuffFields,
  skBuffHeaders,
  skBuffPaged,
  skBuffQueue,
  skBuffQueueSmp,
  skBuffSharing,
} from '../../contract/index.ts';
import { bugOn } from '../../reference/kernel/bug.ts';
import { interleave, runToEnd, type Steps } from '../../reference/kernel/processors.ts';
import {
  clearIpControlBlock,
  tcpControlBlock,
  tcpReceiveControlBlock,
  writeControlBlock,
} from '../../reference/net/control-block.ts';
import { initNetworkHeader, viewHeader } from '../../reference/net/headers.ts';
import { SK_BUFF_FIELDS, type FieldCategory } from '../../reference/net/sk-buff-fields.ts';
import {
  pskbMayPull,
  pskbTrim,
  skbAddFragment,
  skbLinearize,
  skbTrim,
} from '../../reference/net/sk-buff-paged.ts';
import {
  newSkBuffHead,
  skbAppend,
  skbDequeue,
  skbDequeueTail,
  skbInsert,
  skbPeek,
  skbPeekTail,
  skbQueueHead,
  skbQueuePurge,
  skbQueueTail,
  skbQueueWalk,
  skbUnlink,
  type SkBuffHead,
} from '../../reference/net/sk-buff-queue.ts';
import {
  kfreeSkb,
  pskbCopy,
  pskbExpandHead,
  skbClone,
  skbCloned,
  skbCopy,
  skbCow,
  skbGet,
  skbReallocHeadroom,
  skbShareCheck,
  skbShared,
  skbUnshare,
} from '../../reference/net/sk-buff-sharing.ts';
import {
  allocSkb,
  CB_SIZE,
  devAllocSkb,
  skbContents,
  skbEnd,
  skbHeadroom,
  skbLinear,
  skbPull,
  skbPush,
  skbPut,
  skbReserve,
  skbTailroom,
  type SkBuff,
} from '../../reference/net/sk-buff.ts';
import { answering, answeringOk, orNoMemory, UnknownHandle } from './answering.ts';

/** What is in a control block to which nobody has written. */
const NO_SCRATCH = new Uint8Array(CB_SIZE);

/** Handles for descriptors; a freed one keeps its handle, so that its use is noticed. */
class Buffers {
  readonly #bySkb = new Map<SkBuff, string>();
  readonly #byHandle = new Map<string, SkBuff>();

  handle(skb: SkBuff): string {
    const known = this.#bySkb.get(skb);
    if (known !== undefined) return known;
    const handle = `skb${this.#bySkb.size + 1}`;
    this.#bySkb.set(skb, handle);
    this.#byHandle.set(handle, skb);
    return handle;
  }

  handleOrNull(skb: SkBuff | null): string | null {
    return skb === null ? null : this.handle(skb);
  }

  /** @throws KernelBug — the descriptor is freed. @throws UnknownHandle — there never was one. */
  at(handle: string): SkBuff {
    const skb = this.#byHandle.get(handle);
    if (skb === undefined) throw new UnknownHandle(`there is no buffer "${handle}"`);
    bugOn(skb.users === 0, `use of a buffer that is freed already: ${handle}`);
    return skb;
  }
}

class Queues {
  readonly #heads = new Map<string, SkBuffHead>();

  named(name: string): SkBuffHead {
    const head = this.#heads.get(name) ?? newSkBuffHead();
    this.#heads.set(name, head);
    return head;
  }

  nameOf(head: SkBuffHead | null): string | null {
    for (const [name, other] of this.#heads) if (other === head) return name;
    return null;
  }
}

/** Where too much was reserved, contents may lie beyond the end; writing there is the bug. */
function writeMemory(skb: SkBuff, at: number, bytes: Uint8Array): void {
  bugOn(at + bytes.length > skbEnd(skb), 'a write past the end of the buffer');
  skb.head.bytes.set(bytes, at);
}

/** The operation on a buffer, with the handle resolved and a bug answered as one. */
function on<Args extends { skb: string }, Value>(
  buffers: Buffers,
  work: (skb: SkBuff, args: Args) => Value,
) {
  return (args: Args) => answeringOk(() => work(buffers.at(args.skb), args));
}

/** The same for what may find no memory and gives a buffer. */
function onForBuffer<Args extends { skb: string }>(
  buffers: Buffers,
  work: (skb: SkBuff, args: Args) => SkBuff | null,
) {
  return (args: Args) =>
    answering(() => {
      const made = work(buffers.at(args.skb), args);
      return orNoMemory(made === null ? null : { skb: buffers.handle(made) });
    });
}

function linearPort(buffers: Buffers, profile: Profile): PortOf<typeof skBuff> {
  const alloc = (skb: SkBuff | null) => {
    if (skb !== null) initNetworkHeader(skb, profile === 'linux-6');
    return orNoMemory(skb && { skb: buffers.handle(skb) });
  };
  return {
    alloc: ({ size }) => answering(() => alloc(allocSkb(size))),
    devAlloc: ({ size }) => answering(() => alloc(devAllocSkb(size))),
    reserve: on(buffers, (skb, { length }: { skb: string; length: number }) => {
      skbReserve(skb, length);
      return {};
    }),
    put: on(buffers, (skb, { octets }: { skb: string; octets: string }) => {
      const bytes = bytesOf(octets);
      const at = skbPut(skb, bytes.length);
      writeMemory(skb, at, bytes);
      return { at };
    }),
    push: on(buffers, (skb, { octets }: { skb: string; octets: string }) => {
      const bytes = bytesOf(octets);
      const at = skbPush(skb, bytes.length);
      writeMemory(skb, at, bytes);
      return { at };
    }),
    pull: on(buffers, (skb, { length }: { skb: string; length: number }) => ({
      at: skbPull(skb, length),
    })),
    trim: ({ skb, length }) =>
      answering(() => {
        const cut = buffers.at(skb);
        if (profile === 'linux-6') return orNoMemory(pskbTrim(cut, length) ? {} : null);
        skbTrim(cut, length);
        return { ok: {} };
      }),
    layout: on(buffers, (skb) => ({
      data: skb.data,
      tail: skb.tail,
      end: skbEnd(skb),
      len: skb.len,
      dataLen: skb.dataLen,
      headroom: skbHeadroom(skb),
      tailroom: skbTailroom(skb),
    })),
    contents: on(buffers, (skb) => ({ octets: octetsOf(skbContents(skb)) })),
    memory: on(buffers, (skb, range: { skb: string; from: number; length: number }) => {
      const to = range.from + range.length;
      bugOn(to > skbEnd(skb), `octets ${range.from} to ${to} are not within head and end`);
      return { octets: octetsOf(skb.head.bytes.subarray(range.from, to)) };
    }),
    write: on(
      buffers,
      (skb, { offset, octets }: { skb: string; offset: number; octets: string }) => {
        const bytes = bytesOf(octets);
        const linear = skbLinear(skb);
        bugOn(offset + bytes.length > linear.length, 'a write that is not within data and tail');
        linear.set(bytes, offset);
        return {};
      },
    ),
  };
}

function sharingPort(buffers: Buffers): PortOf<typeof skBuffSharing> {
  const memory = (had: boolean) => orNoMemory(had ? {} : null);
  return {
    get: on(buffers, (skb) => {
      skbGet(skb);
      return {};
    }),
    free: on(buffers, (skb) => {
      const freed = kfreeSkb(skb);
      return { descriptorFreed: freed.descriptor, dataFreed: freed.data };
    }),
    state: on(buffers, (skb) => ({
      cloned: skbCloned(skb),
      shared: skbShared(skb),
      users: skb.users,
      dataref: skb.head.dataref,
    })),
    clone: onForBuffer(buffers, (skb) => skbClone(skb)),
    copy: onForBuffer(buffers, (skb) => skbCopy(skb)),
    shareCheck: onForBuffer(buffers, (skb) => skbShareCheck(skb)),
    unshare: onForBuffer(buffers, (skb) => skbUnshare(skb)),
    cow: ({ skb, headroom }) => answering(() => memory(skbCow(buffers.at(skb), headroom))),
    reallocHeadroom: onForBuffer(buffers, (skb, { headroom }: { skb: string; headroom: number }) =>
      skbReallocHeadroom(skb, headroom),
    ),
    expandHead: ({ skb, headroom, tailroom }) =>
      answering(() => memory(pskbExpandHead(buffers.at(skb), headroom, tailroom))),
  };
}

function queuePort(buffers: Buffers, queues: Queues): PortOf<typeof skBuffQueue> {
  const run = (work: () => Steps) =>
    answeringOk(() => {
      runToEnd(work());
      return {};
    });
  const found = (work: () => SkBuff | null) =>
    answeringOk(() => ({ skb: buffers.handleOrNull(work()) }));
  return {
    queueHead: ({ queue, skb }) => run(() => skbQueueHead(queues.named(queue), buffers.at(skb))),
    queueTail: ({ queue, skb }) => run(() => skbQueueTail(queues.named(queue), buffers.at(skb))),
    insert: ({ before, skb }) => run(() => skbInsert(buffers.at(before), buffers.at(skb))),
    append: ({ after, skb }) => run(() => skbAppend(buffers.at(after), buffers.at(skb))),
    unlink: ({ skb }) => run(() => skbUnlink(buffers.at(skb))),
    dequeue: ({ queue }) => found(() => runToEnd(skbDequeue(queues.named(queue)))),
    dequeueTail: ({ queue }) => found(() => runToEnd(skbDequeueTail(queues.named(queue)))),
    peek: ({ queue }) => found(() => skbPeek(queues.named(queue))),
    peekTail: ({ queue }) => found(() => skbPeekTail(queues.named(queue))),
    purge: ({ queue }) => run(() => skbQueuePurge(queues.named(queue))),
    walk: ({ queue }) =>
      answeringOk(() => {
        const head = queues.named(queue);
        const handles = (along: 'next' | 'prev') =>
          skbQueueWalk(head, along).map((skb) => buffers.handle(skb));
        return { qlen: head.qlen, forward: handles('next'), backward: handles('prev') };
      }),
    listOf: on(buffers, (skb) => ({ queue: queues.nameOf(skb.list) })),
  };
}

function queueSmpPort(buffers: Buffers, queues: Queues): PortOf<typeof skBuffQueueSmp> {
  type Action = Parameters<PortOf<typeof skBuffQueueSmp>['useTogether']>[0]['processors'][0][0];
  function* use(head: SkBuffHead, actions: readonly Action[], taken: (string | null)[]): Steps {
    for (const action of actions) {
      if (action.do === 'queue-tail') yield* skbQueueTail(head, buffers.at(action.skb));
      else taken.push(buffers.handleOrNull(yield* skbDequeue(head)));
    }
  }
  return {
    useTogether: ({ queue, processors, schedule }) =>
      answeringOk(() => {
        const head = queues.named(queue);
        const taken = processors.map((): (string | null)[] => []);
        const programs = processors.map((actions, processor) =>
          use(head, actions, taken[processor] ?? []),
        );
        return { steps: [...interleave(programs, schedule)], taken };
      }),
  };
}

function pagedPort(buffers: Buffers, profile: Profile): PortOf<typeof skBuffPaged> {
  return {
    addFragment: on(buffers, (skb, { octets }: { skb: string; octets: string }) => {
      skbAddFragment(skb, bytesOf(octets), profile);
      return {};
    }),
    mayPull: on(buffers, (skb, { length }: { skb: string; length: number }) => ({
      may: pskbMayPull(skb, length),
    })),
    linearize: ({ skb }) => answering(() => orNoMemory(skbLinearize(buffers.at(skb)) ? {} : null)),
    copyLinearPart: onForBuffer(buffers, (skb) => pskbCopy(skb)),
  };
}

function headersPort(buffers: Buffers): PortOf<typeof skBuffHeaders> {
  type Header = 'h' | 'nh' | 'mac';
  return {
    mark: on(buffers, (skb, { header }: { skb: string; header: Header }) => {
      skb[header] = skb.data;
      return {};
    }),
    where: on(buffers, ({ h, nh, mac }) => ({ h, nh, mac })),
    view: on(buffers, (skb, { header, as }: { skb: string; header: Header; as: string }) => ({
      fields: viewHeader(skb, header, as),
    })),
  };
}

/** Fields by the kernel's spelling. */
const FIELDS = {
  stamp: 'stamp',
  dev: 'dev',
  input_dev: 'inputDev',
  real_dev: 'realDev',
  priority: 'priority',
  protocol: 'protocol',
  security: 'security',
  pkt_type: 'pktType',
  ip_summed: 'ipSummed',
  csum: 'csum',
} as const;

type Field = keyof typeof FIELDS | 'cb';

function fieldsPort(buffers: Buffers): PortOf<typeof skBuffFields> {
  return {
    fields: () =>
      answeringOk(() => {
        const categories = Object.keys(SK_BUFF_FIELDS) as FieldCategory[];
        return {
          fields: categories.flatMap((category) =>
            SK_BUFF_FIELDS[category].map((name) => ({ name, category })),
          ),
        };
      }),
    set: on(buffers, (skb, args: { skb: string; field: Field; value: number | string }) => {
      if (args.field === 'cb') writeControlBlock(skb, bytesOf(String(args.value)));
      else Object.assign(skb, { [FIELDS[args.field]]: args.value });
      return {};
    }),
    get: on(buffers, (skb, { field }: { skb: string; field: Field }) => ({
      value: field === 'cb' ? octetsOf(skb.cb ?? NO_SCRATCH) : skb[FIELDS[field]],
    })),
    tcpReceive: on(buffers, (skb) => {
      tcpReceiveControlBlock(skb);
      return {};
    }),
    tcpControlBlock: on(buffers, (skb) => tcpControlBlock(skb)),
    ipControlBlock: on(buffers, (skb) => {
      clearIpControlBlock(skb);
      return {};
    }),
  };
}

export function skBuffPorts(profile: Profile) {
  const buffers = new Buffers();
  const queues = new Queues();
  return {
    'sk-buff': linearPort(buffers, profile),
    'sk-buff-sharing': sharingPort(buffers),
    'sk-buff-queue': queuePort(buffers, queues),
    'sk-buff-queue-smp': queueSmpPort(buffers, queues),
    'sk-buff-paged': pagedPort(buffers, profile),
    'sk-buff-headers': headersPort(buffers),
    'sk-buff-fields': fieldsPort(buffers),
  };
}
