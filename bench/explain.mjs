// Times the explanation of a commit that reaches 300 units: in the terminal, and as a page that Chromium opens.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median, megabytes, milliseconds, print, time } from './measure.mjs';

const UNITS = 300;
const RUNS = 5;
const PROGRAM = resolve('dist/deploy-lint.cjs');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-bench-'));
const repository = join(folder, 'repository');
const peakFile = join(folder, 'peak');
const page = join(folder, 'page.html');
// Certificates that are read at every start are no part of what is measured.
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
const env = { ...environment, XDG_CACHE_HOME: join(folder, 'cache'), DEPLOY_LINT_BENCH_PEAK: peakFile };

try {
  makeRepository();
  const times = Array.from({ length: RUNS }, () => time(() => explain([])));
  print(`--explain over ${UNITS} units`, milliseconds(median(times)), '', 'under 2000 ms');
  explain([], ['--require', resolve('bench/peak.cjs')]);
  print('  its memory', megabytes(Number(readFileSync(peakFile, 'utf8')) * 1024), '', 'under 300 MB');
  explain(['--format', 'html', '--output', page]);
  if (existsSync(CHROMIUM)) print('  its page in Chromium', milliseconds(await opening()), '', 'under 1000 ms');
  else print('  its page', 'not opened', '', `there is no browser at ${CHROMIUM}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** A base with an overlay, an Application and a hostname for each unit; the newest commit moves the base's image. */
function makeRepository() {
  const container = '{name: web, image: shop/web, readinessProbe: {httpGet: {path: /, port: 80}}}';
  const files = {
    'base/kustomization.yaml': 'resources: [app.yaml]\nimages: [{name: shop/web, newTag: 1.4.0}]\n',
    'base/app.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 3\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [${container}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n`,
  };
  for (let i = 0; i < UNITS; i++) {
    const client = `client-${String(i).padStart(3, '0')}`;
    files[`clients/${client}/prod/kustomization.yaml`] =
      `namespace: ${client}\nresources: [../../../base, ingress.yaml]\n`;
    files[`clients/${client}/prod/ingress.yaml`] =
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: {rules: [{host: ${client}.example}]}\n`;
    files[`argocd/${client}.yaml`] =
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${client}}\nspec:\n  source: {repoURL: "https://git.example/gitops", path: clients/${client}/prod}\n  destination: {namespace: ${client}}\n  syncPolicy: {automated: {prune: true, selfHeal: true}}\n`;
  }
  for (const [path, text] of Object.entries(files)) write(path, text);
  const fixed = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=b', '-c', 'user.email=b@b', ...args], { env: fixed });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Clients');
  write('base/kustomization.yaml', files['base/kustomization.yaml'].replace('1.4.0', '1.4.1'));
  git('commit', '--quiet', '--all', '--message', 'Bump');
}

function write(path, text) {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}

function explain(args, options = []) {
  const command = [...options, PROGRAM, '--explain', 'HEAD', ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: repository, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the explanation ended with ${status}: ${stderr}`);
}

/** Milliseconds until the page is loaded and has painted. */
async function opening() {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const times = [];
    for (let run = 0; run < RUNS; run++) {
      const tab = await browser.newPage();
      await tab.goto(pathToFileURL(page).href);
      times.push(
        await tab.evaluate(
          'new Promise(done => requestAnimationFrame(() => setTimeout(() => done(Math.max(performance.now(), performance.timing.loadEventEnd - performance.timing.navigationStart)))))',
        ),
      );
      await tab.close();
    }
    return median(times);
  } finally {
    await browser.close();
  }
}
