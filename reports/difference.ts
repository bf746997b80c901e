/**
 * Compares expected with actual text: lines are aligned by their longest common subsequence, and
 * within lines that stand opposite each other the words that differ are marked.
 */

export interface Part {
  readonly text: string;
  readonly differs: boolean;
}

/** One line on each side; absent where the other side has a line more. */
export interface Row {
  readonly expected?: readonly Part[];
  readonly actual?: readonly Part[];
}

interface Aligned {
  readonly kind: 'same' | 'removed' | 'added';
  readonly item: string;
}

/** Beyond this many pairs the middle is taken as different, so that time and memory stay small. */
const MOST_PAIRS = 250_000;

export function compareTexts(expected: string, actual: string): Row[] {
  const rows: Row[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    rows.push(...opposite(removed, added));
    removed = [];
    added = [];
  };
  for (const { kind, item } of align(expected.split('\n'), actual.split('\n'))) {
    if (kind === 'removed') removed.push(item);
    else if (kind === 'added') added.push(item);
    else {
      flush();
      rows.push({ expected: [plain(item)], actual: [plain(item)] });
    }
  }
  flush();
  return rows;
}

function plain(text: string): Part {
  return { text, differs: false };
}

function opposite(removed: readonly string[], added: readonly string[]): Row[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, place) =>
    rowOf(removed[place], added[place]),
  );
}

function rowOf(expected: string | undefined, actual: string | undefined): Row {
  if (expected !== undefined && actual !== undefined) return compareLines(expected, actual);
  if (expected !== undefined) return { expected: [{ text: expected, differs: true }] };
  return { actual: [{ text: actual ?? '', differs: true }] };
}

function compareLines(expected: string, actual: string): Row {
  const aligned = align(wordsOf(expected), wordsOf(actual));
  return { expected: partsOf(aligned, 'removed'), actual: partsOf(aligned, 'added') };
}

function wordsOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

/** One side of the alignment, neighbours of a kind joined. */
function partsOf(aligned: readonly Aligned[], side: 'removed' | 'added'): Part[] {
  const parts: { text: string; differs: boolean }[] = [];
  for (const { kind, item } of aligned) {
    if (kind !== 'same' && kind !== side) continue;
    const last = parts.at(-1);
    const differs = kind === side;
    if (last?.differs === differs) last.text += item;
    else parts.push({ text: item, differs });
  }
  return parts;
}

function align(before: readonly string[], after: readonly string[]): Aligned[] {
  const head = commonStart(before, after);
  const tail = commonStart(before.slice(head).reverse(), after.slice(head).reverse());
  const same = (item: string): Aligned => ({ kind: 'same', item });
  return [
    ...before.slice(0, head).map(same),
    ...alignMiddle(
      before.slice(head, before.length - tail),
      after.slice(head, after.length - tail),
    ),
    ...before.slice(before.length - tail).map(same),
  ];
}

function commonStart(before: readonly string[], after: readonly string[]): number {
  let place = 0;
  while (place < before.length && place < after.length && before[place] === after[place]) place++;
  return place;
}

function alignMiddle(before: readonly string[], after: readonly string[]): Aligned[] {
  if (before.length * after.length > MOST_PAIRS)
    return [...all(before, 'removed'), ...all(after, 'added')];
  const lengths = commonLengths(before, after);
  const aligned: Aligned[] = [];
  let left = 0;
  let right = 0;
  while (left < before.length && right < after.length) {
    const item = before[left] ?? '';
    if (item === after[right]) {
      aligned.push({ kind: 'same', item });
      left++;
      right++;
    } else if (at(lengths, left + 1, right) >= at(lengths, left, right + 1)) {
      aligned.push({ kind: 'removed', item });
      left++;
    } else {
      aligned.push({ kind: 'added', item: after[right] ?? '' });
      right++;
    }
  }
  return [...aligned, ...all(before.slice(left), 'removed'), ...all(after.slice(right), 'added')];
}

function all(items: readonly string[], kind: 'removed' | 'added'): Aligned[] {
  return items.map((item) => ({ kind, item }));
}

/** At [i][j]: the length of the longest common subsequence of what follows i and j. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const lengths = Array.from(
    { length: before.length + 1 },
    () => new Uint32Array(after.length + 1),
  );
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const longer = Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
      lengths[i]![j] = before[i] === after[j] ? at(lengths, i + 1, j + 1) + 1 : longer;
    }
  }
  return lengths;
}

function at(lengths: readonly Uint32Array[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}
