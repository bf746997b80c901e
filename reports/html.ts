/**
 * The results as one page that needs nothing else: no request, no framework. Failures come first,
 * then the specification as a book.
 */
import { arrange } from './book.ts';
import { type Anchors, makeAnchors } from './html/anchors.ts';
import { bookSection, contentsList } from './html/book.ts';
import { failureArticle } from './html/failure.ts';
import { filterForm, pageHeader } from './html/header.ts';
import { renderPage } from './html/page.ts';
import { SCRIPT } from './html/script.ts';
import { type Content, html } from './html/template.ts';
import type { Results } from './results.ts';
import { troubles } from './verdicts.ts';

export function renderHtml(results: Results): string {
  const areas = arrange(results);
  const anchors = makeAnchors(results, areas);
  const { implementation, profile } = results;
  return renderPage({
    title: `kernspec: ${implementation.name} ${implementation.version}, ${profile} profile`,
    script: results.scenarios.length > 0 ? SCRIPT : undefined,
    body: html`<a class="skip" href="#book">To the specification</a>
      <div class="page">
        ${pageHeader(results)} ${results.scenarios.length > 0 && filterForm(results)}
        <nav id="contents" aria-label="Areas">
          ${areas.length > 0 && html`<h2>Areas</h2>`}${contentsList(areas, anchors)}
        </nav>
        <main>${failuresSection(results, anchors)} ${bookSection(areas, anchors)}</main>
      </div>`,
  });
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
