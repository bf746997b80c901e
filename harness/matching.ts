/**
 * Matches texts to step definitions faster than cucumber does by itself.
 *
 * Cucumber holds the text of every step against every definition, three times, and finds the place of each
 * group by taking the regular expression apart. Here a text is tried against those definitions whose
 * longest fixed word it has, places come from the engine (flag d), and what a text was found to match is
 * kept, since features say the same sentences over and over.
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

interface Definition {
  readonly expression: Expression;
  matchesStepName(text: string): boolean;
}

interface Definitions {
  readonly stepDefinitions?: readonly Definition[];
}

export function matchFaster(support: ISupportCodeLibrary): void {
  const definitions = (support as unknown as Definitions).stepDefinitions ?? [];
  for (const { expression } of definitions) {
    placesFromEngine(expression.treeRegexp);
    rememberMatches(expression);
  }
  tryFewer(definitions);
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
  const known = new Map<string, unknown>();
  expression.match = (text) => {
    let found = known.get(text);
    if (found === undefined) known.set(text, (found = match(text)));
    return found;
  };
}

/** Cucumber asks every definition in turn whether it matches; those that do are found at the first. */
function tryFewer(definitions: readonly Definition[]): void {
  const byWord = new Map<string, Definition[]>();
  for (const definition of definitions) {
    const word = longestFixedWord(definition.expression);
    byWord.set(word, [...(byWord.get(word) ?? []), definition]);
  }
  const known = new Map<string, ReadonlySet<Definition>>();
  const matching = (text: string): ReadonlySet<Definition> => {
    // No text has the empty word, which is that of a definition without any.
    const words = new Set(['', ...text.split(' ')]);
    const tried = [...words].flatMap((word) => byWord.get(word) ?? []);
    const found = new Set(tried.filter(({ expression }) => expression.match(text) !== null));
    known.set(text, found);
    return found;
  };
  let last: string | undefined;
  let found: ReadonlySet<Definition> = new Set();
  for (const definition of definitions) {
    definition.matchesStepName = (text) => {
      if (text !== last) [last, found] = [text, known.get(text) ?? matching(text)];
      return found.has(definition);
    };
  }
}

/** A word with a parameter, an option, alternatives or an escape in it. */
const VARIABLE = /\S*(?:\{[^}]*\}|\([^)]*\)|\/|\\.)\S*/;

/** Empty for a regular expression, whose source is of another kind. */
function longestFixedWord({ source, constructor }: Expression): string {
  if (constructor.name !== 'CucumberExpression') return '';
  const words = source.split(VARIABLE).flatMap((part) => part.split(' '));
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}
