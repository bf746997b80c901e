/** Pieces that several parts of the page use. */
import type { ScenarioResult } from '../results.ts';
import { clip, visible } from '../text.ts';
import { type Status, STATUS } from '../verdicts.ts';
import type { Anchors } from './anchors.ts';
import { type Content, html, type Raw } from './template.ts';

/** A single line from a process may be megabytes long. */
const LONGEST_TEXT = 20_000;

export function badge(status: Status, text: string = STATUS[status].word): Raw {
  const { mark } = STATUS[status];
  return html`<span class="badge ${status}"><span aria-hidden="true">${mark}</span> ${text}</span>`;
}

export function statementLinks(ids: readonly string[], anchors: Anchors): Raw[] {
  return ids.map((id) =>
    anchors.hasStatement(id)
      ? html` <a class="id" href="${addressOf(id)}">${id}</a>`
      : html` <span class="id">${id}</span>`,
  );
}

/** The id as the page has it: what cannot be encoded has been written out. */
export function addressOf(anchor: string): string {
  return `#${encodeURIComponent(visible(anchor))}`;
}

export function linkTo(anchor: string, text: Content): Raw {
  return html`<a href="${addressOf(anchor)}">${text}</a>`;
}

/** Text as it came, line breaks and all. */
export function verbatim(text: string): Raw {
  return html`<pre>${clip(text, LONGEST_TEXT)}</pre>`;
}

type Step = ScenarioResult['steps'][number];

export function stepList(steps: readonly Step[]): Raw {
  return html`<ol class="steps">
    ${steps.map(stepItem)}
  </ol>`;
}

function stepItem(step: Step): Raw {
  return html`<li class="step ${step.status}">
    <b>${step.keyword.trim()}</b> ${step.text}${stepNote(step)}
    ${step.table && dataTable(step.table)}${step.docString !== undefined && verbatim(step.docString)}
  </li>`;
}

/** Only what is out of the ordinary is said. */
function stepNote({ status, tried }: Step): Content {
  if (status === 'failed')
    return html` <em class="note"><span aria-hidden="true">✗</span> failed here</em>`;
  if (status === 'skipped') return html` <em class="note">(skipped)</em>`;
  if (status === 'not-run') return html` <em class="note">(not run)</em>`;
  return tried !== undefined && html` <em class="note">(${tried} tried)</em>`;
}

function dataTable([head, ...rows]: readonly (readonly string[])[]): Raw {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Table of this step">
    <table class="data">
      ${
        head &&
        html`<tr>
          ${head.map((cell) => html`<th>${cell}</th>`)}
        </tr>`
      }
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </table>
  </div>`;
}
