/** Options that can be sent, from what a sentence says of them. */
import type { OptionFacts } from './facts.ts';
import type { Ipv4Option, RouteOption, TimestampOption } from '../ipv4-options.ts';
import type { SackBlock, TcpOption } from '../tcp-options.ts';

function numberOf(facts: OptionFacts, name: string, otherwise: number): number {
  const value = facts[name];
  return typeof value === 'number' ? value : otherwise;
}

function listOf<Item>(facts: OptionFacts, name: string): readonly Item[] {
  const value = facts[name];
  return Array.isArray(value) ? (value as readonly Item[]) : [];
}

/** What both have alike. */
function sharedOptionOf(facts: OptionFacts) {
  const octets = typeof facts['octets'] === 'string' ? facts['octets'] : '';
  if (facts.kind === 'end') return { kind: 'end', padding: '' } as const;
  if (facts.kind === 'malformed') {
    return { kind: 'malformed', octets, problem: 'so the sentence says' } as const;
  }
  if (facts.kind === 'unknown') {
    return { kind: 'unknown', type: numberOf(facts, 'type', 0), octets } as const;
  }
  return { kind: 'nop' } as const;
}

export function tcpOptionOf(facts: OptionFacts): TcpOption {
  switch (facts.kind) {
    case 'mss':
      return { kind: 'mss', value: numberOf(facts, 'value', 1460) };
    case 'window-scale':
      return { kind: 'window-scale', shift: numberOf(facts, 'shift', 0) };
    case 'sack-permitted':
      return { kind: 'sack-permitted' };
    case 'sack':
      return { kind: 'sack', blocks: listOf<SackBlock>(facts, 'blocks') };
    case 'timestamps': {
      const [value, echo] = [numberOf(facts, 'value', 0), numberOf(facts, 'echo', 0)];
      return { kind: 'timestamps', value, echo };
    }
    default:
      return sharedOptionOf(facts);
  }
}

export function ipv4OptionOf(facts: OptionFacts): Ipv4Option {
  switch (facts.kind) {
    case 'record-route':
      return recordRoute(facts);
    case 'loose-source-route':
    case 'strict-source-route': {
      const addresses = listOf<string>(facts, 'addresses');
      return { kind: facts.kind, addresses, pointer: numberOf(facts, 'pointer', 4) };
    }
    case 'timestamp time':
      return timestamp(facts, 'time', 4);
    case 'timestamp address':
      return timestamp(facts, 'address', 8);
    case 'timestamp prespecified':
      return timestamp(facts, 'prespecified', 8);
    case 'router-alert':
      return { kind: 'router-alert', value: numberOf(facts, 'value', 0) };
    default:
      return sharedOptionOf(facts);
  }
}

function recordRoute(facts: OptionFacts): RouteOption {
  const recorded = listOf<string>(facts, 'recorded');
  const empty = Math.max(0, numberOf(facts, 'slots', 1) - recorded.length);
  const addresses = [...recorded, ...Array.from({ length: empty }, () => '0.0.0.0')];
  const pointer = numberOf(facts, 'pointer', 4 + 4 * recorded.length);
  return { kind: 'record-route', addresses, pointer };
}

/** Addresses that the sender asks for are there from the beginning, and their slots are not filled. */
function timestamp(
  facts: OptionFacts,
  slots: TimestampOption['slots'],
  octets: number,
): TimestampOption {
  const recorded = listOf<string>(facts, 'recorded').map((entry) => {
    const [address = '', timeMs] = entry.split('@');
    return { ...(slots !== 'time' && { address }), timeMs: Number(timeMs) };
  });
  const empty = Math.max(0, numberOf(facts, 'count', 1) - recorded.length);
  const none = { ...(slots !== 'time' && { address: '0.0.0.0' }), timeMs: 0 };
  const filled = slots === 'prespecified' ? 0 : recorded.length;
  return {
    kind: 'timestamp',
    slots,
    overflow: numberOf(facts, 'overflow', 0),
    entries: [...recorded, ...Array.from({ length: empty }, () => none)],
    pointer: numberOf(facts, 'pointer', 5 + octets * filled),
  };
}
