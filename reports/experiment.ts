/** An experiment as one page that needs nothing else: tables, and pictures of single transfers. */
import { html, raw, type Content } from './html/template.ts';
import { STYLE } from './html/style.ts';

type Point = readonly [at: number, value: number];

/** A transfer: times in nanoseconds, the window in octets, the queue in frames. */
export interface Drawn {
  readonly title: string;
  readonly window: readonly Point[];
  readonly queue: readonly Point[];
  readonly drops: readonly number[];
}

/** What the runs of one cell come to. */
export interface CellFigures {
  readonly cell: string;
  readonly runs: number;
  /** KB a second: mean and standard deviation. */
  readonly rate: number;
  readonly rateSpread: number;
  /** KB. A few runs have most of it, so the median stands beside the mean. */
  readonly resent: number;
  readonly resentMedian: number;
  readonly timeouts: number;
}

/** What is claimed of the figures, and whether it is so. */
export interface Claim {
  readonly id: string;
  readonly what: string;
  readonly ours: number;
  readonly paper: string;
  readonly least: number;
  readonly most: number;
  readonly holds: boolean;
}

export function bandText({ least, most }: Claim): string {
  if (most === Infinity) return `${least} at least`;
  return least === most ? String(least) : `${least} to ${most}`;
}

export interface ExperimentPage {
  readonly honesty: readonly string[];
  readonly figures: readonly CellFigures[];
  readonly claims: readonly Claim[];
  readonly drawn: readonly Drawn[];
}

const WIDTH = 760;
const HEIGHT = 150;
const LEFT = 48;
const BOTTOM = 24;
const NS_PER_S = 1e9;

export function renderExperiment({ honesty, figures, claims, drawn }: ExperimentPage): string {
  const longest = Math.max(...drawn.flatMap(({ window }) => window.map(([at]) => at)), NS_PER_S);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>kernspec: Vegas and Reno</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <div class="page">
          <main>
            <h1>Vegas and Reno</h1>
            ${honesty.map((sentence) => html`<p>${sentence}</p>`)}
            <h2>One transfer alone, 10 buffers</h2>
            ${drawn.map((one) => pictures(one, longest))}
            <h2>What is claimed</h2>
            ${claimTable(claims)}
            <h2>All transfers</h2>
            ${figureTable(figures)}
          </main>
        </div>
      </body>
    </html> `.markup;
}

function pictures({ title, window, queue, drops }: Drawn, longest: number): Content {
  const kb = window.map(([at, value]): Point => [at, value / 1024]);
  return html`<h3>${title}</h3>
    ${chart(`${title}: KB under way`, kb, [], longest, 50)}
    ${chart(`${title}: packets that wait at the bottleneck; losses are marked`, queue, drops, longest, 12)}`;
}

/** A line over time, with marks at the top. */
function chart(
  title: string,
  points: readonly Point[],
  marks: readonly number[],
  longest: number,
  highest: number,
): Content {
  const x = (at: number) => LEFT + ((WIDTH - LEFT) * at) / longest;
  const y = (value: number) => HEIGHT - (HEIGHT * Math.min(value, highest)) / highest;
  const line = points.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const seconds = Array.from({ length: Math.floor(longest / NS_PER_S) + 1 }, (_, second) => second);
  const labels = seconds.map(
    (second) =>
      `<text x="${x(second * NS_PER_S)}" y="${HEIGHT + 16}" font-size="11" text-anchor="middle" fill="currentColor">${second} s</text>`,
  );
  const levels = [0, highest / 2, highest].map(
    (level) =>
      `<text x="${LEFT - 6}" y="${y(level) + 4}" font-size="11" text-anchor="end" fill="currentColor">${level}</text>` +
      `<line x1="${LEFT}" x2="${WIDTH}" y1="${y(level)}" y2="${y(level)}" stroke="currentColor" stroke-opacity="0.2"/>`,
  );
  const crosses = marks
    .filter((at) => at >= 0 && at <= longest)
    .map(
      (at) =>
        `<line x1="${x(at)}" x2="${x(at)}" y1="0" y2="12" stroke="#c0392b" stroke-width="2"/>`,
    );
  const drawing =
    `<svg role="img" aria-label="${title}" viewBox="0 -8 ${WIDTH + 16} ${HEIGHT + BOTTOM + 8}" width="100%">` +
    `${levels.join('')}${labels.join('')}` +
    `<polyline fill="none" stroke="#2471a3" stroke-width="1.2" points="${line}"/>${crosses.join('')}</svg>`;
  return html`<figure>
    <figcaption>${title}</figcaption>
    ${raw(drawing)}
  </figure>`;
}

function claimTable(claims: ExperimentPage['claims']): Content {
  return html`<table>
    <thead>
      <tr>
        <th></th>
        <th>claim</th>
        <th>ours</th>
        <th>paper</th>
        <th>band</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${claims.map(
        (claim) =>
          html`<tr>
            <td>${claim.id}</td>
            <td>${claim.what}</td>
            <td>${claim.ours.toFixed(2)}</td>
            <td>${claim.paper}</td>
            <td>${bandText(claim)}</td>
            <td>${claim.holds ? 'met' : 'not met'}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function figureTable(figures: ExperimentPage['figures']): Content {
  return html`<table>
    <thead>
      <tr>
        <th>transfer</th>
        <th>runs</th>
        <th>KB a second</th>
        <th>spread</th>
        <th>KB sent again</th>
        <th>median</th>
        <th>timeouts</th>
      </tr>
    </thead>
    <tbody>
      ${figures.map(
        (one) =>
          html`<tr>
            <td>${one.cell}</td>
            <td>${String(one.runs)}</td>
            <td>${one.rate.toFixed(1)}</td>
            <td>${one.rateSpread.toFixed(1)}</td>
            <td>${one.resent.toFixed(1)}</td>
            <td>${one.resentMedian.toFixed(1)}</td>
            <td>${one.timeouts.toFixed(2)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
