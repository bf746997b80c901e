/** The head of the page: what was judged and how it went, and the filter. */
import type { Results, Verdict } from '../results.ts';
import { counted } from '../text.ts';
import { BY_URGENCY, STATUS, verdictCount } from '../verdicts.ts';
import { badge } from './parts.ts';
import { type Content, html, type Raw } from './template.ts';

export function pageHeader(results: Results): Raw {
  const { implementation } = results;
  return html`<header id="top">
    <p class="brand">kernspec</p>
    <h1>${implementation.name} <span class="version">${implementation.version}</span></h1>
    <p class="lead">
      Judged by the <b>${results.profile}</b> profile with seed <b>${results.seed}</b>.
    </p>
    ${cutShortBanner(results)} ${totals(results)} ${about(results)}
  </header>`;
}

function cutShortBanner({ cutShort, totals: counts }: Results): Content {
  if (cutShort === undefined) return undefined;
  const notRun = counts['not-run'];
  return html`<p class="cut-short" role="alert">
    <strong>Cut short: ${cutShort}.</strong>
    ${notRun > 0 && `${counted(notRun, 'scenario')} did not run.`} This is no verdict on the whole.
  </p>`;
}

function present({ totals: counts }: Results): Verdict[] {
  return BY_URGENCY.filter((verdict) => counts[verdict] > 0);
}

function totalOf(results: Results): number {
  return Object.values(results.totals).reduce((sum, count) => sum + count, 0);
}

function totals(results: Results): Raw {
  const total = totalOf(results);
  if (total === 0)
    return html`<p class="nothing">No scenario was selected: nothing was judged.</p>`;
  const legend = present(results).map(
    (verdict) => html`<li>${badge(verdict)} <b>${results.totals[verdict]}</b></li>`,
  );
  return html`${totalsBar(results, total)}
    <ul class="totals">
      <li><b>${total}</b> ${total === 1 ? 'scenario' : 'scenarios'}</li>
      ${legend}
    </ul>`;
}

/** The least share of the bar that a verdict gets: one failure in thousands must be seen. */
const LEAST_SHARE = 1 / 60;
const BAR_UNITS = 1000;

/** To scale apart from the least share; the numbers below say the same in words. */
function totalsBar(results: Results, total: number): Raw {
  let end = 0;
  const pieces = present(results).map((verdict) => {
    const count = results.totals[verdict];
    const start = end;
    const width = Math.ceil(Math.max(count / total, LEAST_SHARE) * BAR_UNITS);
    end += width;
    const title = html`<title>${verdictCount(verdict, count)}</title>`;
    return html`<rect class="${verdict}" x="${start}" width="${width}" height="1">${title}</rect>`;
  });
  return html`<svg class="bar" viewBox="0 0 ${end} 1" preserveAspectRatio="none" aria-hidden="true">
    ${pieces}
  </svg>`;
}

function about(results: Results): Raw {
  const { implementation, only, runs, shard, suite } = results;
  const facts: readonly (readonly [string, Content])[] = [
    ['Implementation', html`<code>${implementation.spec}</code>`],
    ['Declares profile', implementation.profile],
    ['Capabilities', tableText(implementation.capabilities, ' ')],
    ['Pinned', tableText(implementation.pinned, ' = ')],
    ['Only', only.join(', ')],
    ['Shard', shard],
    ['Generated cases', `${runs} for each property`],
    ['Suite', suite],
  ];
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  return html`<details id="about">
    <summary>About this run</summary>
    <dl>
      ${known.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </details>`;
}

function tableText(table: Readonly<Record<string, string | number>>, between: string): string {
  return Object.entries(table)
    .map(([name, value]) => `${name}${between}${value}`)
    .sort()
    .join(', ');
}

/** Hidden until the script that serves it runs. */
export function filterForm(results: Results): Raw {
  const choices = present(results).map((verdict) => choice(verdict, STATUS[verdict].word));
  return html`<form id="filter" role="search" aria-label="Filter scenarios" hidden>
    <fieldset>
      <legend>Show</legend>
      ${choice('', 'all', true)}${choices}
    </fieldset>
    <label class="search"
      >Containing
      <input type="search" name="text" placeholder="CSM-08, odd length" autocomplete="off"
    /></label>
    <output id="shown" aria-live="polite"></output>
  </form>`;
}

function choice(value: string, label: string, checked = false): Raw {
  return html`<label class="choice"
    ><input type="radio" name="status" value="${value}" ${checked && html` checked`} />
    ${label}</label
  >`;
}
