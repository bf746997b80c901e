/** The scripts that come along: what they are, that they hold, and that they notice. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Action, Script, ScriptEvent } from '../../harness/packetdrill/ast.ts';
import { judgeScript } from '../../harness/packetdrill/judge-script.ts';
import { printScript } from '../../harness/packetdrill/print.ts';
import {
  readScript,
  readScripts,
  type ReadScript,
} from '../../harness/packetdrill/read-scripts.ts';
import { CALLS } from '../../harness/packetdrill/plan-call.ts';
import { SYSCTLS } from '../../harness/packetdrill/sysctl.ts';
import { TOLD_FIELDS } from '../../harness/packetdrill/tcp-info.ts';
import { readCatalogue } from '../../harness/catalogue.ts';
import { closeSession, greet, session } from '../../harness/session.ts';
import { PROFILES, type Profile } from '../../contract/index.ts';
import { ROOT } from '../kernspec.ts';

const FOLDER = path.join(ROOT, 'features', 'packetdrill');

const scripts = readScripts([FOLDER]);

const nameOf = ({ file }: ReadScript) => path.basename(file);

describe('the scripts', () => {
  test('are many, and all of them can be run', () => {
    expect(scripts.length).toBeGreaterThanOrEqual(40);
    expect(scripts.flatMap(({ lacks }) => lacks)).toEqual([]);
  });

  test.each(scripts.map((script) => [nameOf(script), script] as const))(
    '%s says what it shows, and whence',
    (_, { heading, file }) => {
      const ids = new Set(readCatalogue().map(({ id }) => id));
      expect(heading.title).not.toBe('');
      expect(heading.source).not.toBe('');
      expect(heading.statements.length).toBeGreaterThan(0);
      expect(heading.statements.filter((id) => !ids.has(id))).toEqual([]);
      expect(heading.profiles.filter((name) => !PROFILES.some((known) => known === name))).toEqual(
        [],
      );
      // What only this runner reads: comments after "#", and a "+" before the end of a call.
      const text = readFileSync(file, 'utf8');
      expect(text).not.toMatch(/^\s*#/m);
      expect(text).not.toMatch(/\.\.\.\+/);
    },
  );
});

test('the document names every call, setting and field', () => {
  const document = readFileSync(path.join(ROOT, 'docs', 'packetdrill.md'), 'utf8');
  const settings = Object.keys(SYSCTLS).map((name) => name.replace('net.ipv4.', ''));
  const missing = [...CALLS, ...settings, ...TOLD_FIELDS].filter(
    (name) => !document.includes(name),
  );
  expect(missing).toEqual([]);
});

describe.each(['notes', 'linux-2.6.11'] as const)('on the reference as %s', (profile: Profile) => {
  beforeAll(async () => {
    const bounds = { runs: 0, callTimeoutMs: 2000, maxRestarts: 0 };
    await greet({ impl: 'reference', isolate: false, profile, seed: 7, ...bounds });
  });

  afterAll(() => closeSession());

  const own = scripts.filter(
    ({ heading: { profiles } }) => profiles.length === 0 || profiles.includes(profile),
  );

  test.each(own.map((script) => [nameOf(script), script] as const))(
    '%s holds',
    async (_, script) => {
      const { verdict, failure } = await judgeScript(script, session());
      expect(failure?.message).toBeUndefined();
      expect(verdict).toBe('pass');
    },
  );

  test.each(own.map((script) => [nameOf(script), script] as const))(
    '%s notices what is otherwise',
    async (_, { file, script, heading }) => {
      for (const other of otherwise(script as Script)) {
        const text = printScript(other);
        const { verdict } = await judgeScript({ ...readScript(file, text), heading }, session());
        expect(verdict, text).not.toBe('pass');
      }
    },
  );
});

/** The script with one expectation after the other changed to a wrong one. */
function otherwise(script: Script): Script[] {
  return script.events.flatMap((event, at) => {
    const changed = otherEvent(event);
    if (changed === undefined) return [];
    const events = script.events.with(at, { ...event, action: changed });
    return [{ ...script, events }];
  });
}

function otherEvent({ action }: ScriptEvent): Action | undefined {
  // What the numbers of a SYN are, the script itself decides.
  if (action.kind === 'tcp' && action.direction === 'out' && !action.flags.includes('S')) {
    const { from, to, length } = action.sequence;
    return { ...action, sequence: { from: from + 1, to: to + 1, length } };
  }
  if (action.kind === 'tcp' && action.direction === 'out') {
    return { ...action, flags: `F${action.flags}` };
  }
  const { result } = action.kind === 'call' ? action : { result: undefined };
  if (action.kind !== 'call' || result?.kind !== 'number') return undefined;
  // Descriptors are the script's to number.
  if (['socket', 'accept'].includes(action.name) && result.value >= 0) return undefined;
  return { ...action, result: { ...result, value: result.value + 1 } };
}
