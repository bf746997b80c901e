import { describe, expect, it } from 'vitest';

import { renderJUnit } from '../../reports/junit.ts';
import { allPassed, large, nothingApplies, nothingSelected, sample } from './sample.ts';

describe('JUnit XML', () => {
  it('counts a suite per feature', () => {
    const xml = renderJUnit(sample());
    expect(xml).toContain(
      '<testsuites name="kernspec" tests="13" failures="3" errors="2" skipped="3">',
    );
    expect(xml).toContain('<testsuite name="network/checksum.feature" tests="7" failures="2"');
  });

  it('names a case by feature, scenario and statements', () => {
    expect(renderJUnit(sample())).toContain(
      '<testcase classname="network/checksum.feature" name="An empty region sums to zero [CSM-08]"/>',
    );
  });

  it('tells the story of a failure', () => {
    const xml = renderJUnit(sample());
    expect(xml).toContain(
      '<failure message="1 of 2 sums differs: the odd octet was padded on the wrong side" type="difference">',
    );
    expect(xml).toContain(
      'Rule: The sum of a region is the one’s complement sum of its 16-bit words',
    );
    expect(xml).toContain('Look deeper: kernspec explain CSM-08');
    expect(xml).toContain('<system-err><![CDATA[mychk: summing 7 octets');
  });

  it('takes inconclusive as an error, so that it is noticed', () => {
    expect(renderJUnit(sample())).toContain(
      '<error message="the scene could not be set: register answered ENOMEM" type="inconclusive">',
    );
  });

  it('skips with the reason what does not apply or did not run', () => {
    const xml = renderJUnit(sample());
    expect(xml).toContain(
      '<skipped message="mychk does not offer the capability &quot;sk-buff&quot;"/>',
    );
    expect(xml).toContain('<skipped message="the run ended before it"/>');
  });

  it('describes the run on each suite', () => {
    const xml = renderJUnit(sample());
    for (const [name, value] of Object.entries({
      implementation: 'mychk 0.3.1',
      profile: 'notes',
      seed: '1',
      cutShort: 'interrupted by SIGINT',
    }))
      expect(xml.split(`<property name="${name}" value="${value}"/>`)).toHaveLength(4);
    expect(renderJUnit(allPassed())).not.toContain('cutShort');
  });

  it('has times when it is given some, and none of its own', () => {
    const { scenarios } = sample();
    const durations = new Map(scenarios.map(({ key }) => [key, 0.1]));
    const xml = renderJUnit(sample(), durations);
    expect(xml).toContain('time="0.1"');
    expect(xml).toMatch(/<testsuite name="network\/sk-buff.feature"[^>]* time="0.3"/);
    expect(renderJUnit(sample())).not.toMatch(/time(stamp)?=/);
    expect(renderJUnit(sample())).toBe(renderJUnit(sample()));
  });

  it('stays well-formed whatever an implementation wrote', () => {
    const xml = renderJUnit(sample());
    expect(xml).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f]/);
    const outsideData = xml.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
    expect(outsideData).not.toMatch(/<(script|img|\/style)/);
    const opened = outsideData.match(/<[a-z][^<]*?[^/]>/g) ?? [];
    expect(outsideData.match(/<\/[a-z-]+>/g)).toHaveLength(opened.length);
  });

  it('holds at the edges', () => {
    expect(renderJUnit(nothingSelected())).toContain('<testsuites name="kernspec" tests="0"');
    expect(renderJUnit(nothingApplies())).toContain('failures="0" errors="0" skipped="13"');
    expect(renderJUnit(large(500))).toContain('tests="500" failures="50"');
  });
});
