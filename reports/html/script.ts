/**
 * The only script of the page: filtering, opening what an address points to, and opening everything
 * for print. The page is complete without it.
 */
export const SCRIPT = `
(() => {
  const form = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const items = [...document.querySelectorAll('[data-status]')];
  // Innermost first, so that an outer group sees whether its inner ones are hidden.
  const groups = [...document.querySelectorAll('[data-group]')].reverse();
  const scenarios = items.filter((item) => 'scenario' in item.dataset);
  const texts = new Map(items.map((item) => [item, textOf(item)]));

  function textOf(item) {
    const facts = item.closest('.rule')?.querySelectorAll('.norm, .facts, .description') ?? [];
    return [...facts, item].map((part) => part.textContent).join(' ').toLowerCase();
  }

  function apply() {
    const wanted = new FormData(form);
    const status = wanted.get('status');
    const words = wanted.get('text').toLowerCase().split(/\\s+/).filter(Boolean);
    for (const item of items) {
      const fits = status === '' || item.dataset.status === status;
      item.hidden = !(fits && words.every((word) => texts.get(item).includes(word)));
    }
    const everything = status === '' && words.length === 0;
    for (const group of groups)
      group.hidden = !everything && !group.querySelector('[data-status]:not([hidden])');
    for (const entry of document.querySelectorAll('[data-for]'))
      entry.hidden = document.getElementById(entry.dataset.for).hidden;
    const count = scenarios.filter((item) => !item.hidden).length;
    shown.value = count + ' of ' + scenarios.length + ' scenarios';
  }

  /** What an address points to is shown and opened, whatever the filter says. */
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest('[hidden]')) {
      form.reset();
      apply();
    }
    const details = target.querySelector(':scope > details');
    if (details) details.open = true;
    target.scrollIntoView();
  }

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });

  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', reveal);
  // A browser may keep what was typed when the page is loaded again.
  apply();
  if (location.hash) reveal();
})();
`;
