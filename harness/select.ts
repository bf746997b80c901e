/**
 * Which scenarios --only and --shard leave.
 *
 * A selector is a statement id, an area (or a heading of areas), a feature path (with or without a line), or a tag expression;
 * several are joined by "or".
 */
import parseTagExpression from '@cucumber/tag-expressions';
import { distance } from 'fastest-levenshtein';
import type { Statement } from './catalogue.ts';
import { UsageError } from './problems.ts';
import type { SpecifiedScenario } from './specification.ts';

type Matches = (scenario: SpecifiedScenario) => boolean;

const ID = /^@?[A-Za-z]+-\d+$/;
const AREA = /^[A-Z]{2,4}$/;
const PATH = /^(?:.*\/)?[^\s]*\.feature(?::\d+)*$|\/$|^(?:\.\/)?features\/[^\s@]+$/;

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** @throws UsageError — a selector fits nothing that exists; names what is near. */
export function selectScenarios(
  scenarios: readonly SpecifiedScenario[],
  catalogue: readonly Statement[],
  only: readonly string[],
  shard?: Shard,
): readonly SpecifiedScenario[] {
  const matchers = only.map((selector) => matcher(selector, scenarios, catalogue));
  const chosen = scenarios.filter(
    (scenario) => matchers.length === 0 || matchers.some((matches) => matches(scenario)),
  );
  if (shard === undefined) return chosen;
  return chosen.filter((_, at) => at % shard.count === shard.index - 1);
}

function matcher(
  selector: string,
  scenarios: readonly SpecifiedScenario[],
  catalogue: readonly Statement[],
): Matches {
  if (selector.trim() === '') {
    throw new UsageError(
      '--only wants a statement id, an area, a feature path or a tag expression',
    );
  }
  if (ID.test(selector)) return byId(selector, catalogue);
  if (PATH.test(selector)) return byPath(selector, scenarios);
  if (AREA.test(selector)) return byArea(selector, catalogue);
  return byTags(selector, scenarios, catalogue);
}

function byId(selector: string, catalogue: readonly Statement[]): Matches {
  const id = selector.replace(/^@/, '').toUpperCase();
  const ids = catalogue.map((statement) => statement.id);
  if (!ids.includes(id)) throw unknown(`statement ${id}`, id, ids);
  return ({ statements }) => statements.includes(id);
}

function byArea(area: string, catalogue: readonly Statement[]): Matches {
  const areas = [...new Set(catalogue.flatMap((statement) => [statement.area, statement.group]))];
  if (!areas.includes(area)) throw unknown(`area ${area}`, area, areas);
  const ids = catalogue.filter((s) => s.area === area || s.group === area).map(({ id }) => id);
  return ({ statements }) => statements.some((id) => ids.includes(id));
}

function byPath(selector: string, scenarios: readonly SpecifiedScenario[]): Matches {
  const [file = '', ...lines] = selector.replace(/^(?:\.\/)?(?:features\/)?/, '').split(':');
  const files = [...new Set(scenarios.map(({ feature }) => feature))];
  const within = (feature: string) =>
    feature === file || feature.startsWith(file.endsWith('/') ? file : `${file}/`);
  if (!files.some(within)) throw unknown(`feature ${selector}`, file, files);
  const wanted = lines.map(Number);
  const there = scenarios.filter(({ feature }) => within(feature)).map(({ line }) => line);
  const missing = wanted.find((line) => !there.includes(line));
  if (missing !== undefined) {
    const near = there.toSorted((a, b) => Math.abs(a - missing) - Math.abs(b - missing));
    throw new UsageError(
      `no scenario of ${file} begins at line ${missing}; the nearest begin at ${near.slice(0, 3).join(', ')}`,
    );
  }
  return ({ feature, line }) => within(feature) && (wanted.length === 0 || wanted.includes(line));
}

function byTags(
  expression: string,
  scenarios: readonly SpecifiedScenario[],
  catalogue: readonly Statement[],
): Matches {
  const known = new Set(scenarios.flatMap(({ tags }) => tags));
  for (const { id } of catalogue) known.add(`@${id}`);
  for (const tag of expression.match(/@[^\s()]+/g) ?? []) {
    if (!known.has(tag)) throw unknown(`tag ${tag}`, tag, [...known]);
  }
  if (!expression.includes('@')) {
    const what = `statement, area, feature or tag "${expression}"`;
    if (expression.includes(',')) {
      throw new UsageError(`there is no ${what}; for several, repeat --only or join tags by "or"`);
    }
    const folders = scenarios.map(({ feature }) => feature.replace(/[^/]*$/, ''));
    const areas = catalogue.map(({ area }) => area);
    throw unknown(what, expression, [...new Set([...known, ...areas, ...folders])]);
  }
  try {
    const node = parseTagExpression(expression);
    return ({ tags }) => node.evaluate([...tags]);
  } catch (error) {
    throw new UsageError(`"${expression}" is no tag expression: ${(error as Error).message}`);
  }
}

/** An error that names the three nearest things that exist. */
export function unknown(what: string, given: string, known: readonly string[]): UsageError {
  const near = known
    .map((name) => ({ name, far: distance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
  return new UsageError(`there is no ${what}; the nearest are ${near.join(', ')}`);
}

/** @throws UsageError — not of the form i/n with 1 ≤ i ≤ n. */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || count < index) {
    throw new UsageError(`--shard wants i/n with 1 <= i <= n, such as 1/4, not "${text}"`);
  }
  return { index, count };
}
