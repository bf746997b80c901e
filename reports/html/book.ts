/** The specification as a book: areas, their statements, and the features that show them. */
import type { AreaChapter, FeatureChapter, RuleChapter } from '../book.ts';
import { scenariosOf } from '../book.ts';
import type { RuleResult, ScenarioResult, StatementResult } from '../results.ts';
import { counted } from '../text.ts';
import {
  countVerdicts,
  needsAttention,
  reasonOf,
  STATUS,
  verdictCount,
  worst,
} from '../verdicts.ts';
import type { Anchors } from './anchors.ts';
import { figureBlock } from './figure.ts';
import { addressOf, badge, linkTo, statementLinks, stepList } from './parts.ts';
import { type Content, html, type Raw } from './template.ts';

export function bookSection(areas: readonly AreaChapter[], anchors: Anchors): Raw {
  const shownIn = rulesByStatement(areas, anchors);
  return html`<section id="book">
    <h2>The specification</h2>
    ${areas.length === 0 && html`<p>The results hold no statements and no scenarios.</p>`}
    ${areas.map((area) => areaSection(area, anchors, shownIn))}
  </section>`;
}

export function contentsList(areas: readonly AreaChapter[], anchors: Anchors): Raw {
  return html`<ul>
    ${areas.map(
      (area) =>
        html`<li data-for="${anchors.area(area)}">
          ${linkTo(anchors.area(area), html`<b>${area.id}</b> ${area.title}`)} ${areaNote(area)}
        </li>`,
    )}
  </ul>`;
}

/** In the contents there is room for a mark and a number; the words are for who cannot see them, or points at them. */
function areaNote(area: AreaChapter): Content {
  const scenarios = scenariosOf(area);
  const status = worst(scenarios);
  if (status === 'not-covered') return undefined;
  const count = countVerdicts(scenarios).get(status) ?? 0;
  const words = verdictCount(status, count);
  return html`<span class="badge ${status}" title="${words}"
    ><span aria-hidden="true">${STATUS[status].mark}</span>
    <span aria-hidden="true" class="number">${count}</span
    ><span class="unseen">${words}</span></span
  >`;
}

type RuleLinks = ReadonlyMap<string, readonly Raw[]>;

function rulesByStatement(areas: readonly AreaChapter[], anchors: Anchors): RuleLinks {
  const links = new Map<string, Raw[]>();
  for (const area of areas)
    for (const feature of area.features)
      for (const chapter of feature.rules)
        for (const id of new Set(chapter.rule?.statements)) {
          const link = linkTo(anchors.rule(feature, chapter), chapter.name);
          links.set(id, [...(links.get(id) ?? []), link]);
        }
  return links;
}

function areaSection(area: AreaChapter, anchors: Anchors, shownIn: RuleLinks): Raw {
  const id = anchors.area(area);
  return html`<section class="area" id="${id}" data-group aria-labelledby="${id}-title">
    <h3 id="${id}-title"><span class="id">${area.id}</span> ${area.title}</h3>
    ${area.statements.length > 0 && statementTable(area, shownIn)}
    ${area.features.map((feature) => featureSection(feature, anchors))}
  </section>`;
}

function statementTable(area: AreaChapter, shownIn: RuleLinks): Raw {
  return html`<table class="statements" data-group>
    <caption>
      ${counted(area.statements.length, 'statement')}
    </caption>
    <thead>
      <tr>
        <th scope="col">Id</th>
        <th scope="col">What it says</th>
        <th scope="col">Status</th>
      </tr>
    </thead>
    <tbody>
      ${area.statements.map((one) => statementRow(one, shownIn.get(one.id) ?? []))}
    </tbody>
  </table>`;
}

function statementRow(statement: StatementResult, rules: readonly Raw[]): Raw {
  const { id, says, kind, status, scenarios, passed } = statement;
  return html`<tr id="${id}" data-status="${status}">
    <th scope="row"><a class="id" href="${addressOf(id)}">${id}</a></th>
    <td>
      ${says}${kind !== 'behaviour' && html` <span class="tag">${kind}</span>`}
      ${rules.length > 0 && html`<p class="rules">Stated by: ${rules.map((rule, place) => html`${place > 0 && '; '}${rule}`)}</p>`}
    </td>
    <td>
      ${kind === 'context' && scenarios === 0 ? html`<span class="where">needs none</span>` : badge(status)}
      ${scenarios > 0 && html`<span class="where">${passed} of ${scenarios}</span>`}
    </td>
  </tr>`;
}

function featureSection(feature: FeatureChapter, anchors: Anchors): Raw {
  return html`<section class="feature" id="${anchors.feature(feature)}" data-group>
    <h4>${feature.title} <span class="where">${feature.path}</span></h4>
    ${feature.description === '' ? '' : html`<p>${feature.description}</p>`}
    ${feature.rules.map((chapter) => ruleSection(feature, chapter, anchors))}
  </section>`;
}

function ruleSection(feature: FeatureChapter, chapter: RuleChapter, anchors: Anchors): Raw {
  const { name, rule, scenarios } = chapter;
  return html`<section class="rule" id="${anchors.rule(feature, chapter)}" data-group>
    <h5 class="norm">${name || 'Outside any rule'}</h5>
    ${rule && ruleFacts(rule, anchors)}
    ${scenarios.flatMap(({ figures = [] }) => figures.map(figureBlock))}
    ${scenarios.length === 0 && html`<p class="where">No scenario of this rule was selected.</p>`}
    <ul class="scenarios">
      ${scenarios.map((one) => scenarioItem(one, anchors))}
    </ul>
  </section>`;
}

function ruleFacts(rule: RuleResult, anchors: Anchors): Raw {
  const { description, level, profiles, source, statements } = rule;
  return html`<p class="facts">
      <span class="tag level">${level}</span>${statementLinks(statements, anchors)}
      ${profiles.map((profile) => html` <span class="tag">${profile} only</span>`)}
      <span class="source">Source: ${source}</span>
    </p>
    ${description !== '' && html`<p class="description">${description}</p>`}`;
}

function scenarioItem(scenario: ScenarioResult, anchors: Anchors): Raw {
  const { name, verdict, property, steps } = scenario;
  return html`<li
    class="scenario ${verdict}"
    id="${anchors.scenario(scenario)}"
    data-status="${verdict}"
    data-scenario
  >
    <details>
      <summary>
        ${badge(verdict)}
        <span class="name">${name}</span>${property && html` <span class="tag">property</span>`}
      </summary>
      ${steps.length > 0 && stepList(steps)}${reasonLine(scenario, anchors)}
    </details>
  </li>`;
}

function reasonLine(scenario: ScenarioResult, anchors: Anchors): Content {
  if (scenario.verdict === 'pass') return undefined;
  const more = needsAttention(scenario) && linkTo(anchors.failure(scenario), 'the failure in full');
  return html`<p class="reason">${reasonOf(scenario)} ${more}</p>`;
}
