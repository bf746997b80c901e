/** How sentences about TCP segments begin. */
import { endpoint, endpointsText, between, type Head } from './ends.ts';
import { type Facts, FLAG_LETTERS, textOf } from './facts.ts';
import type { Scanner } from './scanner.ts';

/** What any IPv4 packet may say besides. */
export const AROUND_FORM = '[ttl <n>] [tos <n>] [ipid <n>] [DF] [options [rr 3, ...]]';

export const TCP_HEAD: Head = {
  form:
    'TCP <address>:<port> > <address>:<port> <flags, such as S. or -> [<begin>:<end>(<length>)] ' +
    `[ack <n>] [win <n>] [<mss 1460,nop,...>] ${AROUND_FORM}`,
  read: (scanner) => ({ ...between(scanner, endpoint), ...flags(scanner), ...sequence(scanner) }),
  write: (facts) => {
    const { sequence: begin, length } = facts;
    const told = [endpointsText(facts), facts['flags'] === undefined ? '' : textOf(facts['flags'])];
    if (typeof begin === 'number' && typeof length === 'number') {
      told.push(`${begin}:${(begin + length) % 2 ** 32}(${length})`);
    }
    return told.join(' ').trim();
  },
};

/** Letters in any order; `-` is no flag at all. */
function flags(scanner: Scanner): Facts {
  const found = scanner.accept(/[FSRP.UEW]+(?=[\s)]|$)|-(?=[\s)]|$)/);
  if (found === undefined) return {};
  return { flags: [...FLAG_LETTERS].filter((letter) => found.includes(letter)).join('') || '-' };
}

/** `0:100(100)`: from a sequence number up to another, and the octets between, without SYN and FIN. */
function sequence(scanner: Scanner): Facts {
  if (scanner.peek(/\d+:\d+\(/) === undefined) return {};
  const begin = scanner.number('a sequence number', 0xffff_ffff);
  scanner.expect(/:/, 'a colon');
  const at = scanner.place;
  const end = scanner.number('a sequence number', 0xffff_ffff);
  scanner.expect(/\(/, 'a length in parentheses');
  const length = scanner.number('a length', 0xffff);
  scanner.expect(/\)/, '")"');
  const right = (begin + length) % 2 ** 32;
  if (end !== right) scanner.fail(`${length} octets from ${begin} end at ${right}, not ${end}`, at);
  return { sequence: begin, length };
}
