/** Options of neighbour discovery. Source: RFC 4861 section 4.6. */
import { macOctets, macText } from './addresses.ts';
import { bigEndian, bits, hexOf, octetsIn, uint8 } from './octets.ts';

const TYPE = { 'source-link-address': 1, 'target-link-address': 2 } as const;

export type NeighbourOption =
  /** An Ethernet address. */
  | { readonly kind: 'source-link-address' | 'target-link-address'; readonly address: string }
  /** Any other; the octets behind its length, six more than a multiple of 8. */
  | { readonly kind: 'unknown'; readonly type: number; readonly octets: string }
  /** What cannot be divided into options. */
  | { readonly kind: 'malformed'; readonly octets: string; readonly problem: string };

/** @throws RangeError — a field does not fit. */
export function encodeNeighbourOptions(options: readonly NeighbourOption[]): Uint8Array {
  return Uint8Array.from(options.flatMap((option) => encodeOption(option)));
}

function encodeOption(option: NeighbourOption): number[] {
  if (option.kind === 'malformed') return [...octetsIn(option.octets)];
  if (option.kind !== 'unknown') return [TYPE[option.kind], 1, ...macOctets(option.address)];
  const data = octetsIn(option.octets);
  return [...bigEndian(option.type, 1), bits((data.length + 2) / 8, 8), ...data];
}

/** Every octet of the area ends up in one of the options. */
export function decodeNeighbourOptions(area: Uint8Array): NeighbourOption[] {
  const options: NeighbourOption[] = [];
  for (let at = 0; at < area.length;) {
    const length = 8 * uint8(area, at + 1);
    if (length === 0 || at + length > area.length) {
      const problem = `neighbour option ${uint8(area, at)} does not fit the message`;
      options.push({ kind: 'malformed', octets: hexOf(area, at), problem });
      break;
    }
    options.push(optionOf(area.subarray(at, at + length)));
    at += length;
  }
  return options;
}

function optionOf(option: Uint8Array): NeighbourOption {
  const type = uint8(option, 0);
  const kinds = ['source-link-address', 'target-link-address'] as const;
  const kind = kinds.find((name) => TYPE[name] === type);
  if (kind === undefined || option.length !== 8) {
    return { kind: 'unknown', type, octets: hexOf(option, 2) };
  }
  return { kind, address: macText(option, 2) };
}
