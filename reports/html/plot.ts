/**
 * A plot of curves over one axis, as SVG.
 *
 * Curves differ by colour, by marker and by dash, so that they can be told apart on paper and by those
 * who see no colours. Colours come from the page's style, which knows light from dark.
 */
import { figureInWords } from '../figure.ts';
import type { Figure } from '../results.ts';
import { html, type Raw } from './template.ts';

const WIDTH = 640;
const HEIGHT = 380;
/** Room around the curves for numbers, labels and, at the top, the legend. */
const MARGIN = { left: 76, right: 34, bottom: 54 };
const LEGEND_LINE = 20;
const LEGEND_TOP = 16;
const MOST_TICKS = 7;

/** Curves beyond these look like the first ones again. */
const LOOKS = 6;

const SPACE = '\u202f';

interface Scale {
  readonly ticks: readonly number[];
  /** From a value to a place in the picture. */
  readonly place: (value: number) => number;
}

export function plot(figure: Figure): Raw {
  const { x, y, series } = figure;
  const top = LEGEND_TOP + series.length * LEGEND_LINE;
  const bottom = HEIGHT - MARGIN.bottom;
  const across = scale(x.values, MARGIN.left, WIDTH - MARGIN.right);
  const values = series.flatMap((one) => one.values.filter((value) => value !== null));
  const up = scale(values, bottom, top);
  return html`<svg
    class="plot"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="${figureInWords(figure)}"
  >
    ${up.ticks.map((tick) => tickAcross(up.place(tick), tick))}
    ${across.ticks.map((tick) => tickUp(across.place(tick), bottom, tick))}
    <path class="axis" d="M${MARGIN.left} ${top}V${bottom}H${WIDTH - MARGIN.right}" />
    <text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">
      ${axisLabel(x)}
    </text>
    <text transform="translate(16 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">
      ${axisLabel(y)}
    </text>
    ${series.map(({ label, values: own }, at) => html`${curve(figure, own, at, across, up)}${legend(label, at)}`)}
  </svg>`;
}

function axisLabel({ label, unit }: { readonly label: string; readonly unit: string }): string {
  return unit === '' ? label : `${label} (${unit})`;
}

function tickAcross(place: number, tick: number): Raw {
  return html`<path class="grid" d="M${MARGIN.left} ${place}H${WIDTH - MARGIN.right}" />
    <text class="tick" x="${MARGIN.left - 8}" y="${round(place + 4)}" text-anchor="end">
      ${numberText(tick)}
    </text>`;
}

function tickUp(place: number, bottom: number, tick: number): Raw {
  return html`<path class="axis" d="M${place} ${bottom}v5" />
    <text class="tick" x="${place}" y="${bottom + 19}" text-anchor="middle">
      ${numberText(tick)}
    </text>`;
}

function legend(label: string, at: number): Raw {
  const y = LEGEND_TOP + at * LEGEND_LINE - 4;
  return html`<path class="curve ${look(at)}" d="M${MARGIN.left} ${y}h28" />
    ${marker(MARGIN.left + 14, y, at)}
    <text x="${MARGIN.left + 36}" y="${y + 4}">${label}</text>`;
}

/** A curve of many points has markers at some of them. */
const MOST_MARKERS = 24;

/** A value that is missing leaves a gap. */
function curve(
  { x }: Figure,
  values: ReadonlyArray<number | null>,
  at: number,
  across: Scale,
  up: Scale,
): Raw {
  let pen = 'M';
  const points: Array<readonly [number, number]> = [];
  let path = '';
  for (const [row, value] of values.entries()) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    const point = [across.place(x.values[row] ?? 0), up.place(value)] as const;
    points.push(point);
    path += `${pen}${point.join(' ')}`;
    pen = 'L';
  }
  const every = Math.ceil(points.length / MOST_MARKERS);
  const marked = points.filter((_, row) => row % every === 0);
  return html`<path class="curve ${look(at)}" d="${path}" />
    ${marked.map(([left, height]) => marker(left, height, at))}`;
}

const look = (at: number): string => `look-${at % LOOKS}`;

/** Outlines around the point 0 0: disc, square, triangle, diamond, and the latter two turned over. */
const MARKERS = [
  'm-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
  'm-3.2-3.2h6.4v6.4h-6.4z',
  'm0-4.2l4 7h-8z',
  'm0-4.4l4.4 4.4l-4.4 4.4l-4.4-4.4z',
  'm0 4.2l4-7h-8z',
  'm-1.2-4h2.4v8h-2.4z',
] as const satisfies { readonly length: typeof LOOKS };

function marker(left: number, height: number, at: number): Raw {
  return html`<path class="marker ${look(at)}" d="M${left} ${height}${MARKERS[at % LOOKS]}" />`;
}

/** Round numbers, from nought if nothing is below it. */
function scale(values: readonly number[], start: number, end: number): Scale {
  const least = Math.min(0, ...values);
  const most = Math.max(...values, least);
  const step = roundStep((most - least || 1) / (MOST_TICKS - 1));
  const first = Math.floor(least / step);
  const last = Math.max(Math.ceil(most / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => exact((first + at) * step));
  const place = (value: number) =>
    round(start + ((value / step - first) / (last - first)) * (end - start));
  return { ticks, place };
}

/** The least of 1, 2, 5, 10, 20 … that is no smaller. */
function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((one) => one * power >= raw * (1 - 1e-9)) ?? 10;
  return exact(factor * power);
}

/** Without what binary fractions add. */
const exact = (value: number): number => Number(value.toPrecision(12));

/** Places are given to a tenth of a unit: the same bytes wherever they are worked out. */
const round = (place: number): number => Math.round(place * 10) / 10;

/** Thousands apart, as in 100 000. */
function numberText(value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  const apart = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, SPACE);
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}
