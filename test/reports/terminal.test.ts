import { describe, expect, it } from 'vitest';

import type { StatementResult } from '../../reports/results.ts';
import { renderSummary } from '../../reports/terminal.ts';
import { HOSTILE } from './sample-parts.ts';
import { allPassed, large, nothingApplies, nothingSelected, sample, withFigure } from './sample.ts';

const plain = { colour: false };

describe('the summary on the terminal', () => {
  it('has a line per area with statements proved and scenarios by verdict', () => {
    const [first, second, third] = renderSummary(sample(), plain).split('\n');
    expect(first).toMatch(/^CSM {2}Checksums +2\/4 statements +4 passed, 2 failed, 1 not run$/);
    expect(second).toMatch(/^NTF {2}Notifier chains +1\/3 statements +1 passed, 1 failed/);
    expect(third).toMatch(/^SKB {2}Socket buffers +0\/3 statements +0 passed, 1 error, 2 not app/);
  });

  it('says of an area without features of its own whose state it', () => {
    const { scenarios, statements } = sample();
    const guest = { ...statements[0], id: 'PKT-01', area: 'PKT', areaTitle: 'Packet types' };
    const shared = scenarios.map((one, place) =>
      place === 0 ? { ...one, statements: [...one.statements, guest.id] } : one,
    );
    const given = { scenarios: shared, statements: [...statements, guest as StatementResult] };
    expect(renderSummary(sample(given), plain)).toMatch(
      /^PKT {2}Packet types +1\/1 statements +in CSM$/m,
    );
  });

  it('ends in one line that says it all', () => {
    expect(lastLine(renderSummary(allPassed(), plain))).toBe(
      'kernspec: 13 passed (notes profile, mychk 0.3.1, seed 1)',
    );
    expect(lastLine(renderSummary(sample(), plain))).toBe(
      'kernspec: 5 passed, 3 failed, 1 error, 1 inconclusive, 1 not run, 2 not applicable, ' +
        'CUT SHORT (notes profile, mychk 0.3.1, seed 1)',
    );
  });

  it('explains a failure: rule, step, values, likely bug and where to look', () => {
    const text = renderSummary(sample(), plain);
    for (const part of [
      '1)  CSM-08  The sum of a region is the one’s complement sum of its 16-bit words',
      'step        Then the sums are those of the table (line 45)',
      'expected    region 1: 0xddf2\n                  region 2: 0xdcfb',
      'actual      region 1: 0xddf2\n                  region 2: 0xddf1',
      'An odd last octet is added as the low byte of its word',
      'kernspec explain CSM-08',
      'features/network/checksum.feature:42',
    ])
      expect(text).toContain(part);
  });

  it('puts what needs attention after what does not, failures before errors', () => {
    const text = renderSummary(sample(), plain);
    const places = [
      'CSM  ',
      'Not applicable',
      '✗ failed',
      '! error',
      '? inconclusive',
      'CUT SHORT',
    ];
    const found = places.map((part) => text.indexOf(part));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found).not.toContain(-1);
  });

  it('shows one failure for all that fail alike, ten in full, and counts the rest', () => {
    const text = renderSummary(large(500), plain);
    expect(text).toContain('scenarios in the same way: Scenario number 150');
    expect(text).toContain('\n 10)  CSM-08');
    expect(text).not.toContain('11)  ');
    expect(text).toMatch(/\nand \d+ more: CSM \d+\n/);
  });

  it('leaves out areas of which nothing was judged and groups the reasons', () => {
    const text = renderSummary(nothingApplies(), plain);
    expect(text).toBe(
      'Not applicable\n    13  mychk offers no capability that this needs\n\n' +
        'kernspec: 0 passed, 13 not applicable (notes profile, mychk 0.3.1, seed 1)\n',
    );
  });

  it('says so when nothing was selected', () => {
    expect(renderSummary(nothingSelected(), plain)).toBe(
      'kernspec: no scenario was selected (notes profile, mychk 0.3.1, seed 1)\n',
    );
  });

  it('lets no text of an implementation speak to the terminal', () => {
    expect(HOSTILE).toContain('\u001b');
    expect(renderSummary(sample(), plain)).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  });

  it('colours only when asked to, and says the same then', () => {
    const coloured = renderSummary(sample(), { colour: true });
    expect(coloured).toContain('\u001b[31m');
    const bare = coloured.replaceAll(/\u001b\[\d+m/g, '').replaceAll(/ +\n/g, '\n');
    expect(bare).toBe(renderSummary(sample(), plain).replaceAll(/ +\n/g, '\n'));
  });

  it('names figures, and shows their tables when asked to', () => {
    expect(renderSummary(sample(), plain)).not.toContain('Figures');
    const named = renderSummary(withFigure(), plain);
    expect(named).toContain('Figures  (the tables: --figures; the plots: index.html)\n');
    expect(named).toContain('\n  Sums against length (CSM-10)\n');
    expect(named).not.toContain('by words');
    expect(renderSummary(withFigure(), { ...plain, figures: true })).toContain(
      [
        '    length  by words  by octets  wrong',
        '    octets       1/s        1/s',
        '         0     90000      90000      0',
        '       500     12000          –      0',
        '      1000      6000     1500.5      3',
        '      1500      4000       1000      –',
      ].join('\n'),
    );
  });

  it('fits the width where words allow it', () => {
    const results = allPassed();
    const [scenario] = results.scenarios;
    const reason = 'it offers no such thing '.repeat(20).trim();
    const scenarios = [{ ...scenario!, verdict: 'not-applicable' as const, reason }];
    const lines = renderSummary(sample({ scenarios }), { colour: false, width: 60 }).split('\n');
    const wrapped = lines.filter((line) => line.includes('such thing'));
    expect(wrapped.length).toBeGreaterThan(5);
    for (const line of wrapped) expect(line.length).toBeLessThanOrEqual(60);
  });
});

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1);
}
