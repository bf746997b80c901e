/**
 * The one way in which text gets into the page: everything that is put into the template is escaped,
 * except what the template itself has made.
 */
import { visible } from '../text.ts';

/** Markup; made by `html` only, or by `raw` from text of our own. */
export class Raw {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Content = Raw | string | number | undefined | false | readonly Content[];

/**
 * Values are escaped for element content and for quoted attributes; lists are joined. The template's
 * own indentation is left out, so a line break that matters is put in as a value: `${NEWLINE}`.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Raw {
  const pieces = withoutIndentation(strings).map((text, place) => text + markupOf(values[place]));
  return new Raw(pieces.join(''));
}

export const NEWLINE = '\n';

/** A template is the same object each time it is reached. */
const cleaned = new WeakMap<TemplateStringsArray, readonly string[]>();

function withoutIndentation(strings: TemplateStringsArray): readonly string[] {
  const known = cleaned.get(strings);
  if (known) return known;
  const texts = strings.map((text) => text.replace(/\s*\n\s*/g, NEWLINE));
  cleaned.set(strings, texts);
  return texts;
}

/** For our own style and script. */
export function raw(markup: string): Raw {
  return new Raw(markup);
}

function markupOf(value: Content): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Raw) return value.markup;
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escape(visible(String(value)));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
