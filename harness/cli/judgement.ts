/** What the gate says. */
import { EXIT, type Judgement } from '../gate.ts';
import { colour, print } from './terminal.ts';

export function printJudgement({ findings, known, exit }: Judgement): void {
  for (const { kind, scenario, says } of findings) {
    const bad = kind === 'new' || kind === 'changed';
    print(
      `${bad ? colour.red(`✗ ${kind}`) : colour.yellow(`! ${kind}`)}  ${scenario}\n    ${says}`,
    );
  }
  const verdict =
    exit === EXIT.asExpected ? colour.green('as expected') : colour.red('not as expected');
  print(`gate: ${verdict}, ${known} known failures, ${findings.length} findings`);
}
