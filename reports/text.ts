/** Small helpers for text that people read; what comes from an implementation is never trusted. */

/**
 * Control characters other than tab and newline, lone surrogates, the two code points that are no
 * characters, and the marks that reorder text: all of them can make a terminal or a page show
 * something other than what was answered.
 */
const TREACHEROUS = /(?![\t\n])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** The text with every treacherous character written out, as in `\u{1b}`. */
export function visible(text: string): string {
  return text.replace(TREACHEROUS, (character) => `\\u{${codePoint(character)}}`);
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}

/** Quoted for a shell, whatever is in it. */
export function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The same, left as it is where a shell would leave it. */
export function shellWord(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : shellQuoted(word);
}

/** At most `limit` UTF-16 units of the text, and how many were left out. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit)} … (${text.length - limit} more characters in results.json)`;
}

/** @example counted(2, 'scenario') // '2 scenarios' */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * Breaks text at spaces so that lines fit in `width` characters. A word that is longer stays whole,
 * so that a path or a dump can still be copied.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const place = breakingPlace(rest, width);
    if (place === undefined) break;
    lines.push(rest.slice(0, place).trimEnd());
    rest = rest.slice(place + 1).trimStart();
  }
  return [...lines, rest];
}

function breakingPlace(line: string, width: number): number | undefined {
  const before = line.lastIndexOf(' ', width);
  // Spaces that only indent the line are no place to break it.
  if (line.slice(0, Math.max(before, 0)).trim() !== '') return before;
  const after = line.indexOf(' ', width);
  return after < 0 ? undefined : after;
}

/** Groups by a name, in the order in which the names first occur. */
export function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** A table as features write it. @example tableLines([['a', 'bc'], ['d', 'e']]) // ['| a | bc |', '| d | e  |'] */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  return rows.map(line);
}
