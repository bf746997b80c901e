/** kernspec serve. */
import { loadBoot, resolveTarget } from '../load.ts';
import { UsageError } from '../problems.ts';
import { serve } from '../serve.ts';

export async function serveCommand(module: string): Promise<number> {
  const target = resolveTarget(module);
  if (target.kind !== 'module') throw new UsageError(`${module} is a command, and serves itself`);
  await serve(await loadBoot(target.file), process.stdin, process.stdout);
  return 0;
}
