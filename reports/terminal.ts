/**
 * The summary on the terminal. What needs attention is at the end, right above the final line, where
 * the eye lands when the run is over.
 */
import picocolors from 'picocolors';

import { type AreaChapter, arrange, scenariosOf } from './book.ts';
import { captureFile } from './capture-file.ts';
import { figureTable } from './figure.ts';
import { whyNot } from './not-applicable.ts';
import type { Failure, Results, ScenarioResult, Verdict } from './results.ts';
import { clip, counted, groupBy, visible, wrap } from './text.ts';
import {
  BY_URGENCY,
  countVerdicts,
  explainCommand,
  FAILURE_KIND,
  messageOf,
  reasonOf,
  sourcePlace,
  STATUS,
  troubles,
  verdictCount,
} from './verdicts.ts';

export interface SummaryOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
  /** Figures with their tables, not by title only. */
  readonly figures?: boolean;
}

type Colours = ReturnType<typeof picocolors.createColors>;

interface Pen {
  readonly colours: Colours;
  readonly width: number;
}

const DEFAULT_WIDTH = 100;
const NARROWEST = 40;
const MOST_IN_FULL = 10;
const MOST_VALUE_LINES = 12;
const MOST_VALUE_CHARACTERS = 2_000;
const MOST_TALK_LINES = 4;
const LABEL_WIDTH = 10;

/** Ends in a newline. */
export function renderSummary(results: Results, options: SummaryOptions): string {
  const pen: Pen = {
    colours: picocolors.createColors(options.colour),
    width: Math.max(options.width ?? DEFAULT_WIDTH, NARROWEST),
  };
  const areas = arrange(results);
  const blocks = [
    areaLines(areas, pen),
    triedLines(results, pen),
    notApplicableLines(results, pen),
    figureLines(results, options.figures ?? false, pen),
    failureLines(results, areas, pen),
    cutShortLines(results, pen),
    [finalLine(results, pen)],
  ];
  const texts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${texts.join('\n\n')}\n`;
}

// --- areas -------------------------------------------------------------------------------------

interface AreaRow {
  readonly id: string;
  readonly title: string;
  readonly proved: string;
  /** Undefined: it has no features of its own. */
  readonly counts: ReadonlyMap<Verdict, number> | undefined;
  /** Other areas whose features state it. */
  readonly statedIn: readonly string[];
}

function areaLines(areas: readonly AreaChapter[], pen: Pen): string[] {
  const rows = areas.filter(isTouched).map((area) => areaRow(area, areas));
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
  const idWidth = widest(rows.map((row) => row.id));
  const provedWidth = widest(rows.map((row) => row.proved));
  const titleWidth = Math.min(
    widest(rows.map((row) => row.title)),
    Math.max(pen.width - idWidth - provedWidth - 30, 16),
  );
  return rows.map((row) =>
    [
      pen.colours.bold(row.id.padEnd(idWidth)),
      shortened(row.title, titleWidth).padEnd(titleWidth),
      row.proved.padStart(provedWidth),
      row.counts ? countsText(row.counts, pen) : ` in ${row.statedIn.join(', ')}`,
    ].join('  '),
  );
}

/** Something of the area was judged; one that does not apply at all is left out. */
function isTouched(area: AreaChapter): boolean {
  const untouched = new Set(['not-applicable', 'not-run', 'not-covered']);
  return (
    area.statements.some(({ status }) => !untouched.has(status)) ||
    scenariosOf(area).some(({ verdict }) => !untouched.has(verdict))
  );
}

function areaRow(area: AreaChapter, areas: readonly AreaChapter[]): AreaRow {
  const stated = area.features.length > 0;
  return {
    id: visible(area.id),
    title: visible(area.title),
    proved: provedText(area),
    counts: stated ? countVerdicts(scenariosOf(area)) : undefined,
    statedIn: stated ? [] : areas.filter(statesOf(area)).map(({ id }) => visible(id)),
  };
}

/** Whether the features of an area state something of another. */
function statesOf({ statements }: AreaChapter): (area: AreaChapter) => boolean {
  const own = new Set(statements.map(({ id }) => id));
  return (area) => scenariosOf(area).some((one) => one.statements.some((id) => own.has(id)));
}

/** Context needs no proof, and counts only when something was shown for it all the same. */
function provedText(area: AreaChapter): string {
  const toProve = area.statements.filter((one) => one.kind !== 'context' || one.scenarios > 0);
  if (toProve.length === 0) return '';
  const proved = toProve.filter((one) => one.status === 'pass');
  return `${proved.length}/${toProve.length} statements`;
}

/** Passed is always said and stands in a column; the rest follows where there is any. */
function countsText(counts: ReadonlyMap<Verdict, number>, pen: Pen): string {
  const said = [...counts].filter(([verdict, count]) => verdict === 'pass' || count > 0);
  const inOrder = said.sort(([a], [b]) => placeInLine(a) - placeInLine(b));
  return inOrder
    .map(([verdict, count]) => {
      const text = verdictCount(verdict, count);
      return inkOf(verdict, pen)(verdict === 'pass' ? text.padStart(11) : text);
    })
    .join(', ');
}

/** Passed leads a line of counts, the rest follows by urgency. */
function placeInLine(verdict: Verdict): number {
  return verdict === 'pass' ? -1 : BY_URGENCY.indexOf(verdict);
}

function inkOf(verdict: Verdict, { colours }: Pen): (text: string) => string {
  if (verdict === 'pass') return colours.green;
  if (verdict === 'fail') return colours.red;
  if (verdict === 'error') return colours.magenta;
  if (verdict === 'inconclusive') return colours.yellow;
  return colours.dim;
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

// --- not applicable ----------------------------------------------------------------------------

function notApplicableLines(results: Results, pen: Pen): string[] {
  const scenarios = results.scenarios.filter(({ verdict }) => verdict === 'not-applicable');
  if (scenarios.length === 0) return [];
  const lines = whyNot(scenarios).flatMap(({ count, why }) =>
    hanging(`${count}`.padStart(6), visible(why), pen.width),
  );
  return [pen.colours.bold('Not applicable'), ...lines.map(pen.colours.dim)];
}

/** The label, then the text wrapped in a column of its own. */
function hanging(label: string, text: string, width: number): string[] {
  const indent = ' '.repeat(label.length + 2);
  return wrap(text, width - indent.length).map((line, place) =>
    `${place === 0 ? `${label}  ` : indent}${line}`.trimEnd(),
  );
}

// --- tried in full -----------------------------------------------------------------------------

/** How many cases the exhaustive checks went through, by what the cases are. */
function triedLines({ scenarios }: Results, { colours }: Pen): string[] {
  const counts = new Map<string, number>();
  for (const { tried } of scenarios.flatMap(({ steps }) => steps)) {
    const [, count = '', noun = ''] = /^(\d+) (.+)$/.exec(tried ?? '') ?? [];
    if (noun !== '') counts.set(noun, (counts.get(noun) ?? 0) + Number(count));
  }
  if (counts.size === 0) return [];
  const all = [...counts].map(([noun, count]) => `${count.toLocaleString('en')} ${noun}`);
  return [`${colours.bold('Tried in full')}  ${visible(all.join(', '))}`];
}

// --- figures -----------------------------------------------------------------------------------

function figureLines({ scenarios }: Results, inFull: boolean, { colours }: Pen): string[] {
  const blocks = scenarios.flatMap(({ figures = [], statements }) =>
    figures.map((figure) => {
      const title = `  ${visible(`${figure.title} (${statements.join(' ')})`)}`;
      const table = inFull
        ? figureTable(figure).map((line) => `    ${visible(line)}`.trimEnd())
        : [];
      return inFull ? [title, '', ...table, ''] : [title];
    }),
  );
  if (blocks.length === 0) return [];
  const where = inFull ? '' : colours.dim('  (the tables: --figures; the plots: index.html)');
  return [`${colours.bold('Figures')}${where}`, ...blocks.flat()];
}

// --- failures ----------------------------------------------------------------------------------

function failureLines(results: Results, areas: readonly AreaChapter[], pen: Pen): string[] {
  const groups = [...groupBy(troubles(results.scenarios), fingerprintOf).values()];
  if (groups.length === 0) return [];
  const inFull = groups.slice(0, MOST_IN_FULL);
  const blocks = inFull.map((group, place) => failureBlock(group, place + 1, pen).join('\n'));
  const rest = restLine(groups.slice(MOST_IN_FULL).flat(), areas);
  return [pen.colours.bold('Failures'), ...blocks, ...rest.map(pen.colours.bold)]
    .join('\n\n')
    .split('\n');
}

/** One mistake often fails many scenarios in the same way: it is shown once. */
function fingerprintOf(scenario: ScenarioResult): string {
  return scenario.failure ? `${scenario.verdict} ${scenario.failure.fingerprint}` : scenario.key;
}

function restLine(rest: readonly ScenarioResult[], areas: readonly AreaChapter[]): string[] {
  if (rest.length === 0) return [];
  const keys = new Set(rest.map(({ key }) => key));
  const places = areas
    .map((area) => ({ id: area.id, own: scenariosOf(area).filter(({ key }) => keys.has(key)) }))
    .filter(({ own }) => own.length > 0)
    .map(({ id, own }) => `${id} ${own.length}`);
  return [visible(`and ${rest.length} more: ${places.join(', ')}`)];
}

function failureBlock(group: readonly ScenarioResult[], number: number, pen: Pen): string[] {
  const [scenario] = group;
  if (!scenario) return [];
  const ink = inkOf(scenario.verdict, pen);
  const { mark, word } = STATUS[scenario.verdict];
  const title = hanging(`${number})`.padStart(4), headline(scenario), pen.width);
  return [
    ...title.map((line) => pen.colours.bold(line)),
    ...rows(
      [
        ['verdict', `${mark} ${word}${failureKind(scenario)}`, ink],
        ['scenario', scenario.name],
        ['at', sourcePlace(scenario), pen.colours.dim],
        ...failureFields(scenario, pen),
        ['likewise', likewise(group)],
        ['deeper', explainCommand(scenario), pen.colours.cyan],
      ],
      pen,
    ),
  ];
}

function headline(scenario: ScenarioResult): string {
  const ids = scenario.statements.join(' ');
  return visible(`${ids}  ${scenario.rule || scenario.name}`.trim());
}

function failureKind({ failure }: ScenarioResult): string {
  return failure ? `: ${FAILURE_KIND[failure.kind]}` : '';
}

type Field = readonly [label: string, text: string | undefined, ink?: (text: string) => string];

function failureFields(scenario: ScenarioResult, pen: Pen): Field[] {
  const { failure } = scenario;
  if (!failure) return [['reason', reasonOf(scenario)]];
  const message = messageOf(failure);
  return [
    ['step', `${failure.step} (line ${failure.line})`],
    ['message', message && excerpt(message)],
    ['expected', failure.expected && excerpt(failure.expected), pen.colours.green],
    ['actual', failure.actual && excerpt(failure.actual), pen.colours.red],
    ['smallest', failure.counterexample && excerpt(failure.counterexample)],
    ['likely bug', likelyBug(failure)],
    ['packets', failure.packets && lastLines(failure.packets)],
    ['capture', failure.capture && captureFile(scenario)],
    ...conversation(failure),
  ];
}

/** What went over the pipe, where the trouble is there and not in the value that came. */
function conversation({ kind, exchange, stderr }: Failure): Field[] {
  if (kind === 'difference') return [];
  return [
    ['exchanged', lastLines(exchange)],
    ['its log', stderr && lastLines(stderr.trimEnd().split('\n'))],
  ];
}

function lastLines(lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : excerpt(lines.slice(-MOST_TALK_LINES).join('\n'));
}

/** The likeliest known fault only; the page and `explain` have them all. */
function likelyBug({ likelyBugs }: Failure): string | undefined {
  const [bug] = likelyBugs;
  if (!bug) return undefined;
  return `${bug.does} (${bug.mutant}, ${bug.statement}, ${Math.round(bug.likeness * 100)} % alike)`;
}

function likewise(group: readonly ScenarioResult[]): string | undefined {
  const others = group.slice(1).map(({ name }) => name);
  if (others.length === 0) return undefined;
  const named = others.slice(0, 3).join('; ');
  const more = others.length > 3 ? `; and ${others.length - 3} more` : '';
  return `${counted(others.length, 'scenario')} in the same way: ${named}${more}`;
}

function excerpt(text: string): string {
  const lines = clip(text, MOST_VALUE_CHARACTERS).split('\n');
  if (lines.length <= MOST_VALUE_LINES) return lines.join('\n');
  const left = lines.length - MOST_VALUE_LINES;
  return [...lines.slice(0, MOST_VALUE_LINES), `… ${counted(left, 'more line')}`].join('\n');
}

function rows(fields: readonly Field[], pen: Pen): string[] {
  return fields.flatMap(([label, text, ink = String]) => {
    if (text === undefined) return [];
    const margin = ' '.repeat(6);
    const lines = wrap(visible(text), pen.width - margin.length - LABEL_WIDTH - 2);
    return lines.map((line, place) => {
      const name = (place === 0 ? label : '').padEnd(LABEL_WIDTH);
      return `${margin}${pen.colours.dim(name)}  ${ink(line)}`.trimEnd();
    });
  });
}

// --- the end -----------------------------------------------------------------------------------

function cutShortLines({ cutShort, totals }: Results, { colours, width }: Pen): string[] {
  if (cutShort === undefined) return [];
  const loud = (line: string) => colours.bold(colours.inverse(colours.red(` ${line} `)));
  const notRun = totals['not-run'];
  const missing = notRun > 0 ? ` ${counted(notRun, 'scenario')} did not run.` : '';
  const text = `CUT SHORT: ${visible(cutShort)}.${missing} This is no verdict on the whole.`;
  return wrap(text, width - 2).map(loud);
}

function finalLine(results: Results, pen: Pen): string {
  const { implementation, totals } = results;
  const total = Object.values(totals).reduce((sum, count) => sum + count, 0);
  const counts = [...BY_URGENCY]
    .sort((a, b) => placeInLine(a) - placeInLine(b))
    .filter((verdict) => verdict === 'pass' || totals[verdict] > 0)
    .map((verdict) => inkOf(verdict, pen)(verdictCount(verdict, totals[verdict])));
  const what = total === 0 ? 'no scenario was selected' : counts.join(', ');
  const shard = results.shard === undefined ? '' : `, shard ${results.shard}`;
  const about = `${results.profile} profile, ${implementation.name} ${implementation.version}, seed ${results.seed}${shard}`;
  const ending = results.cutShort === undefined ? '' : ', CUT SHORT';
  return `${pen.colours.bold('kernspec:')} ${what}${ending} ${visible(`(${about})`)}`;
}
