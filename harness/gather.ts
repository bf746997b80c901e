/**
 * Results as they come in, whoever ran the scenarios.
 *
 * They arrive in whatever order scenarios end, and are given in the order of the specification; so workers and
 * shards make no difference.
 */
import type { ScenarioResult } from '../reports/results.ts';
import { base, type Finished } from './collect.ts';
import type { SpecifiedScenario } from './specification.ts';

export class Gathered {
  readonly #planned: readonly SpecifiedScenario[];
  readonly #finished = new Map<string, Finished>();

  constructor(planned: readonly SpecifiedScenario[]) {
    this.#planned = planned;
  }

  add(finished: Finished): void {
    this.#finished.set(finished.result.key, finished);
  }

  /** Of the planned scenarios in their order; what was not finished has not been run. */
  results(): readonly ScenarioResult[] {
    return this.#planned.map(
      (scenario) =>
        this.#finished.get(scenario.key)?.result ?? {
          ...base(scenario),
          verdict: 'not-run',
          steps: [],
        },
    );
  }

  /** Wall-clock seconds by key. */
  seconds(): ReadonlyMap<string, number> {
    return new Map([...this.#finished].map(([key, { seconds }]) => [key, seconds]));
  }
}
