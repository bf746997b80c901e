/** The page in a real browser. KERNSPEC_CHROMIUM names the browser when it is somewhere else. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { writeReports } from '../../reports/write.ts';
import { withFigure } from './sample.ts';

const CHROMIUM = process.env['KERNSPEC_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 60_000;

const missing = !existsSync(CHROMIUM);
if (missing)
  console.warn(`no browser at ${CHROMIUM}: the page is not tried in one (set KERNSPEC_CHROMIUM)`);

describe.skipIf(missing)('the page in a browser', { timeout: PATIENCE_MS }, () => {
  let browser: Browser;
  let folder: string;
  let address: string;
  let page: Page;
  let complaints: string[];
  let requests: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kernspec-page-'));
    const [path = ''] = await writeReports(withFigure(), folder, { formats: ['html'] });
    address = pathToFileURL(path).href;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  }, PATIENCE_MS);
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
    expect(requests.map((request) => request.split('#')[0])).toEqual([address]);
  });

  async function open(
    options: { width?: number; colorScheme?: 'light' | 'dark'; script?: boolean } = {},
    hash = '',
  ): Promise<void> {
    const { width = 1280, colorScheme = 'light', script = true } = options;
    page = await browser.newPage({
      viewport: { width, height: 800 },
      colorScheme,
      javaScriptEnabled: script,
    });
    complaints = [];
    requests = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) requests.push(request.url());
    });
    await page.goto(address + hash);
  }

  const visibleScenarios = () => page.locator('[data-scenario]:visible').count();

  it('shows the totals', async () => {
    await open();
    const totals = page.locator('.totals');
    expect(await totals.isVisible()).toBe(true);
    expect((await totals.innerText()).replaceAll(/\s+/g, ' ')).toBe(
      '13 scenarios ✗ failed 3 ! error 1 ? inconclusive 1 · not run 1 ✓ passed 5 – not applicable 2',
    );
    expect(await page.locator('.cut-short').isVisible()).toBe(true);
    expect(await page.locator('#shown').innerText()).toBe('13 of 13 scenarios');
  });

  it('leaves only failures when they are asked for', async () => {
    await open();
    await page.getByRole('radio', { name: 'failed' }).check({ force: true });
    const kinds = await page
      .locator('[data-status]:visible')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-status')));
    expect(new Set(kinds)).toEqual(new Set(['fail']));
    expect(await visibleScenarios()).toBe(3);
    expect(await page.locator('article.failure:visible').count()).toBe(3);
    expect(await page.locator('.area:visible').count()).toBe(2);
    expect(await page.locator('#contents li:visible').count()).toBe(2);
    expect(await page.locator('#shown').innerText()).toBe('3 of 13 scenarios');
  });

  it.each([1280, 390])('has each area and its count in one line, %d pixels wide', async (width) => {
    await open({ width });
    const rows = page.locator('#contents li');
    const heights = await rows.evaluateAll((items) =>
      items.map((item) => item.getBoundingClientRect().height),
    );
    expect(heights.length).toBe(3);
    // Two lines are 46 pixels and more.
    for (const height of heights) expect(height).toBeLessThan(40);
    expect(await rows.locator('.badge[title]').count()).toBeGreaterThan(0);
  });

  it('filters by text, by all of its words and whatever their case', async () => {
    await open();
    const search = page.getByRole('searchbox');
    await search.fill('FOLD carry');
    expect(await visibleScenarios()).toBe(1);
    await search.fill('ntf-01');
    expect(await visibleScenarios()).toBe(2);
    await search.fill('no such words');
    expect(await visibleScenarios()).toBe(0);
    await search.fill('');
    expect(await visibleScenarios()).toBe(13);
  });

  it('can be filtered from the keyboard', async () => {
    await open();
    await page.getByRole('radio', { name: 'all' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await visibleScenarios()).toBe(3);
  });

  it('opens what was exchanged', async () => {
    await open();
    const details = page.locator('article.failure details').first();
    expect(await details.locator('pre').isVisible()).toBe(false);
    await details.locator('summary').click();
    expect(await details.locator('pre').isVisible()).toBe(true);
    expect(await details.locator('pre').innerText()).toContain('"call":"checksum.partial"');
  });

  it('goes to the statement that the address names', async () => {
    await open({}, '#CSM-08');
    const box = await page.locator('[id="CSM-08"]').boundingBox();
    expect(await page.evaluate('scrollY')).toBeGreaterThan(0);
    // Below the filter, which stays at the top.
    const filter = await page.locator('#filter').boundingBox();
    expect(box!.y).toBeGreaterThanOrEqual(filter!.y + filter!.height - 1);
    expect(box!.y).toBeLessThan(400);
  });

  it('opens the scenario that a link names, though the filter hid it', async () => {
    await open();
    await page.getByRole('searchbox').fill('notifier');
    await page.evaluate(`location.hash = document.querySelector('li.scenario.fail').id`);
    const steps = page.locator('li.scenario.fail .steps').first();
    await steps.waitFor({ state: 'visible' });
    expect(await visibleScenarios()).toBe(13);
  });

  it.each([320, 360, 768, 1400])('needs no scrolling sideways at %i pixels', async (width) => {
    await open({ width });
    await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it('is dark for those who want it dark, with enough contrast in both', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      if (colorScheme === 'dark') await page.close();
      await open({ colorScheme });
      const paper = luminance(await colourOf('body', 'backgroundColor'));
      expect(paper < 0.1).toBe(colorScheme === 'dark');
      for (const part of ['body', '.where', '.lead', 'a.id', ...BADGES, 'del', 'ins']) {
        const ink = luminance(await colourOf(part, 'color'));
        const own = part === 'del' || part === 'ins';
        const ground = own ? luminance(await colourOf(part, 'backgroundColor')) : paper;
        expect([part, contrast(ink, ground) >= 4.5]).toEqual([part, true]);
      }
    }
  });

  it('draws a figure whose parts are inside, apart from one another and to be seen', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      if (colorScheme === 'dark') await page.close();
      await open({ colorScheme });
      const plot = page.getByRole('img', { name: /^Sums against length/ });
      const outer = (await plot.boundingBox())!;
      const texts = await plot.locator('text').all();
      expect(texts.length).toBeGreaterThan(12);
      const boxes = await Promise.all(texts.map(async (text) => (await text.boundingBox())!));
      for (const box of boxes) expect(isInside(box, outer)).toBe(true);
      for (const [at, box] of boxes.entries())
        for (const other of boxes.slice(at + 1)) expect(overlap(box, other)).toBe(false);
      const paper = luminance(await colourOf('body', 'backgroundColor'));
      for (const at of [0, 1]) {
        const ink = luminance(await colourOf(`.curve.look-${at}`, 'stroke'));
        expect([at, contrast(ink, paper) >= 3]).toEqual([at, true]);
      }
    }
  });

  it('has the numbers of a figure below it', async () => {
    await open();
    const figure = page.locator('figure');
    expect(await figure.locator('table').isVisible()).toBe(false);
    await figure.locator('summary').click();
    const rows = (await figure.locator('tr').allInnerTexts()).map((row) => row.split(/\s+/));
    expect(rows[0]).toEqual([
      'length',
      'octets',
      'by',
      'words',
      '1/s',
      'by',
      'octets',
      '1/s',
      'wrong',
    ]);
    expect(rows[3]).toEqual(['1000', '6000', '1500.5', '3']);
  });

  it('is complete without its script', async () => {
    await open({ script: false });
    complaints = [];
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await visibleScenarios()).toBe(13);
  });

  const BADGES = ['pass', 'fail', 'error', 'inconclusive', 'not-run'].map(
    (name) => `.badge.${name}`,
  );

  async function colourOf(selector: string, property: string): Promise<string> {
    const script = `getComputedStyle(document.querySelector('${selector}')).${property}`;
    return await page.evaluate<string>(script);
  }
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** WCAG 2: relative luminance of `rgb(r, g, b)`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
