/**
 * The rules of the house that no other tool knows, as data.
 *
 * Run by "npm run tidy"; prints each breach with file and line, and what to do instead.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CAPABILITIES } from '../contract/schemas.ts';
import { readCatalogue } from '../harness/catalogue.ts';
import { ROOT } from '../harness/root.ts';
import { readSpecification, type Rule } from '../harness/specification.ts';
import { propertyNames } from '../properties/property.ts';
import { unusedSteps } from './unused-steps.ts';

/** Folder -> folders that it may import from, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  reports: [],
  reference: ['contract'],
  adapters: ['contract', 'reference'],
  mutants: ['contract', 'reference'],
  harness: ['contract', 'reports'],
  steps: ['contract', 'harness'],
  properties: ['contract', 'harness'],
};

/** What makes two runs with one seed differ -> what to use instead; in reference/ only. */
const BANNED: ReadonlyArray<readonly [pattern: RegExp, instead: string]> = [
  [/\bDate\b|\bperformance\b|process\.hrtime/, 'the virtual clock'],
  [/\bset(?:Timeout|Interval|Immediate)\b|queueMicrotask|process\.nextTick/, 'a kernel timer'],
  [/Math\.random|\bcrypto\b/, 'the seeded random source'],
  [/\bconsole\b|process\.env/, 'trace records and boot options'],
  [/\basync\b|\bawait\b|\bPromise\b/, 'a plain call; the adapter does the awaiting'],
];

/** Longest file of the reference and the harness; what is longer is two things. */
const MAX_LINES = 400;

/** Left behind by somebody; the words are taken apart so that this file does not find itself. */
const LEFT_BEHIND = new RegExp(
  ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].map((word) => `\\b${word}\\b`).join('|') +
    '|\\.on' +
    'ly\\(|@ts-' +
    'ignore',
);

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/;

interface Source {
  /** Path below the root, with forward slashes. */
  readonly file: string;
  readonly lines: readonly string[];
}

function sources(folder: string, ending: RegExp): Source[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.includes('node_modules'))
    .sort()
    .map((name) => {
      const file = path.posix.join(folder, name.split(path.sep).join('/'));
      return { file, lines: readFileSync(path.join(ROOT, file), 'utf8').split('\n') };
    });
}

/** Each line that a rule objects to, as file:line: what. */
function* breaches(
  from: readonly Source[],
  objection: (line: string, source: Source) => string | undefined,
): Generator<string> {
  for (const source of from) {
    for (const [at, line] of source.lines.entries()) {
      const what = objection(line, source);
      if (what !== undefined) yield `${source.file}:${at + 1}: ${what}`;
    }
  }
}

export function importObjection(line: string, file: string): string | undefined {
  const target = IMPORT.exec(line)?.[1];
  const [folder = ''] = file.split('/');
  const allowed = MAY_IMPORT[folder];
  if (target === undefined || allowed === undefined) return undefined;
  const [to = ''] = path.posix.join(path.posix.dirname(file), target).split('/');
  if (to === folder || allowed.includes(to)) return undefined;
  return `${folder}/ may import from ${[...allowed, 'itself'].join(', ')}, not from ${to}/`;
}

export function banObjection(line: string): string | undefined {
  if (/^\s*(?:\*|\/\*|\/\/)/.test(line)) return undefined;
  const banned = BANNED.find(([pattern]) => pattern.test(line));
  return banned && `${banned[0].exec(line)?.[0]} makes runs differ; use ${banned[1]}`;
}

function* codeBreaches(): Generator<string> {
  const folders = [...Object.keys(MAY_IMPORT), 'tools', 'bench', 'test'];
  const all = folders.flatMap((folder) => sources(folder, /\.(?:ts|feature|[ch])$/));
  const features = sources('features', /\.feature$/);
  yield* breaches(all, (line, { file }) => importObjection(line, file));
  yield* breaches(sources('reference', /\.ts$/), (line) => banObjection(line));
  yield* breaches([...all, ...features], (line) =>
    LEFT_BEHIND.test(line) ? 'left behind; do it or file an issue' : undefined,
  );
  for (const { file, lines } of all) {
    const bounded = /^(?:reference|harness|contract)\//.test(file);
    if (bounded && lines.length > MAX_LINES) {
      yield `${file}:${MAX_LINES}: longer than ${MAX_LINES} lines; it is more than one thing`;
    }
  }
}

/** What a run imports must not build schemas. */
function* contractBreaches(): Generator<string> {
  const withSchemas = sources('contract', /\.ts$/)
    .filter(({ lines }) => lines.some((line) => line.includes("from 'zod'")))
    .map(({ file }) => `'./${path.posix.basename(file)}'`);
  yield* breaches(sources('contract', /^index\.ts$/), (line) =>
    line.startsWith('export * from') && withSchemas.some((file) => line.includes(file))
      ? 'it has schemas, which take long to build; write "export type *"'
      : undefined,
  );
}

/** A tag below a rule is added to the rule's: it can widen its profiles, never narrow them. */
function* widened(
  rules: readonly Rule[],
  text: ReadonlyMap<string, readonly string[]>,
): Generator<string> {
  for (const { feature, line, profiles } of rules) {
    if (profiles.length === 0) continue;
    const lines = text.get(feature) ?? text.get(`features/${feature}`) ?? [];
    for (let at = line; at < lines.length && !/^\s*Rule:/.test(lines[at] ?? ''); at++) {
      const isNextRules = /^\s*Rule:/.test(lines[at + 1] ?? '');
      if (isNextRules || !/^\s*@.*@profile:|^\s*@profile:/.test(lines[at] ?? '')) continue;
      yield `features/${feature}:${at + 1}: profiles are added to those of the rule; make it a rule of its own`;
    }
  }
}

function* featureBreaches(): Generator<string> {
  const { rules, scenarios } = readSpecification();
  const ids = new Set(readCatalogue().map(({ id }) => id));
  const text = new Map(sources('features', /\.feature$/).map(({ file, lines }) => [file, lines]));
  for (const rule of rules) {
    const at = `features/${rule.feature}:${rule.line}`;
    const tags = text.get(`features/${rule.feature}`)?.[rule.line - 2] ?? '';
    if (rule.statements.length === 0)
      yield `${at}: the rule states nothing of the catalogue; tag it`;
    for (const id of rule.statements) {
      if (!ids.has(id)) yield `${at}: @${id} is no statement of features/catalogue.yaml`;
    }
    if (rule.source === '') yield `${at}: the rule names no Source:`;
    if (!/@(?:must|should|may|property)\b/.test(tags))
      yield `${at}: tag the rule @must, @should, @may or @property`;
  }
  yield* widened(rules, text);
  const keys = new Set<string>();
  for (const { key, feature, line, capabilities } of scenarios) {
    const at = `features/${feature}:${line}`;
    if (keys.has(key)) yield `${at}: a second scenario with the key "${key}"; rename one`;
    keys.add(key);
    if (capabilities.length === 0) yield `${at}: the scenario needs a @cap: tag`;
    for (const name of capabilities) {
      if (!(CAPABILITIES as readonly string[]).includes(name)) {
        yield `${at}: @cap:${name} is no capability of the contract`;
      }
    }
  }
}

async function* stepBreaches(): AsyncGenerator<string> {
  for (const step of await unusedSteps()) yield `${step}: no feature uses this step; remove it`;
  const features = sources('features', /\.feature$/).flatMap(({ lines }) => lines);
  for (const name of propertyNames()) {
    const stated = features.some((line) => line.includes(`the property "${name}" holds`));
    if (!stated) yield `properties: no feature states the property "${name}"`;
  }
}

export async function tidy(): Promise<string[]> {
  const found = [...codeBreaches(), ...contractBreaches(), ...featureBreaches()];
  for await (const breach of stepBreaches()) found.push(breach);
  return found;
}

if (process.argv[1]?.endsWith('tidy.js') === true) {
  const found = await tidy();
  for (const breach of found) process.stdout.write(`${breach}\n`);
  process.stdout.write(`tidy: ${found.length} ${found.length === 1 ? 'breach' : 'breaches'}\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
