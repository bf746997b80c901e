/** What is claimed of the runs, V1 to V11: a figure, the band it has to be in, and what the paper has. */
import type { Claim } from '../../reports/experiment.ts';
import type { RunResult } from './one-run.ts';
import { mean, type Results } from './verdicts.ts';

type Band = readonly [least: number, most: number];
type Figure = (run: RunResult) => number;

const rate: Figure = (run) => run.rate;
const resent: Figure = (run) => run.resent;
const timeouts: Figure = (run) => run.timeouts;
/** Of both transfers. */
const resentByBoth: Figure = (run) => run.resent + (run.other?.resent ?? 0);

/** Gathers claims on cells of runs. */
class Claims {
  readonly all: Claim[] = [];
  readonly #results: Results;

  constructor(results: Results) {
    this.#results = results;
  }

  runs(cell: string): readonly RunResult[] {
    const runs = this.#results.get(cell);
    if (runs === undefined) throw new Error(`there is no cell ${cell}`);
    return runs;
  }

  mean(cell: string, figure: Figure): number {
    return mean(this.runs(cell).map(figure));
  }

  /** Of the means. */
  ratio(one: string, other: string, figure: Figure): number {
    return this.mean(one, figure) / this.mean(other, figure);
  }

  claim(id: string, what: string, ours: number, paper: string, [least, most]: Band): void {
    this.all.push({ id, what, ours, paper, least, most, holds: ours >= least && ours <= most });
  }

  /** Claims it of the least and of the most of the runs. */
  each(id: string, what: string, values: readonly number[], paper: string, band: Band): void {
    this.claim(id, `${what}, least`, Math.min(...values), paper, band);
    this.claim(id, `${what}, most`, Math.max(...values), paper, band);
  }
}

export function claimsOf(results: Results): Claim[] {
  const claims = new Claims(results);
  vegasAlone(claims);
  renoAlone(claims);
  bothAlone(claims);
  oneOnOne(claims);
  amidConversations(claims);
  loads(claims);
  limits(claims);
  ablations(claims);
  return claims.all;
}

function vegasAlone(claims: Claims): void {
  for (const variant of ['1,3', '2,4']) {
    const cell = `solo 10 vegas-${variant}`;
    const what = `Vegas-${variant} alone, 10 buffers`;
    const waiting = claims.runs(cell).flatMap((run) => run.waiting ?? []);
    claims.claim('V1', `${what}: KB a second`, claims.mean(cell, rate), '169', [158, 178]);
    claims.claim('V1', `${what}: KB sent again`, claims.mean(cell, resent), '0', [0, 0]);
    claims.claim('V1', `${what}: coarse timeouts`, claims.mean(cell, timeouts), '0', [0, 0]);
    claims.each('V1', `${what}: wait from 3 s on`, waiting, variant.replace(',', '-'), [1, 5]);
    const most = Math.max(...claims.runs(cell).map((run) => run.mostWaiting));
    claims.claim('V1', `${what}: ever wait`, most, '-', [0, 10]);
  }
}

function renoAlone(claims: Claims): void {
  const runs = claims.runs('solo 10 reno');
  const what = 'Reno alone, 10 buffers';
  claims.claim('V2', `${what}: KB a second`, mean(runs.map(rate)), '123', [112, 132]);
  claims.each('V2', `${what}: coarse timeouts`, runs.map(timeouts), '1', [1, 1]);
  claims.each('V2', `${what}: KB sent again`, runs.map(resent), '-', [30, 55]);
  const first = mean(runs.map((run) => run.firstTimeoutMs)) / 1000;
  claims.claim('V2', `${what}: seconds to the timeout`, first, '2.0', [1.5, 3.5]);
}

function bothAlone(claims: Claims): void {
  const [vegas, reno] = ['solo 10 vegas-1,3', 'solo 10 reno'];
  const what = 'Vegas to Reno alone, 10 buffers: rate';
  claims.claim('V3', what, claims.ratio(vegas, reno, rate), '1.37', [1.31, 1.55]);
  const own = claims.mean(vegas, rate);
  const phases = claims.runs(reno).map((run) => own / run.rate);
  claims.each('V3', `${what} by phase`, phases, '-', [1.28, 1.6]);
  for (const buffers of [20, 25]) {
    const ratio = claims.ratio(`solo ${buffers} vegas-1,3`, `solo ${buffers} reno`, rate);
    const here = `Vegas to Reno alone, ${buffers} buffers: rate`;
    claims.claim('V4', here, ratio, 'no gain', [0.9, 1.03]);
  }
}

/** The smaller transfer is named first. */
function oneOnOne(claims: Claims): void {
  const pair = (small: string, large: string) => `pair ${small}/${large}`;
  const [rr, rv] = [pair('reno', 'reno'), pair('reno', 'vegas')];
  const [vr, vv] = [pair('vegas', 'reno'), pair('vegas', 'vegas')];
  const both = (cell: string) => claims.mean(cell, resentByBoth);
  const again = 'KB sent again';
  claims.claim('V5', `Vegas/Vegas: ${again} by both`, both(vv), '0.4', [0, 2]);
  const vegasOnes = [
    claims.mean(vr, resent),
    claims.mean(vv, resent),
    ...[rv, vv].map((cell) => claims.mean(cell, (run) => run.other?.resent ?? 0)),
  ];
  claims.claim('V5', `any Vegas: ${again}, most`, Math.max(...vegasOnes), '1.8', [0, 4]);
  claims.claim('V5', `Vegas/Reno to Reno/Reno: ${again}`, both(vr) / both(rr), '0.37', [0, 0.6]);
  claims.claim('V5', `Reno/Vegas to Reno/Reno: ${again}`, both(rv) / both(rr), '0.87', [0.7, 1.3]);
  const large: Figure = (run) => run.other?.rate ?? 0;
  const least: Band = [0.9, Infinity];
  const beside = 'KB a second beside Vegas, to beside Reno';
  claims.claim('V5', `small Reno: ${beside}`, claims.ratio(rv, rr, rate), '1.02', least);
  claims.claim('V5', `large Reno: ${beside}`, claims.ratio(vr, rr, large), '1.09', least);
}

const HEADLINES: ReadonlyArray<[size: number, paper: string, Band, paperResent: string, Band]> = [
  [1024, '1.37', [1.22, 1.53], '0.51', [0.36, 0.62]],
  [512, '1.38', [1.25, 1.7], '0.38', [0.24, 0.48]],
  [128, '1.71', [1.4, 2.1], '0.17', [0.08, 0.26]],
];

function amidConversations(claims: Claims): void {
  for (const [size, rates, rateBand, losses, lossBand] of HEADLINES) {
    const [vegas, reno] = [`amid ${size} 0.8 vegas-1,3`, `amid ${size} 0.8 reno`];
    const what = `Vegas-1,3 to Reno, ${size} KB amid conversations`;
    claims.claim('V6', `${what}: rate`, claims.ratio(vegas, reno, rate), rates, rateBand);
    claims.claim('V6', `${what}: sent again`, claims.ratio(vegas, reno, resent), losses, lossBand);
  }
  growing(claims, 'rate', rate, 1);
  growing(claims, 'sent again', resent, -1);
  const [vegas13, vegas24, reno] = ['vegas-1,3', 'vegas-2,4', 'reno'].map(
    (name) => `amid 1024 0.8 ${name}`,
  ) as [string, string, string];
  const notes = 'the words of the notes, Vegas-2,4';
  const more = 100 * (claims.ratio(vegas24, reno, rate) - 1);
  const fewer = 100 * (1 - claims.ratio(vegas24, reno, resent));
  claims.claim('V7', `${notes}: % more`, more, '42', [31, 71]);
  claims.claim('V7', `${notes}: % fewer sent again`, fewer, '39', [20, 50]);
  const others = claims.runs(reno);
  const wins = claims.runs(vegas13).map((run, at) => run.rate > (others[at]?.rate ?? 0));
  const percent = (100 * wins.filter(Boolean).length) / wins.length;
  claims.claim('V8', 'Vegas-1,3 is faster in % of the runs', percent, '92', [75, 100]);
  const coarse = claims.ratio(vegas13, reno, timeouts);
  claims.claim('V8', 'Vegas-1,3 to Reno: coarse timeouts', coarse, '0.24', [0, 0.5]);
}

/** From 1024 KB to 128 KB: the least of the steps, upwards or downwards. */
function growing(claims: Claims, what: string, figure: Figure, direction: 1 | -1): void {
  const ratios = HEADLINES.map(([size]) =>
    claims.ratio(`amid ${size} 0.8 vegas-1,3`, `amid ${size} 0.8 reno`, figure),
  );
  const steps = ratios.slice(1).map((ratio, at) => direction * (ratio - (ratios[at] ?? 0)));
  const word = direction === 1 ? 'grows' : 'falls';
  const text = `the shorter the transfer, the ratio ${word}: ${what}, step`;
  claims.claim('V6', text, Math.min(...steps), '-', [0, Infinity]);
}

function loads(claims: Claims): void {
  for (const load of [0.5, 0.6, 0.7, 0.8]) {
    const [one, other] = [`amid 1024 ${load} vegas-2,4`, `amid 1024 ${load} reno`];
    const what = `Vegas-2,4 to Reno at load ${load}`;
    claims.claim('V9', `${what}: rate`, claims.ratio(one, other, rate), '-', [1.2, Infinity]);
    claims.claim('V9', `${what}: sent again`, claims.ratio(one, other, resent), '-', [0, 0.72]);
  }
}

function limits(claims: Claims): void {
  for (const load of [0.6, 0.8]) {
    const [one, other] = [`amid 1024 ${load} vegas-2,4`, `amid 1024 ${load} newreno`];
    const what = `Vegas-2,4 to NewReno at load ${load}`;
    claims.claim('V10', `${what}: rate`, claims.ratio(one, other, rate), '-', [0.85, 1.1]);
    claims.claim('V10', `${what}: sent again`, claims.ratio(one, other, resent), '-', [0, 0.85]);
  }
  const [one, other] = ['amid 1024 0.8 40 buffers vegas-2,4', 'amid 1024 0.8 40 buffers reno'];
  const what = 'Vegas-2,4 to Reno, 40 buffers';
  claims.claim('V10', `${what}: rate`, claims.ratio(one, other, rate), '-', [0, 1.05]);
  claims.claim('V10', `${what}: sent again`, claims.ratio(one, other, resent), '-', [0, 0.85]);
}

function ablations(claims: Claims): void {
  const to = (mechanism: string) =>
    claims.ratio(`solo 10 without ${mechanism}`, 'solo 10 reno', rate);
  claims.claim(
    'V11',
    'without its slow start, alone: rate',
    to('vegasSlowStart'),
    '-',
    [0.95, 1.1],
  );
  const whole = claims.ratio('solo 10 without vegasRetransmission', 'solo 10 vegas-1,3', rate);
  claims.claim('V11', 'without its retransmission, alone: to Vegas', whole, '-', [0.99, 1.01]);
}
