/** Several implementations side by side: which mark stands where, and whose text is not to be trusted. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare, type Judged } from '../../reports/conformance.ts';
import { conformanceMarkdown } from '../../reports/conformance-markdown.ts';
import { conformanceHtml } from '../../reports/html/conformance.ts';
import type { InteropResults } from '../../reports/interop.ts';
import type { Results } from '../../reports/results.ts';
import { kernspec, temporaryFolder } from '../kernspec.ts';
import { HOSTILE } from './sample-parts.ts';
import { allPassed, sample } from './sample.ts';

const NOTHING_KNOWN: ReadonlyMap<string, string> = new Map();

const named = (results: Results, spec: string): Results => ({
  ...results,
  implementation: { ...results.implementation, spec },
});

const good: Judged = { results: named(allPassed(), 'good'), known: NOTHING_KNOWN };
const bad: Judged = { results: named(sample(), 'bad'), known: NOTHING_KNOWN };

const ABOUT = { date: '2026-01-31', command: 'kernspec conformance a b' };

const INTEROP: InteropResults = {
  suite: '0.1.0',
  profile: 'linux-6',
  seed: 1,
  pairs: [
    {
      first: 'good',
      peer: 'bad',
      scenarios: [
        { key: 'There', verdict: 'pass' },
        { key: 'Back', verdict: 'fail', why: 'it is lost' },
        { key: 'Elsewhere', verdict: 'inconclusive', why: 'it cannot' },
      ],
    },
  ],
};

const page = (...columns: Judged[]) => conformanceMarkdown(compare(columns, ABOUT));

const row = (text: string, start: string): string =>
  text.split('\n').find((line) => line.startsWith(`| ${start}`)) ?? '';

const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((one) => one.trim());

/** Every scenario that does not pass, explained. */
function explained({ results }: Judged, reason: string): Judged {
  const keys = results.scenarios.filter(({ verdict }) => verdict !== 'pass').map(({ key }) => key);
  return { results, known: new Map(keys.map((key) => [key, reason])) };
}

describe('the page of all implementations', () => {
  it('says by what it was made, and when', () => {
    expect(page(good)).toContain(
      `Suite ${good.results.suite}, 2026-01-31, by \`kernspec conformance a b\``,
    );
  });

  it('has a column for each, and a mark for each statement', () => {
    const text = page(good, bad);
    expect(cells(row(text, 'id '))).toEqual(['id', 'statement', 'good', 'bad']);
    expect(cells(row(text, 'CSM-07')).slice(2)).toEqual(['✓', '✓']);
    expect(cells(row(text, 'CSM-08')).slice(2)).toEqual(['✓', '✗']);
  });

  it('tells what is explained from what is not', () => {
    const all = page(good, explained(bad, 'it rounds'));
    expect(cells(row(all, 'CSM-08')).slice(2)).toEqual(['✓', '≠']);
    expect(all).not.toContain('✗ |');
    expect(all).toMatch(/## What bad does otherwise\n\n- \*\*CSM-08.*: it rounds/);
    expect(page(bad)).toContain('Nobody has explained it.');
  });

  it('leaves a statement red of which one deviation is not explained', () => {
    const { known, results } = explained(bad, 'it rounds');
    const wrong = results.scenarios.filter(
      ({ verdict, statements }) => verdict === 'fail' && statements.includes('CSM-08'),
    );
    expect(wrong.length).toBeGreaterThan(1);
    const some = new Map([...known].filter(([key]) => key !== wrong[0]?.key));
    expect(cells(row(page({ results, known: some }), 'CSM-08'))[2]).toBe('✗');
  });

  it('counts what passed, what is known and what is not', () => {
    expect(cells(row(page(good), 'good')).slice(3)).toEqual(['13 of 13', '0']);
    expect(cells(row(page(bad), 'bad')).slice(3)).toEqual(['5 of 10', '0, and 5 unexplained']);
    expect(cells(row(page(explained(bad, 'so')), 'bad')).slice(3)).toEqual(['5 of 10', '5']);
  });

  it('has lines that end no cell and start no markup, whatever is said', () => {
    const text = page(explained(bad, HOSTILE));
    expect(text).not.toContain('<script>');
    for (const line of text.split('\n').filter((one) => one.startsWith('| CSM'))) {
      expect(cells(line)).toHaveLength(3);
    }
  });
});

describe('the same for a browser', () => {
  const markup = (columns: Judged[], interop?: InteropResults) =>
    conformanceHtml(compare(columns, ABOUT, interop));

  it('leads from a mark that asks for a reason to the reason', () => {
    const text = markup([good, explained(bad, 'it rounds')]);
    const link = /<a href="#deviations-bad-CSM-08"><abbr class="badge known"[^>]*>≠<\/abbr><\/a>/;
    expect(text).toMatch(link);
    expect(text).toContain('id="deviations-bad-CSM-08"');
    expect(text).toContain('<p>it rounds</p>');
  });

  it('leads nowhere that is not there, and has each place once', () => {
    const text = markup([good, bad], INTEROP);
    const places = [...text.matchAll(/ id="([^"]*)"/g)].map(([, place]) => place);
    expect(new Set(places).size).toBe(places.length);
    for (const [, place] of text.matchAll(/href="#([^"]*)"/g)) expect(places).toContain(place);
  });

  it('has the matrix of pairs, and what went wrong', () => {
    const text = markup([good, bad], INTEROP);
    expect(text).toContain('<td>1 of 2</td>');
    expect(text).toContain('it is lost');
    expect(markup([good])).not.toContain('Who understands whom');
  });

  it('runs nothing of what others say', () => {
    expect(markup([explained(bad, HOSTILE)])).not.toContain('<script>');
  });
});

describe('kernspec conformance', () => {
  const file = (results: Results): string => {
    const name = path.join(temporaryFolder(), 'results.json');
    writeFileSync(name, JSON.stringify(results));
    return name;
  };

  it('writes the page', async () => {
    const out = path.join(temporaryFolder(), 'conformance.md');
    const files = [file(good.results), file(bad.results)];
    const { code, stdout } = await kernspec(['conformance', ...files, '--write', out]);
    expect(stdout).toBe(`2 implementations in ${out}\n`);
    expect(code).toBe(0);
  });

  it('takes the pairs in, and writes for a browser what ends in .html', async () => {
    const folder = temporaryFolder();
    const interop = path.join(folder, 'interop.json');
    writeFileSync(interop, JSON.stringify(INTEROP));
    const outs = ['page.html', 'page.md'].map((name) => path.join(folder, 'new', name));
    const writes = outs.flatMap((out) => ['--write', out]);
    const args = ['conformance', file(good.results), '--interop', interop, ...writes];
    expect((await kernspec(args)).code).toBe(0);
    const [htmlText = '', text = ''] = outs.map((out) => readFileSync(out, 'utf8'));
    expect(htmlText).toMatch(/^<!doctype html>/);
    expect(text).toMatch(/^\| good +\| +\| 1 of 2 +\|/m);
  });

  it('refuses pairs that are none', async () => {
    const results = file(good.results);
    const { code, stderr } = await kernspec(['conformance', results, '--interop', results]);
    expect(stderr).toContain(`${results} holds no results of "kernspec interop --write"`);
    expect(code).toBe(2);
  });

  it('refuses two results of one implementation', async () => {
    const files = [file(good.results), file(good.results)];
    const { code, stderr } = await kernspec(['conformance', ...files]);
    expect(stderr).toContain('are both results of good; name one of them');
    expect(code).toBe(2);
  });
});
