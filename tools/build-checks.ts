/**
 * Part of the build: writes the ports out as a run needs them.
 *
 * To build all schemas takes longer than to run a scenario, so a run has the names in one JSON file and the
 * checks in a module a port, and asks the schemas only about what those refuse.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { PORTS } from '../contract/ports.ts';
import type { PortSpec } from '../contract/port.ts';
import { BatchArgs, HelloArgs, HelloValue, ResetArgs } from '../contract/protocol.ts';
import { CHECKS, PORTS_JSON } from '../harness/built-ports.ts';
import { CHECK_PRELUDE, CheckSource } from './check-source.ts';

type Schemas = Readonly<Record<string, z.ZodType>>;

function moduleText(from: string, groups: Readonly<Record<string, Schemas>>): string {
  const source = new CheckSource();
  const checks = Object.entries(groups).map(([name, schemas]) => {
    const members = Object.entries(schemas).map(([kind, schema]) => `${kind}: ${source.of(schema)}`);
    return `  ${JSON.stringify(name)}: { ${members.join(', ')} },`;
  });
  const table = `export default {\n${checks.join('\n')}\n};`;
  return [`// Made by the build from ${from}.`, CHECK_PRELUDE, source.text, table, ''].join('\n\n');
}

mkdirSync(CHECKS, { recursive: true });
for (const [capability, { methods }] of Object.entries<PortSpec>(PORTS)) {
  const text = moduleText(`the port ${capability}`, methods as never);
  writeFileSync(`${CHECKS}/${capability}.js`, text);
}
