/** From the results of scenarios to the results of a run. */
import type { HelloValue } from '../contract/index.ts';
import { RESULTS_FORMAT, VERDICTS } from '../reports/result-words.ts';
import type { Results, ScenarioResult, StatementResult, Verdict } from '../reports/results.ts';
import type { Statement } from './catalogue.ts';
import type { Specification } from './specification.ts';
import { SUITE_VERSION } from './version.ts';

export interface RunFacts {
  readonly impl: string;
  readonly hello: HelloValue;
  readonly profile: string;
  readonly peer?: string | undefined;
  readonly peerProfile?: string | undefined;
  readonly seed: number;
  readonly runs: number;
  readonly only: readonly string[];
  readonly shard?: string | undefined;
  readonly cutShort?: string | undefined;
}

/** From best to worst; a statement is as good as the worst of its scenarios. */
const WORSE: readonly Verdict[] = [
  'not-applicable',
  'pass',
  'not-run',
  'inconclusive',
  'error',
  'fail',
];

/** The other hosts, where they were asked to be others. */
function peerOf({ impl, profile, peer, peerProfile }: RunFacts): Pick<Results, 'peer'> {
  if (peer === undefined && peerProfile === undefined) return {};
  return { peer: { spec: peer ?? impl, profile: peerProfile ?? profile } };
}

export function summarise(
  facts: RunFacts,
  catalogue: readonly Statement[],
  { features, rules }: Pick<Specification, 'features' | 'rules'>,
  scenarios: readonly ScenarioResult[],
): Results {
  const { hello } = facts;
  return {
    format: RESULTS_FORMAT,
    suite: SUITE_VERSION,
    implementation: {
      spec: facts.impl,
      name: hello.name,
      version: hello.version,
      profile: hello.profile ?? facts.profile,
      capabilities: hello.capabilities,
      pinned: hello.pinned ?? {},
    },
    profile: facts.profile,
    ...peerOf(facts),
    seed: facts.seed,
    runs: facts.runs,
    only: [...facts.only],
    ...(facts.shard !== undefined && { shard: facts.shard }),
    ...(facts.cutShort !== undefined && { cutShort: facts.cutShort }),
    totals: totals(scenarios),
    statements: statementResults(catalogue, scenarios),
    features: [...features],
    rules: [...rules],
    scenarios: [...scenarios],
  };
}

export function totals(scenarios: readonly ScenarioResult[]): Results['totals'] {
  const count = (verdict: Verdict) => scenarios.filter((s) => s.verdict === verdict).length;
  return Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, count(verdict)]),
  ) as Results['totals'];
}

export function statementResults(
  catalogue: readonly Statement[],
  scenarios: readonly ScenarioResult[],
): StatementResult[] {
  const byStatement = new Map<string, ScenarioResult[]>();
  for (const scenario of scenarios) {
    for (const id of scenario.statements) {
      const known = byStatement.get(id);
      if (known === undefined) byStatement.set(id, [scenario]);
      else known.push(scenario);
    }
  }
  return catalogue.map(({ id, area, areaTitle, kind, says }) => {
    const own = byStatement.get(id) ?? [];
    const worst = own.reduce((rank, { verdict }) => Math.max(rank, WORSE.indexOf(verdict)), -1);
    return {
      id,
      area,
      areaTitle,
      kind,
      says,
      status: WORSE[worst] ?? 'not-covered',
      scenarios: own.length,
      passed: own.filter(({ verdict }) => verdict === 'pass').length,
    };
  });
}
