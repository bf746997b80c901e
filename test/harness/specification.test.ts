/** The features as data. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../harness/problems.ts';
import { parseSpecification, type Specification } from '../../harness/specification.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kernspec-features-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(text: string, file = 'net/wire.feature'): Specification {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
  return parseSpecification(folder);
}

const keys = (text: string) => read(text).scenarios.map(({ key }) => key);

const FEATURE = `@cap:wire
Feature: The wire

  @WIR-01 @WIR-02 @must @profile:notes
  Rule: A frame arrives once
    However long
    the wire is.
    Source: RFC 0, section 1;
    and its errata

    Background:
      Given a wire

    Scenario: Sent once
      When a frame is sent

    @may @cap:loss
    Scenario Outline: Sent over <metres> m
      When a frame is sent over <metres> m

      Examples:
        | metres |
        | 1      |
        | 100    |

  @WIR-03 @property @should
  Rule: Generated
    Scenario: Generated data
      Then the property "x" holds
`;

describe('a feature', () => {
  it('gives its rules', () => {
    const [rule, other] = read(FEATURE).rules;
    expect(rule).toEqual({
      feature: 'net/wire.feature',
      name: 'A frame arrives once',
      line: 5,
      description: 'However long the wire is.',
      source: 'RFC 0, section 1; and its errata',
      level: 'must',
      statements: ['WIR-01', 'WIR-02'],
      profiles: ['notes'],
    });
    expect(other).toMatchObject({ level: 'should', source: '', description: '' });
  });

  it('gives its scenarios with what they inherit', () => {
    const [once, one] = read(FEATURE).scenarios;
    expect(once).toEqual({
      key: 'net/wire.feature: Sent once',
      feature: 'net/wire.feature',
      rule: 'A frame arrives once',
      name: 'Sent once',
      line: 14,
      tags: ['@cap:wire', '@WIR-01', '@WIR-02', '@must', '@profile:notes'],
      statements: ['WIR-01', 'WIR-02'],
      capabilities: ['wire'],
      profiles: ['notes'],
      property: false,
    });
    expect(one).toMatchObject({ name: 'Sent over 1 m', line: 23, capabilities: ['wire', 'loss'] });
  });
});

describe('keys', () => {
  it('have no line number, so that they survive edits elsewhere', () => {
    const before = keys(FEATURE);
    expect(keys(FEATURE.replace('However long', 'However\n    very\n    long'))).toEqual(before);
  });

  it('have the cells where rows share a name', () => {
    expect(keys(FEATURE.replace('over <metres> m\n      When', 'far\n      When'))).toEqual([
      'net/wire.feature: Sent once',
      'net/wire.feature: Sent far {metres=1}',
      'net/wire.feature: Sent far {metres=100}',
      'net/wire.feature: Generated data',
    ]);
  });

  it('have the rule where rules share a name', () => {
    expect(keys(FEATURE.replace('Generated data', 'Sent once'))).toEqual([
      'net/wire.feature: A frame arrives once: Sent once',
      'net/wire.feature: Sent over 1 m',
      'net/wire.feature: Sent over 100 m',
      'net/wire.feature: Generated: Sent once',
    ]);
  });

  it('of the specification are all different', () => {
    const { scenarios } = parseSpecification();
    expect(new Set(scenarios.map(({ key }) => key)).size).toBe(scenarios.length);
  });
});

describe('what cannot stand in a feature', () => {
  it.each([
    [
      'nonsense',
      FEATURE.replace('Scenario: Sent', 'Scenari: Sent'),
      /^features\/net\/wire\.feature: .*\(14:/s,
    ],
    [
      'a row that is there already',
      FEATURE.replace('| 100 ', '| 1   '),
      /^features\/net\/wire\.feature:24: "Sent over 1 m" is there already, in line 23/,
    ],
    [
      'a scenario of one name in one rule',
      FEATURE.replace(
        'Scenario: Generated data',
        'Scenario: Generated data\n    Scenario: Generated data',
      ),
      /:29: "Generated data" is there already, in line 28/,
    ],
    [
      'a keyword that is misspelt, which Gherkin takes for description',
      'Feature: F\n  Rule: R\n    Senario: S\n      Given a wire\n',
      /^features\/net\/wire\.feature:3: "Senario: S" is no keyword; is Scenario: meant\?/,
    ],
    [
      'a rule in the plural',
      'Feature: F\n  Rules: R\n    Scenario: S\n      Given a wire\n',
      /^features\/net\/wire\.feature:2: "Rules: R" is no keyword; is Rule: meant\?/,
    ],
    [
      'a step that is misspelt, so that there is none',
      'Feature: F\n  Rule: R\n    Scenario: S\n      Gvien a wire\n',
      /^features\/net\/wire\.feature:4: "Gvien a wire" is no keyword; is Given meant\?/,
    ],
    [
      'a scenario in no rule',
      'Feature: F\n  Scenario: S\n    Given a wire\n',
      /^features\/net\/wire\.feature:2: "S" is in no Rule/,
    ],
  ])('%s', (_, text, says) => {
    expect(() => read(text)).toThrow(UsageError);
    expect(() => read(text)).toThrow(says);
  });
});
