/** Trees of scripts, as a parser could give them. */
import fc from 'fast-check';
import type {
  Action,
  Call,
  Expression,
  IcmpPacket,
  IpInfo,
  OptionNote,
  Packet,
  Script,
  ScriptEvent,
  TcpPacket,
  When,
} from '../../harness/packetdrill/ast.ts';

const place = { line: 1, column: 1 };

const nat16 = fc.integer({ min: 0, max: 0xffff });
const nat32 = fc.integer({ min: 0, max: 0xffff_ffff });
const times = fc.integer({ min: 0, max: 100_000_000 });

/** Members that are left out are not there at all. */
function record<Value>(
  model: { [Name in keyof Value]-?: fc.Arbitrary<NonNullable<Value[Name]>> },
  requiredKeys: (keyof Value)[],
): fc.Arbitrary<Value> {
  return fc.record(model, { requiredKeys: requiredKeys as never[] }) as fc.Arbitrary<Value>;
}

/** Words that begin no struct and stand for no function. */
const words = fc
  .stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/)
  .filter((word) => !/^[FSRPEWU]+$/.test(word));

const numbers = fc.record({
  place: fc.constant(place),
  kind: fc.constant('number' as const),
  value: fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
  hex: fc.constant(false),
});

const leaves: fc.Arbitrary<Expression> = fc.oneof(
  fc.constant<Expression>({ place, kind: 'anything' }),
  numbers,
  nat32.map((value): Expression => ({ place, kind: 'number', value, hex: true })),
  words.map((word): Expression => ({ place, kind: 'word', word })),
  fc.array(fc.stringMatching(/^[a-z0-9 .]{0,8}$/), { minLength: 1, maxLength: 3 }).chain((parts) =>
    fc.boolean().map((open): Expression => ({
      place,
      kind: 'text',
      parts,
      open: open && parts.length === 1,
    })),
  ),
  fc.constantFrom('192.0.2.1', '10.0.0.1').map((text): Expression => ({
    place,
    kind: 'made',
    by: 'inet_addr',
    from: { place, kind: 'text', parts: [text], open: false },
  })),
);

const STRUCTS = [
  ['fd', 'events'],
  ['fd', 'events', 'revents'],
  ['onoff', 'linger'],
  ['sa_family', 'sin_port', 'sin_addr'],
];

const { expression: expressions } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaves,
    fc.tuple(leaves, tie('expression')).map((of): Expression => ({ place, kind: 'or', of })),
    fc
      .tuple(words, tie('expression'))
      .map(([word, value]): Expression => ({ place, kind: 'assignment', word, value })),
    fc
      .array(tie('expression'), { maxLength: 3 })
      .map((items): Expression => ({ place, kind: 'list', items })),
    fc
      .array(tie('expression'), { minLength: 1, maxLength: 3 })
      .map((items): Expression => ({ place, kind: 'braces', items })),
    fc.constantFrom(...STRUCTS).chain((names) =>
      fc.tuple(...names.map(() => tie('expression'))).map((values): Expression => ({
        place,
        kind: 'struct',
        fields: names.map((name, at) => ({ name, value: values[at] as Expression })),
      })),
    ),
  ),
}));

const sequences = fc
  .tuple(fc.integer({ min: 0, max: 0xffff_0000 }), fc.integer({ min: 0, max: 65_000 }))
  .map(([from, length]) => ({ from, to: from + length, length }));

const ips: fc.Arbitrary<IpInfo> = fc.oneof(
  fc.constant({}),
  fc.constantFrom('noecn', 'ect0', 'ect1', 'ce').map((ecn) => ({ ecn })),
  fc.integer({ min: 0, max: 255 }).map((tos) => ({ tos })),
  fc.integer({ min: 0, max: 255 }).map((ttl) => ({ ttl })),
);

/** Each of four octets, or of a multiple. */
const quads: fc.Arbitrary<OptionNote[]> = fc.oneof(
  nat16.map((value): OptionNote[] => [{ kind: 'mss', value }]),
  fc
    .integer({ min: 0, max: 255 })
    .map((value): OptionNote[] => [{ kind: 'nop' }, { kind: 'wscale', value }]),
  fc.constant<OptionNote[]>([{ kind: 'sackOK' }, { kind: 'eol' }, { kind: 'nop' }]),
  fc
    .tuple(nat32, nat32)
    .map(([value, echo]): OptionNote[] => [
      { kind: 'nop' },
      { kind: 'nop' },
      { kind: 'TS', value, echo },
    ]),
  fc
    .array(fc.record({ left: nat32, right: nat32 }), { minLength: 1, maxLength: 2 })
    .map((blocks): OptionNote[] => [{ kind: 'sack', blocks }, { kind: 'nop' }, { kind: 'eol' }]),
);

const flags = fc
  .tuple(fc.subarray(['F', 'S', 'R', 'P', 'E', 'W', 'U']), fc.boolean())
  .map(([letters, ack]) => `${letters.join('')}${ack ? '.' : ''}`);

const tcps: fc.Arbitrary<TcpPacket> = fc
  .constantFrom('in' as const, 'out' as const)
  .chain((direction) => {
    const listed = fc.array(quads, { maxLength: 2 }).map((all) => all.flat());
    const required: (keyof TcpPacket)[] = ['kind', 'place', 'direction', 'ip', 'flags', 'sequence'];
    return record<TcpPacket>(
      {
        kind: fc.constant('tcp' as const),
        place: fc.constant(place),
        direction: fc.constant(direction),
        ip: ips,
        ports: fc.record({ source: nat16, destination: nat16 }),
        flags,
        sequence: sequences,
        acknowledgment: nat32,
        window: nat16,
        urgentPointer: nat16,
        options: direction === 'in' ? listed : fc.oneof(listed, fc.constant('any' as const)),
      },
      [...required, 'options', ...(direction === 'in' ? (['window'] as const) : [])],
    );
  });

const icmps: fc.Arbitrary<IcmpPacket> = fc.oneof(
  record<IcmpPacket>(
    {
      kind: fc.constant('icmp' as const),
      place: fc.constant(place),
      direction: fc.constantFrom('in' as const, 'out' as const),
      ip: ips,
      type: fc.constant('unreachable'),
      code: fc.constant('frag_needed'),
      mtu: nat16,
      quoted: sequences,
    },
    ['kind', 'place', 'direction', 'ip', 'type', 'code'],
  ),
  fc.constantFrom('source_quench', 'type_4').map((type): IcmpPacket => ({
    kind: 'icmp',
    place,
    direction: 'in',
    ip: {},
    type,
  })),
);

const packets: fc.Arbitrary<Packet> = fc.oneof(tcps, icmps);

const calls: fc.Arbitrary<Call> = record<Call>(
  {
    kind: fc.constant('call' as const),
    place: fc.constant(place),
    untilUs: fc.integer({ min: 100_000_000, max: 200_000_000 }),
    name: fc.constantFrom('socket', 'connect', 'write', 'poll'),
    args: fc.array(expressions, { maxLength: 3 }),
    result: fc.oneof(numbers, fc.constant<Expression>({ place, kind: 'anything' })),
    errno: fc.constantFrom('EAGAIN', 'EPIPE'),
    note: fc.constantFrom('Broken pipe', 'flags O_RDWR'),
  },
  ['kind', 'place', 'name', 'args', 'result'],
).map((call) => (call.errno === undefined ? call : { ...call, note: call.note ?? 'why' }));

const others: fc.Arbitrary<Action> = fc.oneof(
  fc.constant<Action>({ kind: 'command', place, line: 'sysctl -q net.ipv4.tcp_timestamps=0' }),
  fc.constantFrom(' assert 1 == 1 ', 'assert\n  1').map((text): Action => ({
    kind: 'code',
    place,
    text,
  })),
);

const at: fc.Arbitrary<When> = times.map((us) => ({ kind: 'at', relative: true, us }));

const anyTime: fc.Arbitrary<When> = fc.oneof(
  at,
  fc.constant<When>({ kind: 'any' }),
  fc.tuple(times, times).map(([us, more]): When => ({
    kind: 'between',
    relative: true,
    us,
    untilUs: us + more,
  })),
);

const events: fc.Arbitrary<ScriptEvent> = fc
  .oneof<fc.Arbitrary<Action>[]>(packets, calls, others)
  .chain((action) => {
    const outbound = 'direction' in action && action.direction === 'out';
    return (outbound ? anyTime : at).map((when) => ({ place, when, action }));
  });

const opening: ScriptEvent = {
  place,
  when: { kind: 'at', relative: false, us: 0 },
  action: { kind: 'command', place, line: 'true' },
};

export const scripts: fc.Arbitrary<Script> = fc
  .tuple(
    fc.subarray([
      { place, name: 'verbose' },
      { place, name: 'tolerance_usecs', value: '5000' },
      { place, name: 'local_ip', value: '10.0.0.1' },
      { place, name: 'ip_version', value: 'ipv4-mapped-ipv6' },
    ]),
    fc.array(events, { maxLength: 6 }),
  )
  .map(([options, more]) => ({ options, events: [opening, ...more] }));
