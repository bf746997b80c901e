/** The look of the page: a quiet book, light or dark, on a telephone or on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --raised: #f3f3ef; --line: #dcdcd5; --ink: #1e2124; --soft: #5a6068;
  --link: #1f5a96; --focus: #1f5a96;
  --pass: #1d6b40; --fail: #b0261c; --error: #86307a; --inconclusive: #7a5100; --none: #5a6068;
  --removed: #fbdcd8; --added: #fbe9b8;
  --look-0: #1f5a96; --look-1: #b3480f; --look-2: #1d6b40; --look-3: #86307a; --look-4: #7a5100; --look-5: #5a6068;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #17191c; --raised: #202327; --line: #363b41; --ink: #e3e5e8; --soft: #a3aab2;
    --link: #8fbff0; --focus: #8fbff0;
    --pass: #74cf9b; --fail: #ff8f84; --error: #e2a2da; --inconclusive: #e6b85e; --none: #a3aab2;
    --removed: #5c2722; --added: #55450f;
    --look-0: #8fbff0; --look-1: #ffab73; --look-2: #74cf9b; --look-3: #e2a2da; --look-4: #e6b85e; --look-5: #a3aab2;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 5rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
}
[hidden] { display: none !important; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
code, pre, .id { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code, .id { font-size: 0.9em; }
pre {
  margin: 0.35rem 0; padding: 0.6rem 0.8rem; background: var(--raised); border-radius: 4px;
  font-size: 0.85rem; line-height: 1.5; white-space: pre-wrap;
}
h1, h2, h3, h4, h5 { line-height: 1.25; margin: 0; text-wrap: balance; }
p { margin: 0.4rem 0; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.3rem 0.6rem; z-index: 2; }
.page { max-width: 76rem; margin: 0 auto; padding: 2.5rem 1.25rem 6rem; }

/* What was judged */
.brand { margin: 0; color: var(--soft); letter-spacing: 0.06em; font-size: 0.9rem; }
h1 { font-size: 2rem; font-weight: 650; letter-spacing: -0.01em; }
.version { font-weight: 400; color: var(--soft); }
.lead { color: var(--soft); margin-bottom: 1.2rem; }
.lead b { color: var(--ink); font-weight: 600; }
.cut-short { border: 2px solid var(--fail); border-radius: 4px; padding: 0.7rem 1rem; margin: 1rem 0; }
.cut-short strong { color: var(--fail); display: block; font-size: 1.1rem; }
.bar { display: block; width: 100%; height: 0.8rem; border-radius: 3px; background: var(--line); }
.bar rect { fill: var(--none); stroke: var(--paper); stroke-width: 2px; vector-effect: non-scaling-stroke; }
.bar .pass { fill: var(--pass); } .bar .fail { fill: var(--fail); } .bar .error { fill: var(--error); }
.bar .inconclusive { fill: var(--inconclusive); } .bar .not-run { fill: var(--line); }
.totals { list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.6rem; margin: 0.6rem 0 1rem; padding: 0; }
.totals b { font-variant-numeric: tabular-nums; }
#about summary { color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.2rem; margin: 0.6rem 0; font-size: 0.92rem; }
dt { color: var(--soft); } dd { margin: 0; }

/* Filter and contents */
#filter {
  position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line);
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1.2rem; padding: 0.6rem 0; margin: 0.8rem 0 2rem;
  font-size: 0.92rem;
}
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.1rem 0.2rem; align-items: center; }
legend { float: left; padding: 0; margin-right: 0.5rem; color: var(--soft); }
.choice { padding: 0.15rem 0.6rem; border: 1px solid transparent; border-radius: 1rem; cursor: pointer; }
.choice:has(:checked) { border-color: var(--ink); font-weight: 600; }
.choice:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 1px; }
.choice input { position: absolute; opacity: 0; pointer-events: none; }
.search { white-space: nowrap; color: var(--soft); flex: 1 1 14rem; display: flex; align-items: center; gap: 0.5rem; }
.search input {
  font: inherit; color: var(--ink); background: var(--raised); border: 1px solid var(--line);
  border-radius: 4px; padding: 0.25rem 0.5rem; width: 100%; min-width: 0; max-width: 22rem;
}
#shown { color: var(--soft); font-variant-numeric: tabular-nums; margin-left: auto; }
nav h2 { font-size: 0.92rem; font-weight: 600; color: var(--soft); margin-bottom: 0.4rem; }
nav ul { list-style: none; margin: 0 0 2rem; padding: 0; font-size: 0.92rem; }
nav li { padding: 0.15rem 0; display: flex; justify-content: space-between; gap: 0.6rem; }
nav a { color: inherit; text-decoration: none; } nav a:hover { text-decoration: underline; }
nav a:has(b) { padding-left: 2.9rem; text-indent: -2.9rem; }
nav b { display: inline-block; min-width: 2.6rem; text-indent: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.badge > .number { width: auto; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (min-width: 68rem) {
  .page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); column-gap: 3rem; }
  #top, #filter { grid-column: 1 / -1; }
  nav { position: sticky; top: 4.5rem; align-self: start; max-height: calc(100vh - 6rem); overflow-y: auto; }
  main { max-width: 52rem; }
}

/* Status: a mark and a word, and colour on top */
.badge { white-space: nowrap; font-weight: 600; font-size: 0.88rem; color: var(--none); }
.badge.pass { color: var(--pass); } .badge.fail { color: var(--fail); }
.badge.error { color: var(--error); } .badge.inconclusive { color: var(--inconclusive); }
.badge > span { display: inline-block; width: 0.9em; text-align: center; }
.where, .source { color: var(--soft); font-size: 0.85rem; font-weight: 400; }
.tag { display: inline-block; font-size: 0.78rem; line-height: 1.4; color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: 0 0.35rem; }
.level { color: var(--ink); font-weight: 600; }

/* Failures */
h2 { font-size: 1.45rem; font-weight: 620; margin: 0 0 1rem; }
.count { color: var(--soft); font-weight: 400; }
#failures { margin-bottom: 3.5rem; }
.failure { border-top: 1px solid var(--line); padding: 1.4rem 0 1.6rem; }
.failure h3 { font-size: 1.15rem; font-weight: 620; }
.failure .over { margin: 0 0 0.3rem; display: flex; flex-wrap: wrap; gap: 0 0.8rem; align-items: baseline; }
.failure .example { margin: 0.3rem 0; }
.failure .kind { font-weight: 600; margin-top: 1rem; }
.failure .message { white-space: pre-wrap; }
.failure h4 { font-size: 0.85rem; font-weight: 600; color: var(--soft); margin: 0.9rem 0 0; }
.compare { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 0 1rem; }
.line { display: block; min-height: 1.5em; white-space: pre-wrap; }
.changed { background: color-mix(in srgb, var(--line) 55%, transparent); margin: 0 -0.8rem; padding: 0 0.8rem; }
.absent { opacity: 0.5; }
del { background: var(--removed); text-decoration: underline dashed; text-underline-offset: 0.15em; border-radius: 2px; }
ins { background: var(--added); text-decoration: underline; text-underline-offset: 0.15em; border-radius: 2px; }
.sent { color: var(--soft); }
.bugs { margin: 0.35rem 0; padding-left: 1.4rem; }
.bugs .where { display: block; }
details { margin: 0.4rem 0; }
summary { cursor: pointer; }
.deeper { margin-top: 0.8rem; }

/* Steps */
.steps { list-style: none; margin: 0.6rem 0; padding: 0; }
.step { padding: 0.1rem 0.7rem; border-left: 3px solid transparent; }
.step b { font-weight: 600; color: var(--soft); }
.step.failed { border-left-color: var(--fail); background: var(--raised); }
.step.failed .note { color: var(--fail); font-weight: 600; }
.step.skipped, .step.not-run { color: var(--soft); }
.note { font-style: normal; font-size: 0.85rem; color: var(--soft); white-space: nowrap; }
.scroll { overflow-x: auto; margin: 0.3rem 0 0.4rem; }
table { border-collapse: collapse; font-size: 0.92rem; }
.data th, .data td { border: 1px solid var(--line); padding: 0.15rem 0.6rem; text-align: left; overflow-wrap: normal; }
.data th { font-weight: 600; background: var(--raised); }

/* The book */
.area { margin-bottom: 3.5rem; }
.area > h3 { font-size: 1.25rem; font-weight: 620; padding-bottom: 0.4rem; border-bottom: 2px solid var(--ink); }
.area > h3 .id { font-size: 1em; margin-right: 0.3rem; color: var(--soft); }
.statements { width: 100%; margin: 0.4rem 0 1.5rem; }
caption { text-align: left; color: var(--soft); font-size: 0.85rem; padding: 0.3rem 0; }
.statements th, .statements td { text-align: left; vertical-align: baseline; padding: 0.45rem 0.9rem 0.45rem 0; border-bottom: 1px solid var(--line); }
.statements thead th { font-size: 0.85rem; font-weight: 600; color: var(--soft); padding-top: 0; }
.statements th { white-space: nowrap; }
.statements td:last-child { padding-right: 0; width: 9rem; }
.statements .where { display: block; }
.statements .rules { font-size: 0.85rem; color: var(--soft); margin: 0.1rem 0 0; }
.rules a { color: inherit; }
.feature { margin: 2rem 0 0; }
.feature > h4 { font-size: 1.1rem; font-weight: 620; }
.feature > h4 .where { display: block; }
.rule { margin: 1.3rem 0 1.6rem; }
.norm { font-size: 1.02rem; font-weight: 600; }
.facts { margin: 0.2rem 0; display: flex; flex-wrap: wrap; gap: 0.1rem 0.6rem; align-items: baseline; }
.description { white-space: pre-line; max-width: 68ch; }
.scenarios { list-style: none; margin: 0.4rem 0 0; padding: 0; }
.scenario details { margin: 0; }
.scenario summary { padding: 0.2rem 0; }
.scenario .badge { display: inline-block; min-width: 7.4rem; margin-left: 0.2rem; }
.reason { color: var(--soft); }
.scenario .steps, .scenario .reason { margin-left: 1.2rem; }
:target, :target > details > summary { background: color-mix(in srgb, var(--added) 55%, transparent); }
section:target, .scenario:target { background: none; }
section:target > :is(h3, h4, h5) { background: color-mix(in srgb, var(--added) 55%, transparent); }

/* Figures */
figure { margin: 1rem 0 1.3rem; max-width: 46rem; }
figcaption { font-weight: 600; }
.plot { display: block; width: 100%; min-width: 30rem; margin: 0.4rem 0; }
.plot text { fill: var(--ink); font-size: 13px; }
.plot .tick { fill: var(--soft); font-size: 12px; }
.grid { stroke: var(--line); fill: none; }
.axis { stroke: var(--soft); fill: none; }
.curve { stroke-width: 2; fill: none; stroke-linejoin: round; }
.numbers td, .numbers th { text-align: right; font-variant-numeric: tabular-nums; }
.numbers th .where { display: block; }
${[0, 1, 2, 3, 4, 5].map((at) => `.curve.look-${at} { stroke: var(--look-${at}); } .marker.look-${at} { fill: var(--look-${at}); }`).join('\n')}
.curve.look-1 { stroke-dasharray: 7 3; }
.curve.look-2 { stroke-dasharray: 2 3; }
.curve.look-3 { stroke-dasharray: 9 3 2 3; }
.curve.look-4 { stroke-dasharray: 4 4; }
.curve.look-5 { stroke-dasharray: 12 4; }

/* Implementations side by side */
.named :is(th:first-child, .text) { text-align: left; }
#top { margin-bottom: 1.5rem; }
.legend dt { text-align: center; }
.marks { width: 100%; }
.marks th, .marks td { text-align: center; vertical-align: baseline; padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
.marks th { white-space: nowrap; font-weight: 600; }
.marks thead th { font-size: 0.85rem; color: var(--soft); }
.marks :is(th, td):nth-child(-n+2) { text-align: left; }
.marks td:nth-child(2) { min-width: 16rem; width: 100%; }
.marks a, abbr { text-decoration: none; }
.badge.known { color: var(--inconclusive); }
.deviation { border-top: 1px solid var(--line); padding: 0.6rem 0; }
main > section { margin-bottom: 3rem; }

@media (max-width: 40rem) {
  .page { padding: 1.4rem 1rem 4rem; }
  h1 { font-size: 1.6rem; }
  #filter { position: static; }
  nav ul { max-height: 40vh; overflow-y: auto; }
  html { scroll-padding-top: 1rem; }
  .statements thead { position: absolute; left: -99rem; }
  .statements tr { display: grid; grid-template-columns: 1fr auto; border-bottom: 1px solid var(--line); padding: 0.5rem 0; }
  .statements th, .statements td { border: 0; padding: 0; }
  .statements td:nth-child(2) { grid-row: 2; grid-column: 1 / -1; }
  .statements td:last-child { width: auto; text-align: right; }
  .statements td:last-child .where { display: inline; }
  .scenario .badge { min-width: 0; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.4rem; }
}
@media print {
  :root { --paper: #fff; --raised: #f4f4f4; font-size: 10pt; }
  .page { display: block; max-width: none; padding: 0; }
  #filter, nav, .skip, .deeper { display: none !important; }
  .failure header, .rule > h5, .step, tr { break-inside: avoid; }
  h2, h3, h4, h5, .facts { break-after: avoid; }
  a { color: inherit; }
}
`;
