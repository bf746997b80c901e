/** What can be wrong with a script, and where. */
import { UsageError } from '../problems.ts';

/** Line and column in the script, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What a script asks for that this runner does not have. */
export interface Lack {
  readonly place: Place;
  readonly what: string;
}

/** The script is not in the language; its message begins with file, line and column. */
export class ScriptError extends UsageError {
  constructor(file: string, place: Place, says: string) {
    super(`${placeText(file, place)}: ${says}`);
  }
}

/** The script is in the language, but in a part of it that this runner does not have. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
  readonly lack: Lack;

  constructor(place: Place, what: string) {
    super(what);
    this.lack = { place, what };
  }
}

export function placeText(file: string, { line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** What the implementation did is not what the script says. */
export class Difference extends Error {
  override readonly name = 'Difference';
  readonly expected: string;
  readonly actual: string;

  constructor(message: string, expected: string, actual: string) {
    super(message);
    this.expected = expected;
    this.actual = actual;
  }
}
