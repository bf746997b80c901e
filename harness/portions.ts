/** Dividing what is planned among workers. */
import path from 'node:path';
import { ROOT } from './root.ts';
import type { Portion } from './runner.ts';
import type { SpecifiedScenario } from './specification.ts';

interface Feature {
  readonly planned: SpecifiedScenario[];
  /** As cucumber selects by. */
  readonly path: string;
}

/** All of it in one portion. */
export function onePortion(
  planned: readonly SpecifiedScenario[],
  all: readonly SpecifiedScenario[],
): Portion {
  return { planned, paths: featuresOf(planned, all).map((feature) => feature.path) };
}

/**
 * Portions for so many workers, of which each takes the next whenever it has done one.
 *
 * What a scenario costs is not known beforehand; so portions grow smaller, and all workers end at about
 * the same time. Features stay whole, since each is parsed by whoever runs a scenario of it.
 */
export function portionsFor(
  workers: number,
  planned: readonly SpecifiedScenario[],
  all: readonly SpecifiedScenario[],
): readonly Portion[] {
  const features = featuresOf(planned, all);
  const portions: Portion[] = [];
  for (let left = planned.length; left > 0;) {
    const taken: Feature[] = [];
    let size = 0;
    while (size < left / (2 * workers)) {
      const feature = features.shift();
      if (feature === undefined) break;
      taken.push(feature);
      size += feature.planned.length;
    }
    portions.push({
      planned: taken.flatMap((feature) => feature.planned),
      paths: taken.map((feature) => feature.path),
    });
    left -= size;
  }
  return portions;
}

function featuresOf(
  planned: readonly SpecifiedScenario[],
  all: readonly SpecifiedScenario[],
): Feature[] {
  const counts = new Map<string, number>();
  for (const { feature } of all) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const byFeature = new Map<string, SpecifiedScenario[]>();
  for (const scenario of planned) {
    const known = byFeature.get(scenario.feature);
    if (known === undefined) byFeature.set(scenario.feature, [scenario]);
    else known.push(scenario);
  }
  return [...byFeature].map(([feature, scenarios]) => {
    const file = path.join(ROOT, 'features', feature);
    const lines = scenarios.map(({ line }) => line);
    const whole = scenarios.length === counts.get(feature);
    return { planned: scenarios, path: whole ? file : [file, ...lines].join(':') };
  });
}
