/**
 * Matches texts to step definitions faster than cucumber does by itself.
 *
 * Cucumber holds the text of every step against every definition, three times, and finds the place of each
 * group by taking the regular expression apart. Here a text that does not begin as a definition does is not
 * tried, places come from the engine (flag d), and what a text was found to match is kept, since features
 * say the same sentences over and over. What does not look as expected is left as it is.
 */
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api';

interface TreeRegexp {
  regexp: RegExp;
  readonly groupBuilder: {
    build(match: RegExpExecArray, nextGroupIndex: () => number): unknown;
  };
  match(text: string): unknown;
}

interface Expression {
  readonly source: string;
  readonly treeRegexp: Partial<TreeRegexp>;
  match(text: string): unknown;
}

interface Definitions {
  readonly stepDefinitions?: readonly { readonly expression?: Partial<Expression> }[];
}

/** What stands before the first parameter, option, alternative or escape. */
const BEGINNING = /^[^{}()\\/]*/;

export function matchFaster(support: ISupportCodeLibrary): void {
  for (const { expression } of (support as unknown as Definitions).stepDefinitions ?? []) {
    if (expression?.treeRegexp !== undefined) placesFromEngine(expression.treeRegexp);
    if (expression?.match !== undefined) rememberMatches(expression as Expression);
  }
}

function placesFromEngine(tree: Partial<TreeRegexp>): void {
  const { regexp, groupBuilder } = tree;
  if (regexp === undefined || groupBuilder === undefined) return;
  const withPlaces = new RegExp(regexp.source, `${regexp.flags.replace('d', '')}d`);
  tree.match = (text) => {
    const match = withPlaces.exec(text);
    if (match === null) return null;
    let group = 0;
    return groupBuilder.build(match, () => group++);
  };
}

function rememberMatches(expression: Expression): void {
  const match = expression.match.bind(expression);
  const beginning = beginningOf(expression);
  const known = new Map<string, unknown>();
  expression.match = (text) => {
    if (!text.startsWith(beginning)) return null;
    if (!known.has(text)) known.set(text, match(text));
    return known.get(text);
  };
}

/** Nothing for a regular expression, whose source is of another kind. */
function beginningOf({ source, constructor }: Expression): string {
  if (constructor.name !== 'CucumberExpression') return '';
  const [beginning = ''] = BEGINNING.exec(source) ?? [];
  // The last word may be the first of several alternatives.
  return beginning.slice(0, beginning.lastIndexOf(' ') + 1);
}
