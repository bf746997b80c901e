/** The shell of every page: it needs nothing else, and asks for nothing. */
import { createHash } from 'node:crypto';
import { STYLE } from './style.ts';
import { type Content, html, type Raw, raw } from './template.ts';

export interface Page {
  readonly title: string;
  readonly body: Content;
  /** The only script that the browser runs; the page is complete without it. */
  readonly script?: string | undefined;
}

export function renderPage({ title, body, script }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy(script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${inline('style', STYLE)}
      </head>
      <body>
        ${body} ${script !== undefined && inline('script', script)}
      </body>
    </html> `.markup;
}

/**
 * A second wall behind the escaping: the browser runs this one script, applies this one style sheet
 * and asks for nothing.
 */
function contentPolicy(script?: string): string {
  const scripts = script === undefined ? "'none'" : `'${digest(script)}'`;
  return `default-src 'none'; img-src data:; style-src '${digest(STYLE)}'; script-src ${scripts}`;
}

/** Exactly the text whose digest the policy names: no white space may get in. */
function inline(element: 'style' | 'script', text: string): Raw {
  return raw(`<${element}>${text}</${element}>`);
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
