/** kernspec init: a starter kit that builds, and lacks one mechanism. */
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { folderToWrite, writeOne } from '../../reports/folder.ts';
import { UsageError } from '../problems.ts';
import { fileFromRoot, ROOT } from '../root.ts';
import { colour, print } from './terminal.ts';

type Language = 'c' | 'python' | 'typescript';

/** How a kit is built, and what --impl is then given. */
const KITS: Readonly<
  Record<Language, { build?: string; impl: string; beside: readonly string[] }>
> = {
  c: {
    build: 'make',
    impl: './my_kernel',
    beside: ['adapters/c/kernspec.h', 'adapters/c/kernspec.c'],
  },
  python: { impl: '"python3 my_kernel.py"', beside: [] },
  typescript: { build: 'npm install && npm run build', impl: './dist/my-kernel.js', beside: [] },
};

export async function initCommand(
  folder: string | undefined,
  { lang }: { lang: Language },
): Promise<number> {
  const target = folder ?? `my-kernel-${lang}`;
  refuseWhatIsThere(target);
  const { build, impl, beside } = KITS[lang];
  folderToWrite(target);
  cpSync(fileFromRoot('adapters', 'starter', lang), target, { recursive: true });
  for (const file of beside) cpSync(fileFromRoot(file), path.join(target, path.basename(file)));
  if (lang === 'typescript') dependOnThis(path.join(target, 'package.json'));
  print(`${colour.bold(target)} holds ${readdirSync(target).join(', ')}`);
  print('');
  print('checksum works; one mechanism is left for you: the call of a notifier chain. Next:');
  for (const line of [
    `cd ${target}`,
    ...(build === undefined ? [] : [build]),
    `kernspec doctor --impl ${impl}`,
    `kernspec run --impl ${impl}`,
    'kernspec explain NTF-03',
  ]) {
    print(`  ${line}`);
  }
  return 0;
}

function refuseWhatIsThere(target: string): void {
  const there = existsSync(target) ? statSync(target) : undefined;
  if (there === undefined || (there.isDirectory() && readdirSync(target).length === 0)) return;
  const why = there.isDirectory() ? 'not empty' : 'a file';
  throw new UsageError(`${target} is ${why}; name a folder that is not there yet`);
}

/** The kit is typed against the contract of the kernspec that wrote it. */
function dependOnThis(file: string): void {
  const kit = JSON.parse(readFileSync(file, 'utf8')) as object;
  const devDependencies = { kernspec: `file:${ROOT}`, typescript: '^5.9.0' };
  writeOne(file, `${JSON.stringify({ ...kit, devDependencies }, null, 2)}\n`);
}
