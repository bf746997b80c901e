/**
 * The features as data: rules with the statements that they state, and scenarios.
 *
 * A scenario's key is its feature's path, its name and, where rows of an outline share a name, the
 * row's cells; where rules share the name, theirs comes before it. No line number is in it, so it
 * survives edits elsewhere in the file.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator, type GherkinDocument, type Pickle, type Scenario } from '@cucumber/messages';
import type { FeatureResult, RuleResult } from '../reports/results.ts';
import { requireKeywords } from './misspelt.ts';
import { UsageError } from './problems.ts';
import { builtFile, ROOT } from './root.ts';

export type Rule = RuleResult;

export interface SpecifiedScenario {
  readonly key: string;
  /** Path below features/, with forward slashes. */
  readonly feature: string;
  readonly rule: string;
  readonly name: string;
  readonly line: number;
  readonly tags: readonly string[];
  readonly statements: readonly string[];
  readonly capabilities: readonly string[];
  /** Profiles that it holds for; empty: all. */
  readonly profiles: readonly string[];
  /** Checked over generated cases. */
  readonly property: boolean;
}

export interface Specification {
  readonly features: readonly FeatureResult[];
  readonly rules: readonly Rule[];
  readonly scenarios: readonly SpecifiedScenario[];
}

const FEATURES = path.join(ROOT, 'features');

const STATEMENT_TAG = /^@[A-Z]+-\d{2}$/;

/** Names of what carries a prefix: `@cap:checksum` gives checksum. */
function tagged(tags: readonly string[], prefix: string): string[] {
  return tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
}

export function statementsOf(tags: readonly string[]): string[] {
  return tags.filter((tag) => STATEMENT_TAG.test(tag)).map((tag) => tag.slice(1));
}

/** Paths of all feature files below features/, sorted. */
export function featureFiles(folder = FEATURES): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.feature'))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

/** What the build makes of the features, so that they need not be parsed at each start. */
export const SPECIFICATION_JSON = builtFile('specification.json');

/** The specification, from what the build made of it unless a feature is newer. */
export function readSpecification(): Specification {
  const built = statSync(SPECIFICATION_JSON, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const newer = (file: string) => statSync(path.join(FEATURES, file)).mtimeMs > built;
  const files = featureFiles();
  if (files.some(newer)) return parseSpecification();
  const read = JSON.parse(readFileSync(SPECIFICATION_JSON, 'utf8')) as Specification;
  return read.features.length === files.length ? read : parseSpecification();
}

/** @throws UsageError — a feature cannot be parsed, or says something twice; names file and line. */
export function parseSpecification(folder = FEATURES): Specification {
  const parts = featureFiles(folder).map((file) =>
    describeFeature(...parseFeature(path.join(folder, file), file), file),
  );
  const scenarios = parts.flatMap((part) => part.scenarios);
  requireDistinct(scenarios);
  return {
    features: parts.flatMap(({ features }) => features),
    rules: parts.flatMap(({ rules }) => rules),
    scenarios,
  };
}

function requireDistinct(scenarios: readonly SpecifiedScenario[]): void {
  const lines = new Map<string, number>();
  for (const { key, feature, name, line } of scenarios) {
    const other = lines.get(key);
    if (other !== undefined) {
      throw new UsageError(
        `features/${feature}:${line}: "${name}" is there already, in line ${other}; give it a name of its own`,
      );
    }
    lines.set(key, line);
  }
}

function parseFeature(file: string, name: string): [GherkinDocument, readonly Pickle[]] {
  const newId = IdGenerator.incrementing();
  const parser = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher());
  const source = readFileSync(file, 'utf8');
  let document: GherkinDocument;
  try {
    document = parser.parse(source);
  } catch (error) {
    throw new UsageError(`features/${name}: ${(error as Error).message}`);
  }
  requireKeywords(document, source, name);
  return [document, compile(document, name, newId)];
}

interface Place {
  readonly rule: Rule;
  readonly scenario: Scenario;
}

/** What a document and its pickles say, whoever parsed them. */
export function describeFeature(
  document: GherkinDocument,
  pickles: readonly Pickle[],
  file: string,
): Specification {
  const places = new Map<string, Place>();
  const rules: Rule[] = [];
  for (const child of document.feature?.children ?? []) {
    if (child.scenario !== undefined) {
      const { name, location } = child.scenario;
      throw new UsageError(
        `features/${file}:${location.line}: "${name}" is in no Rule, so nothing is stated by it`,
      );
    }
    if (child.rule === undefined) continue;
    const rule = describeRule(child.rule, file);
    rules.push(rule);
    for (const { scenario } of child.rule.children) {
      if (scenario !== undefined) places.set(scenario.id, { rule, scenario });
    }
  }
  const described = pickles.flatMap((pickle) => {
    const place = places.get(pickle.astNodeIds[0] ?? '');
    return place === undefined ? [] : [describeScenario(pickle, place, file)];
  });
  const scenarios = described.map(({ row, ...scenario }): SpecifiedScenario => {
    const namesakes = described.filter(({ name }) => name === scenario.name);
    const inRule = namesakes.filter(({ rule }) => rule === scenario.rule);
    const before = inRule.length < namesakes.length ? `${scenario.rule}: ` : '';
    const behind = inRule.length > 1 && row !== undefined ? ` {${row}}` : '';
    return { ...scenario, key: `${file}: ${before}${scenario.name}${behind}` };
  });
  const { name = file, description = '' } = document.feature ?? {};
  const features = [{ path: file, name, description: unwrapped(description) }];
  return { features, rules, scenarios };
}

/** Lines of a description as one paragraph. */
function unwrapped(description: string): string {
  return description
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim();
}

type RuleNode = NonNullable<NonNullable<GherkinDocument['feature']>['children'][number]['rule']>;

function describeRule(node: RuleNode, feature: string): Rule {
  const tags = node.tags.map(({ name }) => name);
  const lines = node.description.split('\n').map((line) => line.trim());
  const sourceAt = lines.findIndex((line) => line.startsWith('Source:'));
  const source = sourceAt < 0 ? [] : lines.slice(sourceAt);
  return {
    feature,
    name: node.name,
    line: node.location.line,
    description: lines
      .slice(0, sourceAt < 0 ? undefined : sourceAt)
      .join(' ')
      .trim(),
    source: source
      .join(' ')
      .replace(/^Source:\s*/, '')
      .trim(),
    level: tags.includes('@may') ? 'may' : tags.includes('@should') ? 'should' : 'must',
    statements: statementsOf(tags),
    profiles: tagged(tags, '@profile:'),
  };
}

function describeScenario(
  pickle: Pickle,
  { rule, scenario }: Place,
  feature: string,
): Omit<SpecifiedScenario, 'key'> & { readonly row: string | undefined } {
  const tags = [...new Set(pickle.tags.map(({ name }) => name))];
  const row = exampleRow(pickle, scenario);
  return {
    row: row?.cells,
    feature,
    rule: rule.name,
    name: pickle.name,
    line: row?.line ?? scenario.location.line,
    tags,
    statements: statementsOf(tags),
    capabilities: tagged(tags, '@cap:'),
    profiles: tagged(tags, '@profile:'),
    property: tags.includes('@property'),
  };
}

function exampleRow(pickle: Pickle, scenario: Scenario) {
  const rowId = pickle.astNodeIds[1];
  for (const { tableHeader, tableBody } of scenario.examples) {
    const row = tableBody.find(({ id }) => id === rowId);
    if (row === undefined) continue;
    const heads = tableHeader?.cells.map(({ value }) => value) ?? [];
    const cells = row.cells.map(({ value }, at) => `${heads[at]}=${value}`).join(', ');
    return { cells, line: row.location.line };
  }
  return undefined;
}
