/**
 * Remembers which text matches which step definition.
 *
 * Cucumber holds the text of every step against every definition, three times, and works out the place of
 * each group anew; features say the same sentences over and over. So what a text was found to match is
 * kept, and a text that does not begin as a definition does is not tried. What does not look as expected is
 * left as it is.
 */
import type { ISupportCodeLibrary } from '@cucumber/cucumber/api';

interface Expression {
  readonly source: string;
  match(text: string): unknown;
}

interface Definitions {
  readonly stepDefinitions?: readonly { readonly expression?: Partial<Expression> }[];
  readonly [member: string]: unknown;
}

/** What stands before the first parameter, option, alternative or escape. */
const BEGINNING = /^[^{}()\\/]*/;

export function rememberMatches(support: ISupportCodeLibrary): void {
  for (const { expression } of (support as unknown as Definitions).stepDefinitions ?? []) {
    const match = expression?.match;
    if (expression === undefined || match === undefined) continue;
    const beginning = beginningOf(expression);
    const known = new Map<string, unknown>();
    expression.match = (text) => {
      if (!text.startsWith(beginning)) return null;
      if (!known.has(text)) known.set(text, match.call(expression, text));
      return known.get(text);
    };
  }
}

/** Nothing for a regular expression, whose source is of another kind. */
function beginningOf({ source, constructor }: Partial<Expression>): string {
  if (source === undefined || constructor.name !== 'CucumberExpression') return '';
  const [beginning = ''] = BEGINNING.exec(source) ?? [];
  // The last word may be the first of several alternatives.
  return beginning.slice(0, beginning.lastIndexOf(' ') + 1);
}
