/** Where the frames of a failed scenario are written. */
import type { ScenarioResult } from './results.ts';

/** Folder below that of the reports. */
export const CAPTURES = 'captures';

/** The path below the folder of the reports: the feature and the scenario, in letters that any system takes. */
export function captureFile({ feature, line, name }: ScenarioResult): string {
  const words = `${feature.replace(/^.*\//, '').replace(/\.(?:feature|pkt)$/, '')}-${line}-${name}`;
  const safe = words.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/-+$/, '');
  return `${CAPTURES}/${safe.slice(0, 80)}.pcapng`;
}
