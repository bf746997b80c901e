/**
 * What the comment at the head of a script says of it: a title, and tags as features have them.
 *
 *     // A segment that is lost is sent again.
 *     // @TCP-03 @profile:notes @profile:linux-2.6.11
 *     // Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_retransmit_timer()
 */
import { statementsOf } from '../specification.ts';

export interface Heading {
  readonly title: string;
  /** What stands between the title and the tags or the source. */
  readonly description: string;
  readonly source: string;
  readonly statements: readonly string[];
  /** Profiles that it holds for; empty: all. */
  readonly profiles: readonly string[];
}

const PROFILE = '@profile:';

export function headingOf(text: string): Heading {
  const lines = commentLines(text);
  const tags = lines.filter((line) => line.startsWith('@')).flatMap((line) => line.split(/\s+/));
  const source = lines.find((line) => line.startsWith('Source: ')) ?? '';
  const words = lines.filter((line) => line !== '' && !/^(?:@|Source: )/.test(line));
  const [title = '', ...description] = words;
  return {
    title: title.replace(/\.$/, ''),
    description: description.join('\n'),
    source: source.replace('Source: ', ''),
    statements: statementsOf(tags),
    profiles: tags.filter((tag) => tag.startsWith(PROFILE)).map((tag) => tag.slice(PROFILE.length)),
  };
}

/** The lines of the comments that nothing but blanks stands before. */
function commentLines(text: string): string[] {
  const head = /^(?:\s|\/\/[^\n]*|#[^\n]*|\/\*[^]*?\*\/)*/.exec(text)?.[0] ?? '';
  return head
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^(?:\/\/|#!?|\/\*+|\*\/|\*(?!\/))\s?/, '')
        .replace(/\s*\*\/$/, '')
        .trim(),
    )
    .filter((line, at, all) => line !== '' || (at > 0 && at < all.length - 1));
}
