/** kernspec doctor. */
import type { Profile } from '../../contract/index.ts';
import { counted, shellWord } from '../../reports/text.ts';
import { examine, type Diagnosis, type Severity } from '../doctor.ts';
import { EXIT } from '../gate.ts';
import { loadImplementation } from '../load.ts';
import { CannotDrive, ImplementationFailed } from '../problems.ts';
import { colour, print } from './terminal.ts';

export interface DoctorCommandOptions {
  readonly impl: string;
  readonly profile?: Profile;
  readonly seed: number;
  readonly callTimeout: number;
  readonly isolate?: boolean;
}

const MARKS: Readonly<Record<Severity, string>> = {
  good: colour.green('✓'),
  advice: colour.yellow('!'),
  wrong: colour.red('✗'),
};

export async function doctorCommand(options: DoctorCommandOptions): Promise<number> {
  const { impl, profile = 'notes', seed, callTimeout, isolate } = options;
  const found: Diagnosis[] = [];
  const hear = (diagnosis: Diagnosis): void => {
    found.push(diagnosis);
    print(`${MARKS[diagnosis.severity]} ${diagnosis.says}`);
  };
  try {
    // A module too is looked over from outside, as the wrong calls are nothing for its ports.
    const connect = await loadImplementation(impl, isolate ?? true);
    await examine(connect, { profile, seed, callTimeoutMs: callTimeout }, hear);
  } catch (error) {
    if (error instanceof ImplementationFailed) {
      throw new CannotDrive(`"${impl}" could not be greeted: ${error.message}`);
    }
    throw error;
  }
  const problems = found.filter(({ severity }) => severity === 'wrong').length;
  print(
    problems === 0
      ? `\nready to be judged: kernspec run --impl ${shellWord(impl)}`
      : `\n${counted(problems, 'problem')}; mend ${problems === 1 ? 'this' : 'these'} first`,
  );
  return problems === 0 ? EXIT.asExpected : EXIT.regression;
}
