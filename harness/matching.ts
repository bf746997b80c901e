/**
 * Matches texts to step definitions faster than cucumber does by itself.
 *
 * Cucumber holds the text of every step against every definition, three times, and finds the place of each
 * group by taking the regular expression apart. Here a text is tried against those definitions whose
 * fixed words it has, places come from the engine (flag d), and what a text was found to match is
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
  /** Of one that was given as a regular expression. */
  readonly regexp?: RegExp;
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
  const byWord = new Map<string, [Definition, readonly string[]][]>();
  for (const definition of definitions) {
    const words = fixedWords(definition.expression);
    const longest = words.reduce((one, word) => (word.length > one.length ? word : one), '');
    byWord.set(longest, [...(byWord.get(longest) ?? []), [definition, words]]);
  }
  const known = new Map<string, ReadonlySet<Definition>>();
  const matching = (text: string): ReadonlySet<Definition> => {
    // The empty word stands for none: that of a definition without a fixed one.
    const words = new Set(['', ...text.split(' ')]);
    const found = new Set<Definition>();
    for (const word of words) {
      for (const [definition, fixed] of byWord.get(word) ?? []) {
        const possible = fixed.every((each) => words.has(each));
        if (possible && definition.expression.match(text) !== null) found.add(definition);
      }
    }
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

/** What a regular expression begins with before it says anything special; its last word may be but a part. */
const PLAIN_BEGINNING = /^\^([\w ]*) /;

const GROUP = /\([^)]*\)/g;

/** Words that every text has which matches. */
function fixedWords(expression: Expression): readonly string[] {
  const { source, regexp, constructor } = expression;
  const words = (part: string) => part.split(' ');
  if (constructor.name === 'CucumberExpression') return source.split(VARIABLE).flatMap(words);
  // Alternatives have no beginning in common, and letters may be of either case.
  const several = regexp === undefined || source.replaceAll(GROUP, '').includes('|');
  if (several || regexp.flags !== '') return [];
  return PLAIN_BEGINNING.exec(source)?.slice(1).flatMap(words) ?? [];
}
