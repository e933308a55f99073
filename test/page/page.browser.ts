import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { page as pageOf } from '../../src/report/html/page.ts';
import type { Result } from '../../src/report/result.ts';
import { EXPLAINED, manyUnits } from '../report/explained.ts';

/** The browser that is asked, from the environment or where Debian has it. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PAGES: Readonly<Record<string, () => Result>> = {
  'one unit': EXPLAINED['explain-major'],
  'a configuration': EXPLAINED['explain-configuration'],
  'three units': () => manyUnits(3),
  'three hundred units': () => manyUnits(300),
  'nothing to tell': EXPLAINED['explain-nothing'],
};

const HOSTILE = `"><img src=x onerror="window.reached=1"></title><script>window.reached=1</script>\u202e${'long'.repeat(80)}`;

/** Texts of others wherever a commit can bring them. */
function hostile(): Result {
  const result = manyUnits(3);
  const unit = (change: Result['units'][number]) => ({ ...change.unit, name: HOSTILE, client: HOSTILE });
  return {
    ...result,
    subject: { ...result.subject, kind: 'commit', commit: 'a'.repeat(40), title: HOSTILE },
    units: result.units.map(change => ({ ...change, unit: unit(change) })),
    unknowns: [{ what: HOSTILE, why: HOSTILE, hint: HOSTILE, span: undefined, units: [] }],
    config: {
      ...result.config,
      observe: { ...result.config.observe, dashboards: [{ title: HOSTILE, address: `javascript:${HOSTILE}` }] },
    },
  };
}

if (!existsSync(CHROMIUM)) {
  it(`is not run: there is no browser at ${CHROMIUM} (CHROMIUM names another)`, () => {});
}

describe.runIf(existsSync(CHROMIUM))('the page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  /** Opens a page; whatever the browser complains about ends up in `complaints`. */
  async function open(result: Result, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(error.message));
    page.on('request', request => {
      if (!request.url().startsWith('data:') && !request.url().startsWith('http://page.test/'))
        complaints.push(request.url());
    });
    await page.route('http://page.test/', route =>
      route.fulfill({ contentType: 'text/html', body: pageOf(result, {}) }),
    );
    await page.goto('http://page.test/');
    return { page, complaints, close: () => context.close() };
  }

  describe.each(Object.entries(PAGES))('%s', (_, result) => {
    it('nothing overflows from 360 to 1,920 px, folded or not, and nothing complains', async () => {
      const { page, complaints, close } = await open(result());
      for (const open of [false, true]) {
        await page.evaluate(setFolds(open));
        for (const width of [360, 480, 768, 1024, 1280, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          expect({ width, wide: await page.evaluate(OVERFLOWING) }).toEqual({ width, wide: [] });
        }
      }
      expect(complaints).toEqual([]);
      await close();
    });

    it.each(['dark', 'light'] as const)('axe finds nothing serious, %s', async colorScheme => {
      const { page, close } = await open(result(), { colorScheme, bypassCSP: true });
      await page.evaluate(setFolds(true, 3));
      await page.addScriptTag({ content: AXE });
      const violations = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html.slice(0, 200)}`))',
      );
      expect(violations).toEqual([]);
      await close();
    });
  });

  it('E06 text of others stays text', async () => {
    const { page, complaints, close } = await open(hostile());
    expect(await page.evaluate('window.reached')).toBeUndefined();
    expect(await page.locator('img, main script, a[href^="javascript"]').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toContain('<img src=x');
    expect(await page.evaluate(OVERFLOWING)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows what the filters leave, in each part of the page', async () => {
    const { page, close } = await open(manyUnits(3));
    const shown = () => page.locator('#units tbody tr:visible').count();
    await page.locator('select[name=client]').selectOption('client-001');
    expect(await shown()).toBe(1);
    expect(await page.locator('#shown').textContent()).toBe('1 of 3 units');
    expect(await page.locator('.box.off').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(shown).toBe(3);
    expect(await page.locator('.off').count()).toBe(0);
    await close();
  });

  it('unfolds and folds everything', async () => {
    const { page, close } = await open(manyUnits(3));
    const unfolded = () => page.locator('details[open]').count();
    const all = await page.locator('details').count();
    expect(all).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Unfold all' }).click();
    expect(await unfolded()).toBe(all);
    await page.getByRole('button', { name: 'Fold all' }).click();
    expect(await unfolded()).toBe(0);
    await close();
  });

  it('counts what is ticked, and copies a command', async () => {
    const { page, close } = await open(EXPLAINED['explain-major'](), {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    expect(await page.locator('#checked').textContent()).toBe('0 of 1 done');
    await page.getByRole('checkbox').check();
    expect(await page.locator('#checked').textContent()).toBe('1 of 1 done');
    const copy = page.locator('#back .copy').first();
    await copy.click();
    await expect.poll(() => copy.textContent()).toMatch(/Copied|Selected/);
    await close();
  });

  it('each box of the picture leads to a part of the page', async () => {
    const { page, close } = await open(manyUnits(3));
    const targets = await page.locator('a.box').evaluateAll(boxes => boxes.map(box => box.getAttribute('href') ?? ''));
    expect(targets.length).toBeGreaterThan(0);
    for (const target of new Set(targets)) expect(await page.locator(target).count()).toBe(1);
    await page.locator('a.box').first().click();
    expect(new URL(page.url()).hash).toBe(targets[0]);
    await close();
  });

  it('can be walked by the keyboard alone, and what has the focus is seen', async () => {
    const { page, close } = await open(manyUnits(3));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the changes');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('changes');
    await page.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('details[open]').count()).toBe(1);
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
    await close();
  });

  it('prints whole, without its controls', async () => {
    const { page, close } = await open(manyUnits(3));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.filters').isVisible()).toBe(false);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
    await close();
  });

  it('says everything without its script', async () => {
    const { page, close } = await open(manyUnits(3), { javaScriptEnabled: false });
    for (const id of ['changes', 'timeline', 'radius', 'landed', 'back', 'objects', 'units']) {
      expect(await page.locator(`#${id}`).isVisible()).toBe(true);
    }
    await close();
  });
});

/** Opens or closes the first folds of a page. */
function setFolds(open: boolean, most = 1_000): string {
  return `for (const fold of [...document.querySelectorAll('details')].slice(0, ${most})) fold.open = ${open}`;
}

/** What is wider than the window; the picture scrolls by itself. */
const OVERFLOWING = `(() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll('body *')].filter(element => {
    const { right, left, width: own } = element.getBoundingClientRect();
    return own > 0 && (right > width + 1 || (left < 0 && right > 0)) && element.closest('.picture') === null;
  });
  const scrolls = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : [];
  return [...scrolls, ...wide.slice(0, 3).map(element => element.outerHTML.slice(0, 120))];
})()`;
