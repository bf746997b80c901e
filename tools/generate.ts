/**
 * Writes what is made from the contract: the protocol document and the machine-readable schemas.
 *
 * "node dist/tools/generate.js --check" fails when a file is not what would be written.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { resultsSchema } from '../reports/json-schema.ts';
import { fileFromRoot } from '../harness/root.ts';
import { protocolDocument } from './protocol-document.ts';
import { protocolSchema } from './protocol-schema.ts';

/** Each generated file, and what makes it. */
const GENERATED: Readonly<Record<string, () => string>> = {
  'docs/protocol.md': protocolDocument,
  'contract/protocol.schema.json': () => JSON.stringify(protocolSchema()),
  'reports/results.schema.json': () => JSON.stringify(resultsSchema()),
};

export async function generated(file: string): Promise<string> {
  const make = GENERATED[file];
  if (make === undefined) throw new Error(`${file} is not generated`);
  const filepath = fileFromRoot(file);
  return format(make(), { ...(await resolveConfig(filepath)), filepath });
}

export const GENERATED_FILES = Object.keys(GENERATED);

function current(file: string): string {
  try {
    return readFileSync(fileFromRoot(file), 'utf8');
  } catch {
    return '';
  }
}

if (process.argv[1]?.endsWith('generate.js') === true) {
  const check = process.argv.includes('--check');
  for (const file of GENERATED_FILES) {
    const text = await generated(file);
    const stale = text !== current(file);
    if (stale && !check) writeFileSync(fileFromRoot(file), text);
    if (stale && check) process.exitCode = 1;
    const state = !stale ? 'up to date' : check ? 'stale; run "npm run generate"' : 'written';
    process.stdout.write(`${file}: ${state}\n`);
  }
}
