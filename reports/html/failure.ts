/** One failure with everything that helps to find its cause. */
import { captureFile } from '../capture-file.ts';
import { compareTexts, type Part, type Row } from '../difference.ts';
import type { Failure, RuleResult, ScenarioResult } from '../results.ts';
import { clip, counted } from '../text.ts';
import { explainCommand, FAILURE_KIND, messageOf, sourcePlace, STATUS } from '../verdicts.ts';
import type { Anchors } from './anchors.ts';
import { badge, linkTo, statementLinks, stepList, verbatim } from './parts.ts';
import { type Content, html, NEWLINE, type Raw } from './template.ts';

const LONGEST_LINE = 4_000;
const LONGEST_COMPARED = 40_000;

export function failureArticle(
  scenario: ScenarioResult,
  rule: RuleResult | undefined,
  anchors: Anchors,
): Raw {
  const { failure, verdict } = scenario;
  return html`<article
    class="failure ${verdict}"
    id="${anchors.failure(scenario)}"
    data-status="${verdict}"
  >
    <header>
      <p class="over">
        ${badge(verdict)} ${statementLinks(scenario.statements, anchors)}
        <span class="where">${sourcePlace(scenario)}</span>
      </p>
      <h3>${scenario.rule || scenario.name}</h3>
      <p class="example">${linkTo(anchors.scenario(scenario), scenario.name)}</p>
      ${rule && html`<p class="source">Source: ${rule.source}</p>`}
    </header>
    ${stepList(scenario.steps)} ${failure ? failureBody(failure, scenario) : reason(scenario)}
    <p class="deeper">Look deeper: <code>${explainCommand(scenario)}</code></p>
  </article>`;
}

function reason(scenario: ScenarioResult): Raw {
  return html`<p class="message">${scenario.reason ?? STATUS[scenario.verdict].word}</p>`;
}

function failureBody(failure: Failure, scenario: ScenarioResult): Raw {
  const message = messageOf(failure);
  return html`<p class="kind">
      ${FAILURE_KIND[failure.kind]}
      <span class="where">at “${failure.step}”, line ${failure.line}</span>
    </p>
    ${message !== undefined && html`<p class="message">${clip(message, LONGEST_LINE)}</p>`}
    ${comparison(failure)}
    ${
      failure.counterexample !== undefined &&
      html`<h4>Smallest case found</h4>
        ${verbatim(failure.counterexample)}`
    }
    ${likelyBugs(failure)} ${packets(failure, captureFile(scenario))} ${exchange(failure.exchange)}
    ${
      failure.stderr !== undefined &&
      html`<details>
        <summary>End of its log</summary>
        ${verbatim(failure.stderr)}
      </details>`
    }
    <p class="where">Fingerprint ${failure.fingerprint}</p>`;
}

function comparison({ expected, actual }: Failure): Content {
  if (expected === undefined && actual === undefined) return undefined;
  if (expected === undefined) return alone('Actual', actual ?? '');
  if (actual === undefined) return alone('Expected', expected);
  const rows = compareTexts(clip(expected, LONGEST_COMPARED), clip(actual, LONGEST_COMPARED));
  return html`<div class="compare">
    <section>
      <h4>Expected</h4>
      <pre>${rows.map((row) => side(row, 'expected'))}</pre>
    </section>
    <section>
      <h4>Actual</h4>
      <pre>${rows.map((row) => side(row, 'actual'))}</pre>
    </section>
  </div>`;
}

function alone(title: string, text: string): Raw {
  return html`<h4>${title}</h4>
    ${verbatim(text)}`;
}

/** `del` and `ins` tell a screen reader, too, what differs. */
function side(row: Row, name: 'expected' | 'actual'): Raw {
  const parts = row[name];
  // An empty line keeps the two sides level where the other has a line more.
  if (!parts) return html`<span class="line absent">${NEWLINE}</span>`;
  const changed = parts.some(({ differs }) => differs);
  const marks = parts.map((part) => marked(part, name));
  return html`<span class="line${changed && ' changed'}">${marks}${NEWLINE}</span>`;
}

function marked({ text, differs }: Part, name: 'expected' | 'actual'): Content {
  if (!differs) return text;
  return name === 'expected' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`;
}

function likelyBugs({ likelyBugs: bugs }: Failure): Content {
  if (bugs.length === 0) return undefined;
  return html`<h4>Likely bugs</h4>
    <ol class="bugs">
      ${bugs.map(
        ({ does, mutant, statement, likeness }) =>
          html`<li>
            ${does}
            <span class="where"
              >${Math.round(likeness * 100)} % alike · ${statement} · ${mutant}</span
            >
          </li>`,
      )}
    </ol>`;
}

/** The frames in words, and as a file in the page itself, which may have been sent elsewhere. */
function packets({ packets: lines, capture }: Failure, file: string): Content {
  if (lines === undefined || capture === undefined) return undefined;
  const name = file.replace(/^.*\//, '');
  return html`<h4>Packets</h4>
    <p class="where">
      <code>&gt;</code> to the host, <code>&lt;</code> from it; seconds since it was started; all of
      them for Wireshark:
      <a download="${name}" href="data:application/x-pcapng;base64,${capture}">${name}</a>
    </p>
    <pre class="exchange">${lines.map(packetLine)}</pre>`;
}

function packetLine(line: string): Raw {
  return html`<span class="line">${clip(line, LONGEST_LINE)}${NEWLINE}</span>`;
}

function exchange(lines: readonly string[]): Content {
  if (lines.length === 0) return undefined;
  return html`<details>
    <summary>The last ${counted(lines.length, 'line')} exchanged</summary>
    <p class="where"><code>&gt;</code> to the implementation, <code>&lt;</code> from it</p>
    <pre class="exchange">${lines.map(exchangedLine)}</pre>
  </details>`;
}

function exchangedLine(line: string): Raw {
  const direction = line.startsWith('>') ? 'sent' : 'received';
  return html`<span class="line ${direction}">${clip(line, LONGEST_LINE)}${NEWLINE}</span>`;
}
