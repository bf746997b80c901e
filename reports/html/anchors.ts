/** Names of places in the page: `#CSM-08` for a statement, a slug for everything else. */
import type { AreaChapter, FeatureChapter, RuleChapter } from '../book.ts';
import type { Results, ScenarioResult } from '../results.ts';

export interface Anchors {
  area(area: AreaChapter): string;
  feature(feature: FeatureChapter): string;
  rule(feature: FeatureChapter, chapter: RuleChapter): string;
  scenario(scenario: ScenarioResult): string;
  failure(scenario: ScenarioResult): string;
  hasStatement(id: string): boolean;
}

/** Ids that the page itself uses. */
const TAKEN = ['top', 'failures', 'filter', 'shown', 'book', 'contents', 'about'];
const LONGEST = 80;

export function makeAnchors(results: Results, areas: readonly AreaChapter[]): Anchors {
  const ids = results.statements.map(({ id }) => id);
  const known = new Set(ids);
  const slugs = slugsOf(areas, new Set([...TAKEN, ...ids]));
  const find = (name: string) => slugs.get(name) ?? '';
  return {
    area: (area) => find(areaName(area)),
    feature: (feature) => find(featureName(feature)),
    rule: (feature, chapter) => find(ruleName(feature, chapter)),
    scenario: (scenario) => find(scenarioName(scenario)),
    failure: (scenario) => find(failureName(scenario)),
    hasStatement: (id) => known.has(id),
  };
}

const areaName = (area: AreaChapter) => `area ${area.id}`;
const featureName = (feature: FeatureChapter) => `feature ${feature.path}`;
const ruleName = (feature: FeatureChapter, { name }: RuleChapter) => `rule ${feature.path} ${name}`;
const scenarioName = (scenario: ScenarioResult) => scenario.key;
const failureName = (scenario: ScenarioResult) => `failure ${scenario.key}`;

function slugsOf(areas: readonly AreaChapter[], taken: Set<string>): Map<string, string> {
  const slugs = new Map<string, string>();
  const add = (name: string) => slugs.set(name, unused(slug(name), taken));
  for (const area of areas) {
    add(areaName(area));
    for (const feature of area.features) {
      add(featureName(feature));
      for (const chapter of feature.rules) {
        add(ruleName(feature, chapter));
        for (const scenario of chapter.scenarios) {
          add(scenarioName(scenario));
          add(failureName(scenario));
        }
      }
    }
  }
  return slugs;
}

function slug(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['unnamed'];
  return words.join('-').slice(0, LONGEST);
}

/** The slug itself, or with the first free number after it; marks it as taken. */
function unused(wanted: string, taken: Set<string>): string {
  let candidate = wanted;
  for (let number = 2; taken.has(candidate); number++) candidate = `${wanted}-${number}`;
  taken.add(candidate);
  return candidate;
}
