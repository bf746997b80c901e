/**
 * Arranges the flat results as a book: areas, features, rules, scenarios.
 *
 * Areas come in the order of the catalogue, those that have features first, the rest in the order of
 * the results. A feature belongs
 * to one area only, the one that most of its statements are from, so that counts add up.
 */
import type { Results, RuleResult, ScenarioResult, StatementResult } from './results.ts';
import { groupBy } from './text.ts';

export interface RuleChapter {
  /** Absent for scenarios that stand outside any rule. */
  readonly rule?: RuleResult;
  readonly name: string;
  readonly scenarios: readonly ScenarioResult[];
}

export interface FeatureChapter {
  readonly path: string;
  readonly title: string;
  /** What the feature is about; may be empty. */
  readonly description: string;
  readonly rules: readonly RuleChapter[];
}

export interface AreaChapter {
  readonly id: string;
  readonly title: string;
  readonly statements: readonly StatementResult[];
  readonly features: readonly FeatureChapter[];
}

/** For features that no statement of the catalogue places. */
const OTHER = 'OTHER';

export function arrange(results: Results): AreaChapter[] {
  const features = groupBy(featuresOf(results), areaFinder(results));
  const areas = [...groupBy(results.statements, (statement) => statement.area)].map(
    ([id, statements]) => ({
      id,
      title: statements[0]?.areaTitle ?? id,
      statements,
      features: features.get(id) ?? [],
    }),
  );
  const strays = features.get(OTHER);
  const stated = areas.filter((area) => area.features.length > 0);
  const unstated = areas.filter((area) => area.features.length === 0);
  if (!strays) return [...stated, ...unstated];
  return [
    ...stated,
    ...unstated,
    { id: OTHER, title: 'Other checks', statements: [], features: strays },
  ];
}

export function scenariosOf(area: AreaChapter): ScenarioResult[] {
  return area.features.flatMap((feature) => feature.rules.flatMap((rule) => rule.scenarios));
}

function featuresOf(results: Results): FeatureChapter[] {
  const about = new Map(results.features.map((feature) => [feature.path, feature]));
  const rules = groupBy(results.rules, (rule) => rule.feature);
  const scenarios = groupBy(results.scenarios, (scenario) => scenario.feature);
  return [...new Set([...rules.keys(), ...scenarios.keys()])].map((path) => ({
    path,
    title: about.get(path)?.name ?? path,
    description: about.get(path)?.description ?? '',
    rules: chaptersOf(rules.get(path) ?? [], scenarios.get(path) ?? []),
  }));
}

function chaptersOf(
  rules: readonly RuleResult[],
  scenarios: readonly ScenarioResult[],
): RuleChapter[] {
  const shown = groupBy(scenarios, (scenario) => scenario.rule);
  const chapters = rules.map((rule) => ({
    rule,
    name: rule.name,
    scenarios: shown.get(rule.name) ?? [],
  }));
  const known = new Set(rules.map((rule) => rule.name));
  const strays = [...shown]
    .filter(([name]) => !known.has(name))
    .map(([name, own]) => ({ name, scenarios: own }));
  return [...chapters, ...strays];
}

function areaFinder(results: Results): (feature: FeatureChapter) => string {
  const areaOf = new Map(results.statements.map(({ id, area }) => [id, area]));
  return (feature) => {
    const areas = feature.rules.flatMap(statementsOf).map((id) => areaOf.get(id) ?? OTHER);
    return mostFrequent(areas) ?? OTHER;
  };
}

function statementsOf(chapter: RuleChapter): string[] {
  const own = chapter.rule?.statements ?? [];
  return [...own, ...chapter.scenarios.flatMap((scenario) => scenario.statements)];
}

/** The first of those that occur most often. */
function mostFrequent(names: readonly string[]): string | undefined {
  const groups = [...groupBy(names, (name) => name)];
  const most = Math.max(0, ...groups.map(([, occurrences]) => occurrences.length));
  return groups.find(([, occurrences]) => occurrences.length === most)?.[0];
}
