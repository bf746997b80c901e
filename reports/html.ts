/**
 * The results as one page that needs nothing else: no request, no framework. Failures come first,
 * then the specification as a book.
 */
import { createHash } from 'node:crypto';

import { arrange } from './book.ts';
import { type Anchors, makeAnchors } from './html/anchors.ts';
import { bookSection, contentsList } from './html/book.ts';
import { failureArticle } from './html/failure.ts';
import { filterForm, pageHeader } from './html/header.ts';
import { SCRIPT } from './html/script.ts';
import { STYLE } from './html/style.ts';
import { type Content, html, type Raw, raw } from './html/template.ts';
import type { Results } from './results.ts';
import { troubles } from './verdicts.ts';

export function renderHtml(results: Results): string {
  const areas = arrange(results);
  const anchors = makeAnchors(results, areas);
  const { implementation, profile } = results;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>
          kernspec: ${implementation.name} ${implementation.version}, ${profile} profile
        </title>
        ${inline('style', STYLE)}
      </head>
      <body>
        <a class="skip" href="#book">To the specification</a>
        <div class="page">
          ${pageHeader(results)} ${results.scenarios.length > 0 && filterForm(results)}
          <nav id="contents" aria-label="Areas">
            ${areas.length > 0 && html`<h2>Areas</h2>`}${contentsList(areas, anchors)}
          </nav>
          <main>${failuresSection(results, anchors)} ${bookSection(areas, anchors)}</main>
        </div>
        ${results.scenarios.length > 0 && inline('script', SCRIPT)}
      </body>
    </html> `;
  return page.markup;
}

/**
 * A second wall behind the escaping: the browser runs this one script, applies this one style sheet
 * and asks for nothing.
 */
function contentPolicy(): string {
  return `default-src 'none'; img-src data:; style-src '${digest(STYLE)}'; script-src '${digest(SCRIPT)}'`;
}

/** Exactly the text whose digest the policy names: no white space may get in. */
function inline(element: 'style' | 'script', text: string): Raw {
  return raw(`<${element}>${text}</${element}>`);
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function failuresSection(results: Results, anchors: Anchors): Content {
  const scenarios = troubles(results.scenarios);
  if (scenarios.length === 0) return undefined;
  const ruleKey = (feature: string, name: string) => JSON.stringify([feature, name]);
  const rules = new Map(results.rules.map((rule) => [ruleKey(rule.feature, rule.name), rule]));
  return html`<section id="failures" data-group>
    <h2>Failures <span class="count">${scenarios.length}</span></h2>
    ${scenarios.map((one) => failureArticle(one, rules.get(ruleKey(one.feature, one.rule)), anchors))}
  </section>`;
}
