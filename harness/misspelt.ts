/**
 * Keywords that are almost right.
 *
 * What Gherkin does not know as a keyword it takes for description, and a scenario that nobody runs fails
 * nobody. So lines of description are looked at that begin as if they were more.
 */
import type { Background, GherkinDocument, Rule, Scenario } from '@cucumber/messages';
import { distance } from 'fastest-levenshtein';
import { UsageError } from './problems.ts';

const KEYWORDS = ['Feature', 'Background', 'Rule', 'Scenario', 'Scenario Outline', 'Examples'];
const STEP_KEYWORDS = ['Given', 'When', 'Then', 'And', 'But'];

/** Letters that may be wrong; two are one letter that stands in the place of another. */
const SLIPS = 2;

type Described = Pick<Scenario, 'description' | 'location'> & {
  readonly steps?: readonly unknown[];
};

/** @throws UsageError — names file, line, and what was probably meant. */
export function requireKeywords({ feature }: GherkinDocument, source: string, file: string): void {
  const lines = source.split('\n');
  const nodes: Described[] = feature === undefined ? [] : [feature, ...inner(feature.children)];
  for (const node of nodes) {
    for (const text of node.description.split('\n')) {
      const meant = keywordIn(text, node.steps?.length === 0);
      if (meant === undefined) continue;
      const line = lines.indexOf(text, node.location.line) + 1;
      throw new UsageError(
        `features/${file}:${line}: "${text.trim()}" is no keyword; is ${meant} meant?`,
      );
    }
  }
}

interface Child {
  readonly rule?: Rule;
  readonly background?: Background;
  readonly scenario?: Scenario;
}

function inner(children: readonly Child[]): Described[] {
  return children.flatMap(({ rule, background, scenario }) => [
    ...(background === undefined ? [] : [background]),
    ...(rule === undefined ? [] : [rule, ...inner(rule.children)]),
    ...(scenario === undefined ? [] : [scenario, ...scenario.examples]),
  ]);
}

/** @param empty - it has no steps, so that they may be what is taken for description. */
function keywordIn(text: string, empty: boolean): string | undefined {
  const [, before] = /^\s*([A-Za-z]+(?: [A-Za-z]+)?)\s*:/.exec(text) ?? [];
  const keyword = before && nearest(before, KEYWORDS);
  if (keyword) return `${keyword}:`;
  const [word = ''] = text.trim().split(/\s/);
  return empty && word !== '' ? nearest(word, STEP_KEYWORDS) : undefined;
}

function nearest(word: string, keywords: readonly string[]): string | undefined {
  const far = (keyword: string) => distance(word.toLowerCase(), keyword.toLowerCase());
  const [first = ''] = keywords.toSorted((a, b) => far(a) - far(b));
  return far(first) <= Math.min(SLIPS, first.length / 2) ? first : undefined;
}
