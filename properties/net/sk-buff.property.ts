/** Laws of sk_buff: pointers, families of clones, lists, fragments, sequence space. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesOf, octetsOf } from '../../contract/index.ts';
import { intrusion } from '../../harness/lock-steps.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { everyInterleaving } from '../schedules.ts';

const octets = (constraints: fc.IntArrayConstraints) =>
  fc.uint8Array(constraints).map((bytes) => octetsOf(bytes));

async function newBuffer({ ports }: Context, size: number): Promise<string> {
  return valueOf(await ports['sk-buff'].alloc({ size })).skb;
}

// The linear buffer

/** Positions and contents as they must be. */
interface LinearModel {
  data: number;
  contents: string;
}

const linearOperation = fc.oneof(
  fc.record({ do: fc.constant('put' as const), octets: octets({ maxLength: 24 }) }),
  fc.record({ do: fc.constant('push' as const), octets: octets({ maxLength: 24 }) }),
  fc.record({ do: fc.constant('pull' as const), length: fc.nat(40) }),
  fc.record({ do: fc.constant('trim' as const), length: fc.nat(40) }),
);

async function assertLayout({ ports }: Context, skb: string, model: LinearModel): Promise<void> {
  const layout = valueOf(await ports['sk-buff'].layout({ skb }));
  const len = model.contents.length / 2;
  assert.deepEqual(
    { data: layout.data, tail: layout.tail, len: layout.len, headroom: layout.headroom },
    { data: model.data, tail: model.data + len, len, headroom: model.data },
  );
  assert.equal(layout.tailroom, layout.end - layout.tail);
  assert.ok(0 <= layout.data && layout.data <= layout.tail && layout.tail <= layout.end);
  assert.equal(valueOf(await ports['sk-buff'].contents({ skb })).octets, model.contents);
}

property(
  'any sequence of operations keeps the pointers in order',
  fc.record({
    reserve: fc.nat(64),
    operations: fc.array(linearOperation, { maxLength: 20 }),
  }),
  async (context, { reserve, operations }) => {
    const port = context.ports['sk-buff'];
    const skb = await newBuffer(context, 128);
    const { end } = valueOf(await port.layout({ skb }));
    valueOf(await port.reserve({ skb, length: reserve }));
    const model: LinearModel = { data: reserve, contents: '' };
    for (const step of operations) {
      const len = model.contents.length / 2;
      switch (step.do) {
        case 'put': {
          const size = step.octets.length / 2;
          if (model.data + len + size > end) continue;
          const { at } = valueOf(await port.put({ skb, octets: step.octets }));
          assert.equal(at, model.data + len);
          model.contents += step.octets;
          break;
        }
        case 'push': {
          const size = step.octets.length / 2;
          if (size > model.data) continue;
          model.data -= size;
          assert.equal(valueOf(await port.push({ skb, octets: step.octets })).at, model.data);
          model.contents = step.octets + model.contents;
          break;
        }
        case 'pull': {
          const fits = step.length <= len;
          if (fits) {
            model.data += step.length;
            model.contents = model.contents.slice(2 * step.length);
          }
          const { at } = valueOf(await port.pull({ skb, length: step.length }));
          assert.equal(at, fits ? model.data : null);
          break;
        }
        case 'trim':
          valueOf(await port.trim({ skb, length: step.length }));
          model.contents = model.contents.slice(0, 2 * step.length);
          break;
      }
      await assertLayout(context, skb, model);
    }
  },
);

property(
  'over-runs and under-runs are caught exactly when they happen',
  fc.record({ reserve: fc.nat(64), filled: fc.nat(64), put: fc.nat(80), push: fc.nat(80) }),
  async (context, { reserve, filled, put, push }) => {
    const port = context.ports['sk-buff'];
    const prepare = async () => {
      const skb = await newBuffer(context, 128);
      valueOf(await port.reserve({ skb, length: reserve }));
      valueOf(await port.put({ skb, octets: '5a'.repeat(filled) }));
      return skb;
    };
    const toPut = await prepare();
    const { tailroom } = valueOf(await port.layout({ skb: toPut }));
    const over = await port.put({ skb: toPut, octets: 'ee'.repeat(put) });
    assert.equal('bug' in over, put > tailroom, `put ${put} into ${tailroom}`);
    const under = await port.push({ skb: await prepare(), octets: 'ee'.repeat(push) });
    assert.equal('bug' in under, push > reserve, `push ${push} into ${reserve}`);
  },
);

// Clones and copies

/** A member of a family: what it shows of which memory. */
interface Member {
  readonly skb: string;
  memory: { bytes: Uint8Array };
  data: number;
  tail: number;
}

const familyOperation = fc.record({
  do: fc.constantFrom(
    'clone' as const,
    'copy' as const,
    'write' as const,
    'pull' as const,
    'free' as const,
  ),
  who: fc.nat(),
  octet: fc.nat(255),
});

property(
  'clones and copies behave like a model',
  fc.array(familyOperation, { maxLength: 20 }),
  async (context, operations) => {
    const [port, sharing] = [context.ports['sk-buff'], context.ports['sk-buff-sharing']];
    const first = await newBuffer(context, 32);
    const contents = Uint8Array.from({ length: 16 }, (_, at) => at);
    valueOf(await port.put({ skb: first, octets: octetsOf(contents) }));
    const memory = { bytes: contents };
    const family: Member[] = [{ skb: first, memory, data: 0, tail: 16 }];
    for (const { do: what, who, octet } of operations) {
      const member = family[who % family.length];
      if (member === undefined) break;
      const { skb } = member;
      if (what === 'clone') {
        family.push({ ...member, skb: valueOf(await sharing.clone({ skb })).skb });
      } else if (what === 'copy') {
        const bytes = member.memory.bytes.slice();
        family.push({
          ...member,
          memory: { bytes },
          skb: valueOf(await sharing.copy({ skb })).skb,
        });
      } else if (what === 'free') {
        const others = family.filter((other) => other.memory === member.memory && other !== member);
        const freed = valueOf(await sharing.free({ skb }));
        assert.deepEqual(freed, { descriptorFreed: true, dataFreed: others.length === 0 });
        family.splice(family.indexOf(member), 1);
        if (family.length === 0) break;
      } else if (member.data < member.tail) {
        if (what === 'write') {
          valueOf(await port.write({ skb, offset: 0, octets: octetsOf([octet]) }));
          member.memory.bytes[member.data] = octet;
        } else {
          valueOf(await port.pull({ skb, length: 1 }));
          member.data += 1;
        }
      }
    }
    for (const {
      skb,
      memory: { bytes },
      data,
      tail,
    } of family) {
      const shown = octetsOf(bytes.subarray(data, tail));
      assert.equal(valueOf(await port.contents({ skb })).octets, shown);
      const sharers = family.filter((other) => other.memory.bytes === bytes).length;
      const { cloned, dataref } = valueOf(await sharing.state({ skb }));
      assert.deepEqual({ cloned, dataref }, { cloned: sharers > 1, dataref: sharers });
    }
  },
);

// Lists

const listOperation = fc.record({
  do: fc.constantFrom(
    'queueHead' as const,
    'queueTail' as const,
    'insert' as const,
    'append' as const,
    'unlink' as const,
    'dequeue' as const,
    'dequeueTail' as const,
  ),
  where: fc.nat(),
});

property(
  'list operations behave like a model',
  fc.array(listOperation, { maxLength: 24 }),
  async (context, operations) => {
    const port = context.ports['sk-buff-queue'];
    const queue = context.freshName();
    let model: string[] = [];
    for (const { do: what, where } of operations) {
      const at = model.length === 0 ? -1 : where % model.length;
      const neighbour = model[at];
      if (what === 'dequeue' || what === 'dequeueTail') {
        const expected = what === 'dequeue' ? model.shift() : model.pop();
        assert.deepEqual(await port[what]({ queue }), { ok: { skb: expected ?? null } });
      } else if (what === 'unlink') {
        if (neighbour === undefined) continue;
        valueOf(await port.unlink({ skb: neighbour }));
        model = model.toSpliced(at, 1);
      } else {
        const skb = await newBuffer(context, 8);
        if (what === 'queueHead' || what === 'queueTail') {
          valueOf(await port[what]({ queue, skb }));
          model = what === 'queueHead' ? [skb, ...model] : [...model, skb];
        } else if (neighbour !== undefined) {
          if (what === 'insert') valueOf(await port.insert({ before: neighbour, skb }));
          else valueOf(await port.append({ after: neighbour, skb }));
          model = model.toSpliced(what === 'insert' ? at : at + 1, 0, skb);
        }
      }
    }
    assert.deepEqual(valueOf(await port.walk({ queue })), {
      qlen: model.length,
      forward: model,
      backward: model.toReversed(),
    });
  },
);

/** Two users of a queue that holds one buffer: one queues another, one dequeues. */
async function useTogether(
  context: Context,
  users: ('queue-tail' | 'dequeue')[][],
  schedule: number[],
) {
  const [port, smp] = [context.ports['sk-buff-queue'], context.ports['sk-buff-queue-smp']];
  const queue = context.freshName();
  const waiting = await newBuffer(context, 8);
  valueOf(await port.queueTail({ queue, skb: waiting }));
  const all = [waiting];
  const processors = [];
  for (const actions of users) {
    const given = [];
    for (const action of actions) {
      if (action === 'dequeue') given.push({ do: action });
      else {
        const skb = await newBuffer(context, 8);
        all.push(skb);
        given.push({ do: action, skb });
      }
    }
    processors.push(given);
  }
  const { taken, steps } = valueOf(await smp.useTogether({ queue, processors, schedule }));
  const got = taken.flat().filter((skb) => skb !== null);
  const { qlen, forward, backward } = valueOf(await port.walk({ queue }));
  assert.deepEqual([...got, ...forward].toSorted(), all.toSorted(), 'buffers taken and left');
  assert.deepEqual({ qlen, backward }, { qlen: forward.length, backward: forward.toReversed() });
  assert.equal(intrusion(steps), undefined);
}

everyInterleaving(
  'every interleaving of two users of a queue keeps all buffers',
  [5, 5],
  (context, schedule) => useTogether(context, [['queue-tail'], ['dequeue']], schedule),
);

property(
  'random interleavings of queueing and dequeueing keep all buffers',
  fc.record({
    users: fc.array(
      fc.array(fc.constantFrom('queue-tail' as const, 'dequeue' as const), { maxLength: 3 }),
      { minLength: 2, maxLength: 4 },
    ),
    schedule: fc.array(fc.nat(3), { maxLength: 80 }),
  }),
  async (context, { users, schedule }) => {
    const valid = schedule.filter((processor) => processor < users.length);
    await useTogether(context, users, valid);
  },
);

// Page fragments

property(
  'pulling and trimming fragments leaves the contents alone',
  fc.record({
    linear: octets({ maxLength: 16 }),
    fragments: fc.array(octets({ minLength: 1, maxLength: 16 }), { minLength: 1, maxLength: 5 }),
    wanted: fc.array(fc.nat(80), { maxLength: 4 }),
    keep: fc.nat(80),
  }),
  async (context, { linear, fragments, wanted, keep }) => {
    const [port, paged] = [context.ports['sk-buff'], context.ports['sk-buff-paged']];
    const skb = await newBuffer(context, 24);
    valueOf(await port.put({ skb, octets: linear }));
    for (const fragment of fragments) valueOf(await paged.addFragment({ skb, octets: fragment }));
    const all = bytesOf(linear + fragments.join(''));
    for (const length of wanted) {
      const { may } = valueOf(await paged.mayPull({ skb, length }));
      assert.equal(may, length <= all.length);
      const { len, dataLen } = valueOf(await port.layout({ skb }));
      assert.equal(len, all.length);
      assert.ok(!may || len - dataLen >= length, 'what was asked for is linear');
      assert.equal(valueOf(await port.contents({ skb })).octets, octetsOf(all));
    }
    valueOf(await port.trim({ skb, length: keep }));
    const left = octetsOf(all.subarray(0, keep));
    assert.equal(valueOf(await port.contents({ skb })).octets, left);
  },
);

// Sequence space

property(
  'end_seq is seq plus the sequence space of the segment',
  fc.record({
    seq: fc.oneof(fc.constantFrom(0, 0xffff_ffff, 0xffff_fff0), fc.nat(0xffff_ffff)),
    flags: fc.nat(0x3f),
    options: fc.nat(10),
    data: fc.nat(64),
  }),
  async (context, { seq, flags, options, data }) => {
    const [port, fields] = [context.ports['sk-buff'], context.ports['sk-buff-fields']];
    const number = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
    const header = `04000050${number(seq, 8)}00000000${number((5 + options) << 4, 2)}${number(flags, 2)}200000000000`;
    const skb = await newBuffer(context, 256);
    const segment = header + '01'.repeat(4 * options) + '61'.repeat(data);
    valueOf(await port.put({ skb, octets: segment }));
    valueOf(await fields.tcpReceive({ skb }));
    const block = valueOf(await fields.tcpControlBlock({ skb }));
    const space = (flags & 2 ? 1 : 0) + (flags & 1) + data;
    assert.deepEqual(
      { seq: block.seq, endSeq: block.endSeq, flags: block.flags },
      { seq, endSeq: Number((BigInt(seq) + BigInt(space)) % 0x1_0000_0000n), flags },
    );
  },
);
