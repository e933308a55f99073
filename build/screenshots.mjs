// Takes the pictures of the README: pages of commits of the sample repository, in Chromium.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { buildRepository, questionOf, readStories } from '../examples/build.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const PICTURES = [
  { story: '02-image-major-staging-unmet', file: 'explain.png', width: 1000, height: 900, colorScheme: 'light' },
  { story: '08-client-added', file: 'explain-radius.png', width: 1240, height: 760, colorScheme: 'dark', at: 'radius' },
];

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'deploy-lint-pictures-')));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
try {
  execFileSync(process.execPath, ['build/bundle.mjs'], { stdio: 'inherit' });
  const stories = readStories();
  const repository = buildRepository(folder, stories);
  for (const { story, file, at, width, height, colorScheme } of PICTURES) {
    const page = join(folder, `${story}.html`);
    const { args, env } = questionOf(
      stories.find(({ name }) => name === story),
      repository,
    );
    // The page is there whatever the commit's level makes of the exit code.
    spawnSync(process.execPath, [resolve('dist/deploy-lint.cjs'), ...args, '--format', 'html', '--output', page], {
      env,
    });
    const tab = await browser.newPage({ viewport: { width, height }, colorScheme });
    await tab.goto(`${pathToFileURL(page)}${at === undefined ? '' : `#${at}`}`);
    await tab.screenshot({ path: join('docs', file) });
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
