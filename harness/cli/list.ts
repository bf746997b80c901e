/** kernspec list. */
import type { PortSpec } from '../../contract/index.ts';
import { PORTS } from '../../contract/schemas.ts';
import { NAMES } from '../load.ts';
import { UsageError } from '../problems.ts';
import { readBook, type Book } from '../run.ts';
import { selectScenarios } from '../select.ts';
import type { SpecifiedScenario } from '../specification.ts';
import { colour, print } from './terminal.ts';

const LISTS: Readonly<Record<string, (book: Book, chosen: readonly SpecifiedScenario[]) => void>> =
  {
    areas: listAreas,
    rules: listRules,
    scenarios: listScenarios,
    capabilities: listCapabilities,
    implementations: () => NAMES.forEach((name) => print(name)),
  };

export async function listCommand(
  what = 'areas',
  { only = [] }: { only?: readonly string[] },
): Promise<number> {
  const list = Object.hasOwn(LISTS, what) ? LISTS[what] : undefined;
  if (list === undefined) {
    throw new UsageError(`there is no list of ${what}; there are ${Object.keys(LISTS).join(', ')}`);
  }
  const book = readBook();
  list(book, selectScenarios(book.specification.scenarios, book.catalogue, only));
  return 0;
}

function listAreas({ catalogue, specification }: Book, chosen: readonly SpecifiedScenario[]): void {
  const areas = new Map<string, string>();
  for (const { area, areaTitle } of catalogue) areas.set(area, areaTitle);
  const widest = Math.max(...[...areas.values()].map(({ length }) => length));
  for (const [area, title] of areas) {
    const own = catalogue.filter((statement) => statement.area === area);
    const ids = new Set(own.map(({ id }) => id));
    const mine = ({ statements }: { statements: readonly string[] }) =>
      statements.some((id) => ids.has(id));
    const scenarios = chosen.filter(mine);
    const stated = own.filter(({ id }) =>
      scenarios.some(({ statements }) => statements.includes(id)),
    );
    const rules = specification.rules.filter(mine);
    if (chosen.length < specification.scenarios.length && scenarios.length === 0) continue;
    const counts = `${String(own.length).padStart(3)} statements, ${stated.length} stated by ${rules.length} rules in ${scenarios.length} scenarios`;
    const line = `${area.padEnd(4)} ${title.padEnd(widest)} ${counts}`;
    print(scenarios.length === 0 ? colour.dim(line) : line);
  }
}

function listRules({ specification }: Book, chosen: readonly SpecifiedScenario[]): void {
  let feature = '';
  for (const rule of specification.rules) {
    const count = chosen.filter((s) => s.feature === rule.feature && s.rule === rule.name).length;
    if (count === 0) continue;
    if (rule.feature !== feature) print(colour.bold(`features/${rule.feature}`));
    feature = rule.feature;
    const profiles = rule.profiles.length > 0 ? `  [${rule.profiles.join(', ')}]` : '';
    print(`  ${rule.statements.join(' ')}  ${rule.name}${profiles}  (${count})`);
  }
}

function listScenarios(_: Book, chosen: readonly SpecifiedScenario[]): void {
  for (const { key, statements } of chosen) print(`${statements.join(' ').padEnd(16)} ${key}`);
}

function listCapabilities({ specification }: Book): void {
  for (const [name, port] of Object.entries<PortSpec>(PORTS)) {
    const count = specification.scenarios.filter(({ capabilities }) => capabilities.includes(name));
    print(`${colour.bold(name)} ${port.version}  ${port.does}`);
    print(`    ${Object.keys(port.methods).join(', ')}`);
    print(`    needed by ${count.length} scenarios`);
  }
}
