/** kernspec adapters. */
import { NATIVE } from '../native-table.ts';
import { buildNative } from '../native.ts';
import { EXIT } from '../gate.ts';
import { CannotDrive } from '../problems.ts';
import { print } from './terminal.ts';

/**
 * Builds the named ones, or all, and prints where each program is. One that cannot be built here does not
 * keep the others from it.
 */
export async function adaptersBuildCommand(names: readonly string[]): Promise<number> {
  const problems: string[] = [];
  for (const name of names.length > 0 ? names : Object.keys(NATIVE)) {
    try {
      print(buildNative(name, { patient: true }));
    } catch (error) {
      if (!(error instanceof CannotDrive)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new CannotDrive(problems.join('\n'));
  return EXIT.asExpected;
}
