/**
 * The results of a run: what every report is made from, and the file `results.json`.
 *
 * Nothing in it depends on wall-clock time, on the order in which scenarios ran or on the number of
 * workers, so that two runs with one seed give the same bytes. Timings are in the message stream.
 */
import { z } from 'zod';
import { FAILURE_KINDS, RESULTS_FORMAT, VERDICTS } from './result-words.ts';

export { RESULTS_FORMAT, VERDICTS };

export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

export const Failure = z.strictObject({
  kind: z.enum(FAILURE_KINDS),
  step: z.string().meta({ description: 'the step that failed, or the hook' }),
  line: z.int().meta({ description: 'its line in the feature file' }),
  message: z.string().meta({ description: 'what went wrong, in words' }),
  expected: z.string().optional(),
  actual: z.string().optional(),
  counterexample: z.string().optional().meta({
    description: 'for a property: the smallest case found and how to replay it',
  }),
  exchange: z.array(z.string()).meta({
    description:
      'the last lines exchanged in the scenario, each beginning with "> " (to it) or "< " (from it)',
  }),
  packets: z
    .array(z.string())
    .optional()
    .meta({ description: 'the frames of the scenario, a sentence each, oldest first' }),
  capture: z.string().optional().meta({
    description: 'the same frames as a pcapng file, base64; it is written to captures/ as well',
  }),
  stderr: z.string().optional().meta({ description: "the end of the process's log" }),
  fingerprint: z.string().meta({ description: 'the same for the same failure of the same step' }),
  likelyBugs: z
    .array(
      z.strictObject({
        mutant: z.string(),
        does: z.string().meta({ description: 'the fault, in words' }),
        statement: z.string(),
        likeness: z.number().meta({ description: '0 to 1: how alike the sets of failures are' }),
      }),
    )
    .meta({ description: 'known faults that fail the same scenarios, likeliest first' }),
});
export type Failure = z.infer<typeof Failure>;

export const Step = z.strictObject({
  keyword: z.string().meta({ description: 'Given, When, Then, And, But' }),
  text: z.string(),
  table: z.array(z.array(z.string())).optional(),
  docString: z.string().optional(),
  tried: z.string().optional().meta({
    description: 'what it tried in full, a number and a noun: "252 interleavings"',
  }),
  status: z.enum(['passed', 'failed', 'skipped', 'not-run']),
});
export type Step = z.infer<typeof Step>;

const Quantity = {
  label: z.string(),
  unit: z.string().meta({ description: 'such as "frames/s"; empty: a plain number' }),
};
const Values = z.array(z.number().nullable()).meta({ description: 'one a row; null: none' });

export const Figure = z.strictObject({
  title: z.string(),
  x: z.strictObject({ ...Quantity, values: z.array(z.number()) }).meta({
    description: 'what was varied: one row for each value, in ascending order',
  }),
  y: z.strictObject(Quantity).meta({ description: 'what all the series measure' }),
  series: z
    .array(z.strictObject({ label: z.string(), values: Values }))
    .min(1)
    .meta({
      description: 'columns of the table, and curves of the plot',
    }),
  columns: z.array(z.strictObject({ ...Quantity, values: Values })).meta({
    description: 'further columns, of the table only',
  }),
});
/** What a case study measured: a table, and a plot of its series. */
export type Figure = z.infer<typeof Figure>;

export const ScenarioResult = z.strictObject({
  key: z.string().meta({ description: 'unique and stable: feature path, then name and row' }),
  feature: z.string().meta({ description: 'path below features/, with forward slashes' }),
  rule: z.string().meta({ description: 'text of the rule it shows' }),
  name: z.string(),
  line: z.int(),
  statements: z.array(z.string()),
  property: z.boolean().meta({ description: 'checked over generated cases' }),
  verdict: Verdict,
  reason: z.string().optional().meta({ description: 'why not applicable or inconclusive' }),
  failure: Failure.optional(),
  steps: z.array(Step),
  figures: z.array(Figure).optional().meta({ description: 'what it measured' }),
});
export type ScenarioResult = z.infer<typeof ScenarioResult>;

export const RuleResult = z.strictObject({
  feature: z.string(),
  name: z.string(),
  line: z.int(),
  description: z.string(),
  source: z.string(),
  level: z.enum(['must', 'should', 'may']),
  statements: z.array(z.string()),
  profiles: z.array(z.string()).meta({ description: 'empty: in all' }),
});
export type RuleResult = z.infer<typeof RuleResult>;

export const FeatureResult = z.strictObject({
  path: z.string().meta({ description: 'below features/, with forward slashes' }),
  name: z.string(),
  description: z.string(),
});
export type FeatureResult = z.infer<typeof FeatureResult>;

export const StatementResult = z.strictObject({
  id: z.string(),
  area: z.string(),
  areaTitle: z.string(),
  kind: z.enum(['behaviour', 'structure', 'context']),
  says: z.string(),
  status: z
    .enum(['pass', 'fail', 'inconclusive', 'not-applicable', 'error', 'not-run', 'not-covered'])
    .meta({ description: 'the worst verdict of its scenarios; not-covered: it has none' }),
  scenarios: z.int(),
  passed: z.int(),
});
export type StatementResult = z.infer<typeof StatementResult>;

export const Results = z.strictObject({
  format: z.literal(RESULTS_FORMAT),
  suite: z.string().meta({ description: 'version of the suite' }),
  implementation: z.strictObject({
    spec: z.string().meta({ description: 'as given to --impl' }),
    name: z.string(),
    version: z.string(),
    profile: z.string().meta({ description: 'as it declares' }),
    capabilities: z.record(z.string(), z.int()),
    pinned: z.record(z.string(), z.string()),
  }),
  profile: z.string().meta({ description: 'the profile it was judged by' }),
  peer: z
    .strictObject({
      spec: z.string().meta({ description: 'as given to --peer' }),
      profile: z.string().meta({ description: 'as asked for' }),
    })
    .optional()
    .meta({ description: 'the other hosts where there are several; left out: the same' }),
  seed: z.int(),
  runs: z.int().meta({ description: 'generated cases for each property' }),
  only: z.array(z.string()),
  shard: z.string().optional(),
  cutShort: z.string().optional().meta({ description: 'why the run ended early' }),
  totals: z.record(Verdict, z.int()),
  statements: z.array(StatementResult),
  features: z.array(FeatureResult),
  rules: z.array(RuleResult),
  scenarios: z.array(ScenarioResult),
});
export type Results = z.infer<typeof Results>;
