/**
 * Part of the build: writes the ports out as a run needs them.
 *
 * To build every schema takes longer than to run a scenario, so a run has names and errnos in a JSON file and
 * the checks in a module a port, and asks the schemas only about what those refuse.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import type { PortSpec } from '../contract/index.ts';
import { MESSAGES, PORTS } from '../contract/schemas.ts';
import { PORTS_JSON } from '../harness/built-ports.ts';
import { CHECKS, PROTOCOL_CHECKS } from '../harness/checks.ts';
import { CHECK_PRELUDE, CheckSource } from './check-source.ts';

type Checked = Readonly<Record<string, { readonly args: z.ZodType; readonly ok: z.ZodType }>>;

function writeModule(name: string, operations: Checked): void {
  const source = new CheckSource();
  const table = Object.entries(operations).map(
    ([operation, { args, ok }]) =>
      `  ${operation}: { args: ${source.of(args)}, ok: ${source.of(ok)} },`,
  );
  const parts = [
    '// Made by the build from the contract.',
    CHECK_PRELUDE,
    source.text,
    `module.exports = {\n${table.join('\n')}\n};\n`,
  ];
  writeFileSync(path.join(CHECKS, `${name}.cjs`), parts.join('\n\n'));
}

const ports = Object.entries<PortSpec>(PORTS);

mkdirSync(CHECKS, { recursive: true });
writeModule(PROTOCOL_CHECKS, MESSAGES);
for (const [capability, { methods }] of ports) writeModule(capability, methods);

const built = ports.map(([capability, { version, methods }]) => {
  const names = Object.entries(methods).map(([name, { errnos, sleeps }]) => {
    return [name, { errnos, sleeps }] as const;
  });
  return [capability, { version, methods: Object.fromEntries(names) }] as const;
});
writeFileSync(PORTS_JSON, JSON.stringify(Object.fromEntries(built)));
