/** The message streams of several portions as that of one test run. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Where the stream of a portion is kept until then. */
export function partOf(file: string, portion: number): string {
  return `${file}.${portion}`;
}

/** What the stream of a test run begins with, and what it ends with. */
const BEGINS = /^\{"(?:meta|testRunStarted)"/;
const ENDS = /^\{"testRunFinished"/;

const RUN_ID = /\{"testRunStarted":\{"id":"([^"]*)"/;

/** Joins them in their order, and takes them away; what was cut short has its last line in pieces. */
export function joinMessages(file: string, portions: number): void {
  const parts = Array.from({ length: portions }, (_, at) => partOf(file, at)).filter((part) =>
    existsSync(part),
  );
  // Steps are defined alike for all that one worker has run, and are told but once.
  const joined = new Set<string>();
  const ends: string[] = [];
  let id: string | undefined;
  for (const part of parts) {
    const text = readFileSync(part, 'utf8');
    rmSync(part);
    const own = RUN_ID.exec(text)?.[1] ?? '';
    for (const line of text.slice(0, text.lastIndexOf('\n')).split('\n')) {
      if (ENDS.test(line)) ends.push(line.replace(own, id ?? own));
      else if (id === undefined || !BEGINS.test(line)) joined.add(line.replace(own, id ?? own));
    }
    id ??= own;
  }
  // The run has failed where one of them has.
  const end = ends.find((line) => line.includes('"success":false')) ?? ends.at(-1);
  if (end !== undefined) joined.add(end);
  writeFileSync(file, [...joined, ''].join('\n'));
}
