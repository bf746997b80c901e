/** All implementations against all statements, and each with each, as one page. */
import {
  characterOf,
  type Column,
  type ComparedArea,
  type Comparison,
  type Deviation,
  LEGEND,
  type Mark,
} from '../conformance.ts';
import { headline, matrixOf, type PairFigures } from '../interop.ts';
import { counted } from '../text.ts';
import { renderPage } from './page.ts';
import { linkTo } from './parts.ts';
import { type Content, html, type Raw } from './template.ts';

const TITLE = 'Who does what the specification says';

export function conformanceHtml(comparison: Comparison): string {
  const { suite, date, command, columns, areas, pairs } = comparison;
  return renderPage({
    title: `kernspec: ${TITLE}`,
    body: html`<a class="skip" href="#statements">To the statements</a>
      <div class="page">
        <header id="top">
          <p class="brand">kernspec</p>
          <h1>${TITLE}</h1>
          <p class="lead">Suite <b>${suite}</b>, <b>${date}</b></p>
          <p class="source">Made by <code>${command}</code></p>
        </header>
        ${contents(comparison)}
        <main>
          ${implementationTable(columns)} ${pairs.length > 0 && interopSection(pairs)}
          <section id="statements">
            <h2>Statements</h2>
            ${legend()} ${areas.map((area) => areaSection(area, columns))}
          </section>
          ${columns.map(deviationSection)}
        </main>
      </div>`,
  });
}

function contents({ areas, columns, pairs }: Comparison): Raw {
  const deviating = columns.filter(({ deviations }) => deviations.length > 0);
  return html`<nav id="contents" aria-label="Contents">
    <h2>Contents</h2>
    <ul>
      <li>${linkTo('implementations', 'Implementations')}</li>
      ${pairs.length > 0 && html`<li>${linkTo('interop', 'Who understands whom')}</li>`}
      ${areas.map(({ id, title }) => html`<li>${linkTo(areaAnchor(id), html`<b>${id}</b> ${title}`)}</li>`)}
      ${deviating.map(
        (one) =>
          html`<li>${linkTo(deviationAnchor(one.name), `What ${one.name} does otherwise`)}</li>`,
      )}
    </ul>
  </nav>`;
}

const areaAnchor = (id: string) => `area-${id}`;
const deviationAnchor = (name: string, statement?: string) =>
  ['deviations', name, statement].filter((part) => part !== undefined).join('-');

// --- tables ------------------------------------------------------------------------------------

function implementationTable(columns: readonly Column[]): Raw {
  return html`<section id="implementations">
    <h2>Implementations</h2>
    ${scrolling(
      'Implementations',
      html`<table class="data numbers named">
        <thead>
          <tr>
            ${headCell('Implementation')}
            <th scope="col" class="text">Version</th>
            <th scope="col" class="text">Profile</th>
            ${['Passed', 'Judged', 'Known', 'Unexplained'].map(headCell)}
          </tr>
        </thead>
        <tbody>
          ${columns.map(implementationRow)}
        </tbody>
      </table>`,
    )}
  </section>`;
}

function implementationRow(column: Column): Raw {
  const { name, version, profile, passed, judged, explained, unexplained, deviations } = column;
  return html`<tr>
    <th scope="row">${deviations.length > 0 ? linkTo(deviationAnchor(name), name) : name}</th>
    <td class="text">${version}</td>
    <td class="text">${profile}</td>
    <td>${passed}</td>
    <td>${judged}</td>
    <td>${explained}</td>
    <td>${unexplained > 0 ? html`<b class="badge fail">${unexplained}</b>` : 0}</td>
  </tr>`;
}

function interopSection(pairs: readonly PairFigures[]): Raw {
  const [head = [], ...rows] = matrixOf(pairs);
  const obstacles = new Set(pairs.flatMap(({ obstacle }) => obstacle ?? []));
  return html`<section id="interop">
    <h2>Who understands whom</h2>
    <p>
      Scenarios of the lab that two of them pass together, of those that both can play. A row is the
      host under judgement, a column its peer.
    </p>
    ${scrolling(
      'Who understands whom',
      html`<table class="data numbers named">
        <thead>
          <tr>
            ${head.map(headCell)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([name = '', ...cells]) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
    ${pairs.map(misunderstood)}
    ${[...obstacles].map((obstacle) => html`<p class="reason">${obstacle}</p>`)}
  </section>`;
}

function misunderstood(pair: PairFigures): Content {
  const bad = [...pair.misunderstandings, ...pair.unplayed];
  if (bad.length === 0) return undefined;
  return html`<details>
    <summary>${headline(pair)}</summary>
    <ul>
      ${bad.map(({ key, why }) => html`<li>${key}${why !== undefined && html`<p class="reason">${why}</p>`}</li>`)}
    </ul>
  </details>`;
}

function legend(): Raw {
  return html`<dl class="legend">
    ${LEGEND.map(
      ([mark, meaning]) =>
        html`<dt>${markOf(mark) ?? 'empty'}</dt>
          <dd>${meaning}</dd>`,
    )}
  </dl>`;
}

function areaSection({ id, title, statements }: ComparedArea, columns: readonly Column[]): Raw {
  const anchor = areaAnchor(id);
  return html`<section class="area" id="${anchor}" aria-labelledby="${anchor}-title">
    <h3 id="${anchor}-title"><span class="id">${id}</span> ${title}</h3>
    ${scrolling(
      title,
      html`<table class="marks">
        <thead>
          <tr>
            ${['Id', 'What it says', ...columns.map(({ name }) => name)].map(headCell)}
          </tr>
        </thead>
        <tbody>
          ${statements.map(
            (one) =>
              html`<tr id="${one.id}">
                <th scope="row" class="id">${one.id}</th>
                <td>${one.says}</td>
                ${one.marks.map((mark, at) => html`<td>${markCell(mark, one.id, columns[at])}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
  </section>`;
}

/** A mark that calls for a reason leads to it. */
function markCell(mark: Mark, statement: string, column: Column | undefined): Content {
  const explained = column?.deviations.some(({ statements }) => statements.includes(statement));
  if (!explained || column === undefined) return markOf(mark);
  return linkTo(deviationAnchor(column.name, statement), markOf(mark));
}

/** The character is read by eyes, the word by a screen reader and by a hovering hand. */
function markOf(mark: Mark): Content {
  const character = characterOf(mark);
  if (character === '') return undefined;
  const word = LEGEND.find(([one]) => one === mark)?.[1] ?? mark;
  return html`<abbr class="badge ${mark}" title="${word}">${character}</abbr>`;
}

const headCell = (text: string): Raw => html`<th scope="col">${text}</th>`;

function scrolling(label: string, table: Raw): Raw {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${table}</div>`;
}

// --- deviations --------------------------------------------------------------------------------

function deviationSection({ name, deviations }: Column): Content {
  if (deviations.length === 0) return undefined;
  const placed = new Set<string>();
  return html`<section id="${deviationAnchor(name)}">
    <h2>What ${name} does otherwise</h2>
    ${deviations.map((one) => deviationArticle(name, one, placed))}
  </section>`;
}

/** A statement's place is the first deviation that touches it. */
function deviationArticle(name: string, deviation: Deviation, placed: Set<string>): Raw {
  const { statements, scenarios, reason, known } = deviation;
  const heads = statements.map((id) => {
    const anchor = deviationAnchor(name, id);
    const place = placed.has(anchor) ? undefined : html` id="${anchor}"`;
    placed.add(anchor);
    return html`<a class="id" ${place} href="#${id}">${id}</a> `;
  });
  return html`<article class="deviation">
    <p class="over">${heads}<span class="where">${counted(scenarios, 'scenario')}</span></p>
    <p>${known ? reason : html`<b class="badge fail">${reason}</b>`}</p>
  </article>`;
}
