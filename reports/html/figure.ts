/** What a case study measured: a plot, and the numbers below it. */
import { cellText, figureColumns } from '../figure.ts';
import type { Figure } from '../results.ts';
import { plot } from './plot.ts';
import { html, type Raw } from './template.ts';

export function figureBlock(figure: Figure): Raw {
  const columns = figureColumns(figure);
  return html`<figure>
    <figcaption>${figure.title}</figcaption>
    <div class="scroll" tabindex="0" role="group" aria-label="Plot">${plot(figure)}</div>
    <details>
      <summary>The numbers</summary>
      <div class="scroll" tabindex="0" role="group" aria-label="Table of the figure">
        <table class="data numbers">
          <tr>
            ${columns.map(({ label, unit }) => html`<th scope="col">${label}${unit !== '' && html` <span class="where">${unit}</span>`}</th>`)}
          </tr>
          ${figure.x.values.map(
            (_, row) =>
              html`<tr>
                ${columns.map(({ values }) => html`<td>${cellText(values[row])}</td>`)}
              </tr>`,
          )}
        </table>
      </div>
    </details>
  </figure>`;
}
