// Times the history of 1,000 commits: of a repository that is made for it, or of the clone that the first argument names.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { megabytes, print, time } from './measure.mjs';
import { makeRepository } from './repository.mjs';

const STEPS = 1_000;
const CLIENTS = 300;
const PROGRAM = resolve('dist/deploy-lint.cjs');
const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-bench-'));
const peakFile = join(folder, 'peak');
// Certificates that are read at every start are no part of what is measured.
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
const env = { ...environment, XDG_CACHE_HOME: join(folder, 'cache'), DEPLOY_LINT_BENCH_PEAK: peakFile };

try {
  const cwd = process.argv[2] ?? makeHistory();
  const spent = time(() => historyOf(cwd));
  print(`history of ${STEPS} commits`, `${(spent / 1000).toFixed(1)} s`, '', 'under 60 s');
  print('  its memory', megabytes(Number(readFileSync(peakFile, 'utf8')) * 1024));
} finally {
  rmSync(folder, { recursive: true });
}

/** Each commit moves the images of one client in one environment. */
function makeHistory() {
  const made = join(folder, 'made');
  makeRepository(made, CLIENTS);
  const git = (input, ...args) => execFileSync('git', ['-C', made, ...args], { input, encoding: 'utf8' });
  const overlays = git('', 'ls-files', 'clients/*/overlays/*/kustomization.yaml').trim().split('\n');
  const commits = Array.from({ length: STEPS }, (_, step) => {
    const path = overlays[(step * 7) % overlays.length];
    const text = git('', 'show', `HEAD:${path}`).replaceAll('1.5.7', `1.6.${step}`);
    const start = step === 0 ? `from ${git('', 'rev-parse', 'HEAD').trim()}\n` : '';
    const head = `commit refs/heads/made\ncommitter b <b@b> ${1_700_000_000 + step * 3_600} +0000\n`;
    return `${head}${data(`Step ${step}`)}${start}M 100644 inline ${path}\n${data(text)}`;
  });
  git(commits.join(''), 'fast-import', '--quiet');
  git('', 'symbolic-ref', 'HEAD', 'refs/heads/made');
  return made;
}

function data(text) {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function historyOf(cwd) {
  const options = ['--require', resolve('bench/peak.cjs')];
  const command = [...options, PROGRAM, 'history', `HEAD~${STEPS}..HEAD`, '--format', 'json'];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd, env, encoding: 'utf8', maxBuffer: Infinity });
  if (status !== 0 && status !== 3) throw new Error(`the history ended with ${status}: ${stderr}`);
}
