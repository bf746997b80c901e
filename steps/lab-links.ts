/** Links as the tables of features describe them. */
import type { DataTable } from '@cucumber/cucumber';
import type { LinkOptions } from '../harness/lab/index.ts';
import { nanosecondsFrom } from './parameter-types-clock.ts';

/** What each column says of a link, and how. */
const COLUMNS: Readonly<Record<string, (text: string) => LinkOptions>> = {
  'bits a second': (text) => ({ bitsPerSecond: numberFrom('bits a second', text) }),
  delay: (text) => ({ delayNs: timeFrom('delay', text) }),
  queue: (text) => ({ queue: numberFrom('queue', text) }),
  MTU: (text) => ({ mtu: numberFrom('MTU', text) }),
  loss: (text) => ({ loss: partFrom('loss', text) }),
  reordering: (text) => ({ reordering: partFrom('reordering', text) }),
  duplication: (text) => ({ duplication: partFrom('duplication', text) }),
  corruption: (text) => ({ corruption: partFrom('corruption', text) }),
};

/** A row for each link. @throws RangeError — a column or a value cannot be read. */
export function linksFrom(table: DataTable): LinkOptions[] {
  return table.hashes().map((row) => {
    const options = Object.entries(row).map(([name, text]) => optionFrom(name, text));
    return options.reduce((all, one) => ({ ...all, ...one }), {});
  });
}

function optionFrom(name: string, text: string): LinkOptions {
  const read = COLUMNS[name];
  if (read !== undefined) return read(text);
  throw new RangeError(`a link has no "${name}"; columns are ${Object.keys(COLUMNS).join(', ')}`);
}

function numberFrom(name: string, text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new RangeError(`${name} of a link is "${text}", and should be a number`);
}

function timeFrom(name: string, text: string): number {
  const time = nanosecondsFrom(text);
  if (time !== undefined) return time;
  throw new RangeError(`${name} of a link is "${text}", and should be a time, such as 10 ms`);
}

/** "10 %" as 0.1. */
export function partFrom(name: string, text: string): number {
  const [, percent] = /^(-?\d+(?:\.\d+)?) %$/.exec(text) ?? [];
  if (percent !== undefined) return Number(percent) / 100;
  throw new RangeError(`${name} of a link is "${text}", and should be a part, such as 10 %`);
}
