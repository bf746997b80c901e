/** The newcomer's path: a kit, a mechanism written, a line broken and understood, a gate. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { has, kernspec, ROOT, temporaryFolder } from '../kernspec.ts';

interface Kit {
  readonly lang: string;
  readonly needs: readonly string[];
  readonly file: string;
  readonly build?: (folder: string) => void;
  readonly impl: string;
  /** The function as it comes, and as somebody wrote it. */
  readonly mechanism: readonly [from: string, to: string];
  /** A line, and a mistake in it that breaks NTF-01. */
  readonly mistake: readonly [from: string, to: string];
}

function ran(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd });
  expect(`${stdout.toString()}${stderr.toString()}`).not.toContain('error');
  expect(status).toBe(0);
}

/** What "npm install" does for the kit, without a registry. */
function linkPackages(folder: string): void {
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(ROOT, path.join(folder, 'node_modules', 'kernspec'));
}

const KITS: readonly Kit[] = [
  {
    lang: 'c',
    needs: ['cc', 'make'],
    file: 'my_kernel.c',
    build: (folder) => ran('make', [], folder),
    impl: './my_kernel',
    mechanism: [
      '\t(void)list;\n\t(void)event;\n\t(void)data;\n\treturn NOTIFY_DONE;\n',
      [
        '\tint answer = NOTIFY_DONE;',
        '\tstruct notifier_block *block;',
        '\tfor (block = *list; block != NULL; block = block->next) {',
        '\t\tanswer = block->notifier_call(block, event, data);',
        '\t\tif (answer & NOTIFY_STOP_MASK)',
        '\t\t\tbreak;',
        '\t}',
        '\treturn answer;',
        '',
      ].join('\n'),
    ],
    mistake: ['(*list)->priority >= block->priority', '(*list)->priority > block->priority'],
  },
  {
    lang: 'python',
    needs: ['python3'],
    file: 'my_kernel.py',
    impl: 'python3 my_kernel.py',
    mechanism: [
      '    As it stands it tells nobody.\n    """\n    return NOTIFY_DONE\n',
      [
        '    """',
        '    answer, block = NOTIFY_DONE, chain.first',
        '    while block is not None:',
        '        answer = block.notifier_call(block, event, data)',
        '        if answer & NOTIFY_STOP_MASK:',
        '            break',
        '        block = block.next',
        '    return answer',
        '',
      ].join('\n'),
    ],
    mistake: ['after.priority >= block.priority', 'after.priority > block.priority'],
  },
  {
    lang: 'typescript',
    needs: [],
    file: 'my-kernel.ts',
    build: (folder) =>
      ran(process.execPath, [path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')], folder),
    impl: './dist/my-kernel.js',
    mechanism: [
      'event: number, data: string): number {\n  return NOTIFY_DONE;\n',
      [
        'event: number, data: string): number {',
        '  let answer = NOTIFY_DONE;',
        '  for (let block = chain.first; block !== null; block = block.next) {',
        '    answer = block.notifierCall(event, data);',
        '    if (answer & NOTIFY_STOP_MASK) break;',
        '  }',
        '  return answer;',
        '',
      ].join('\n'),
    ],
    mistake: ['priority >= block.priority', 'priority > block.priority'],
  },
];

for (const kit of KITS) {
  const able = kit.needs.every(has);
  if (!able) console.log(`skipped: the kit for ${kit.lang} needs ${kit.needs.join(' and ')}`);

  describe.skipIf(!able)(`in ${kit.lang}`, () => {
    let folder: string;

    beforeAll(async () => {
      folder = path.join(temporaryFolder(), 'my-kernel');
      const { code, stdout } = await kernspec(['init', '--lang', kit.lang, folder]);
      expect(code).toBe(0);
      expect(stdout).toContain('kernspec doctor --impl');
      if (kit.lang === 'typescript') linkPackages(folder);
      kit.build?.(folder);
    });

    const edit = ([from, to]: readonly [string, string]): void => {
      const file = path.join(folder, kit.file);
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(from);
      writeFileSync(file, text.replace(from, to));
      kit.build?.(folder);
    };
    // What the kits have; the rest does not apply to them.
    const only = ['--only', 'NTF', '--only', 'CSM'];
    const run = (...more: string[]) =>
      kernspec(['run', '--impl', kit.impl, ...only, ...more], { cwd: folder });

    test('the kit is in good health, and lacks the mechanism', async () => {
      const doctor = await kernspec(['doctor', '--impl', kit.impl], { cwd: folder });
      expect(doctor.stdout).toContain('ready to be judged');
      expect(doctor.code).toBe(0);
      const { code, stdout } = await run();
      expect(stdout).toMatch(/CSM +Checksums +4\/17 statements +\d+ passed, \d+ not applicable/);
      expect(stdout).toContain('kernspec explain NTF-01');
      expect(stdout).toContain('likely bug  Calls nobody, whoever is on the chain.');
      expect(code).toBe(1);
      const explained = await kernspec(['explain', 'NTF-03'], { cwd: folder });
      expect(explained.stdout).toContain('| firewall | 10       |');
      expect(explained.stdout).toContain(
        'failed, in the same way as "Event 0x00000001 about eth0"',
      );
    });

    test('written, broken, understood, gated, mended', async () => {
      edit(kit.mechanism);
      expect((await run()).code).toBe(0);

      edit(kit.mistake);
      const broken = await run();
      expect(broken.code).toBe(1);
      expect(broken.stdout).toContain(
        'NTF-01  Notifiers of equal priority hear an event in order of registration',
      );
      const explained = await kernspec(['explain', 'NTF-01'], { cwd: folder });
      expect(explained.stdout).toContain('✗ Three equals and one superior  failed');
      expect(explained.stdout).toContain("expected    [ 'chief', 'alpha', 'bravo', 'charlie' ]");

      const baseline = ['--baseline', 'known.yaml'];
      await kernspec(['gate', 'write', ...baseline], { cwd: folder });
      expect((await run(...baseline)).code).toBe(0);

      edit([kit.mistake[1], kit.mistake[0]]);
      const mended = await run(...baseline);
      expect(mended.stdout).toContain('it passes now; remove it');
      expect(mended.code).toBe(3);
      await kernspec(['gate', 'update', ...baseline], { cwd: folder });
      expect((await run(...baseline)).code).toBe(0);
    });
  });
}
