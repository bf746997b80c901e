import { describe, expect, it } from 'vitest';

import { html, raw } from '../../reports/html/template.ts';
import { SCRIPT } from '../../reports/html/script.ts';
import { renderHtml } from '../../reports/html.ts';
import { plot } from '../../reports/html/plot.ts';
import { HOSTILE } from './sample-parts.ts';
import {
  allPassed,
  FIGURE,
  large,
  nothingApplies,
  nothingSelected,
  sample,
  withFigure,
} from './sample.ts';

const MEGABYTE = 1024 * 1024;

describe('the template', () => {
  it('escapes values, in text and in attributes', () => {
    expect(html`<a title="${`"'<&>`}">${'<b>'}</a>`.markup).toBe(
      '<a title="&quot;&#39;&lt;&amp;&gt;">&lt;b&gt;</a>',
    );
  });

  it('takes markup of its own, lists and nothing', () => {
    expect(html`${html`<b>${1}</b>`}${['<', raw('<i>')]}${undefined}${false}`.markup).toBe(
      '<b>1</b>&lt;<i>',
    );
  });

  it('writes out what would reorder or hide text', () => {
    expect(html`${'a\u202eb\u0000\ud800'}`.markup).toBe('a\\u{202e}b\\u{0}\\u{d800}');
  });
});

describe('the page', () => {
  it('is the same each time', () => {
    expect(renderHtml(sample())).toBe(renderHtml(sample()));
  });

  it('asks for nothing', () => {
    const page = renderHtml(sample());
    for (const tag of page.match(/<[a-z][^>]*>/g) ?? [])
      expect(tag).not.toMatch(/\s(src|srcset|action|style|on[a-z]+)=/);
    expect(page).not.toMatch(/@import|url\(/);
    expect(page.match(/<(script|link|style|iframe|object|embed)\b/g)).toEqual([
      '<link',
      '<style',
      '<script',
    ]);
    const targets = [...page.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
    for (const target of targets) expect(target).toMatch(/^(#|data:,$)/);
  });

  it('lets nothing break out of any member', () => {
    const text = (value: unknown): unknown => {
      if (typeof value === 'string') return value + HOSTILE;
      if (Array.isArray(value)) return value.map(text);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, own]) => [key, KEPT.has(key) ? own : text(own)]),
      );
    };
    const page = renderHtml(text(withFigure()) as ReturnType<typeof sample>);
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).not.toMatch(/<(img|script>alert)/);
    expect(page.match(/<\/?script/g)).toHaveLength(2);
    expect(page.match(/<\/?style/g)).toHaveLength(2);
    // A quote of the hostile text that ended a value would leave the rest of it in the tag.
    for (const tag of page.match(/<[a-z](?:"[^"]*"|[^">])*>/g) ?? [])
      expect(tag.replaceAll(/"[^"]*"/g, '')).not.toMatch(/alert|onerror|['`]/);
  });

  it('has every id once, and every link has its place', () => {
    for (const results of [sample(), allPassed(), large(500)]) {
      const page = renderHtml(results);
      const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, target = ''] of page.matchAll(/href="#([^"]*)"/g))
        expect(ids).toContain(decodeURIComponent(target));
    }
  });

  it('has the failures before the book, and the parts of a failure', () => {
    const page = renderHtml(sample());
    expect(page.indexOf('id="failures"')).toBeLessThan(page.indexOf('id="book"'));
    for (const part of [
      '<del>0xdcfb</del>',
      '<ins>0xddf1</ins>',
      'failed here',
      'Smallest case found',
      'Likely bugs',
      'The last 4 lines exchanged',
      'odd tail f6',
      'kernspec explain CSM-08',
    ])
      expect(page).toContain(part);
  });

  it('says loudly when the run was cut short, and only then', () => {
    expect(renderHtml(sample())).toContain('Cut short: interrupted by SIGINT.');
    expect(renderHtml(allPassed())).not.toContain('Cut short');
  });

  it('draws one failure in thousands so that it can be seen', () => {
    const results = sample();
    const totals = { ...results.totals, pass: 9999, fail: 1 };
    const [, width] =
      /<rect class="fail" x="0" width="(\d+)"/.exec(renderHtml({ ...results, totals })) ?? [];
    expect(Number(width)).toBeGreaterThan(10);
  });

  it('holds at the edges', () => {
    expect(renderHtml(nothingSelected())).toContain('nothing was judged');
    expect(renderHtml(nothingSelected())).not.toContain('<form');
    expect(renderHtml(nothingApplies())).not.toContain('id="failures"');
    expect(renderHtml(allPassed())).not.toContain('id="failures"');
  });

  it('stays small with many scenarios, and with endless lines', () => {
    expect(renderHtml(large(500)).length).toBeLessThan(3 * MEGABYTE);
    const results = sample();
    const endless = 'x'.repeat(5 * MEGABYTE);
    const scenarios = results.scenarios.map((one) =>
      one.failure
        ? {
            ...one,
            failure: { ...one.failure, actual: endless, exchange: [endless], stderr: endless },
          }
        : one,
    );
    expect(renderHtml({ ...results, scenarios }).length).toBeLessThan(MEGABYTE);
  });

  it('keeps its script below eighty lines', () => {
    expect(SCRIPT.trim().split('\n').length).toBeLessThan(80);
  });
});

describe('a figure', () => {
  it('stands in the rule of its scenario, as a plot with words and as a table', () => {
    const page = renderHtml(withFigure());
    expect(page.match(/<svg\s+class="plot"/g)).toHaveLength(1);
    expect(page).toContain(
      'aria-label="Sums against length. sums in 1/s against length in octets: ' +
        'by words goes from 90000 at 0 to 4000 at 1500, and is highest, 90000, at 0; ' +
        'by octets goes from 90000 at 0 to 1000 at 1500, and is highest, 90000, at 0."',
    );
    expect(page).toContain('<td>1500.5</td>');
    expect(page.indexOf('<figure>')).toBeGreaterThan(page.indexOf('id="book"'));
    expect(renderHtml(sample())).not.toContain('<figure>');
  });

  it('has round numbers on its axes and a gap where a value is missing', () => {
    const { markup } = plot(FIGURE);
    const ticks = [...markup.matchAll(/<text class="tick"[^>]*>([^<]*)</g)].map(([, tick = '']) =>
      tick.trim(),
    );
    expect(ticks).toEqual(
      ['0', '20 000', '40 000', '60 000', '80 000', '100 000', '0', '500', '1 000', '1 500'].map(
        (tick) => tick.replace(' ', '\u202f'),
      ),
    );
    const curves = [...markup.matchAll(/<path class="curve look-\d" d="([^"]*)"/g)];
    const [, , octets] = curves.map(([, path = '']) => path.replaceAll(/[^ML]/g, ''));
    expect(octets).toBe('MML');
  });

  it.each([
    ['nothing but noughts', [0], [0]],
    ['one point', [7], [7]],
    ['values below nought', [-3, 4], [-20, 5]],
    ['tiny values', [0.0001, 0.0002], [0.1, 0.30000000000000004]],
    ['no values', [1, 2], [null, null]],
  ])('can be drawn of %s', (_, x, values) => {
    const figure = { ...FIGURE, x: { ...FIGURE.x, values: x }, series: [{ label: 'a', values }] };
    const { markup } = plot(figure);
    expect(markup).not.toMatch(/NaN|Infinity|undefined|e-\d/);
  });

  it('can have more curves than there are looks', () => {
    const series = Array.from({ length: 8 }, (_, at) => ({
      label: `n${at}`,
      values: [at, 1, 2, 3],
    }));
    expect(plot({ ...FIGURE, series }).markup).toContain('look-5');
  });
});

/** Members of closed vocabularies, which no implementation fills in. */
const KEPT = new Set(['verdict', 'status', 'kind', 'level', 'format']);
