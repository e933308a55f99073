// Times what the program renders against kubectl, which renders the same. Pairs in turn, since machines and loads differ.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, megabytes, milliseconds, print, time } from './measure.mjs';
import { makeRepository } from './repository.mjs';

const ROUNDS = 3;
const PROGRAM = resolve('dist/deploy-lint.cjs');
const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-bench-'));
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

try {
  const some = overlaysOf('some', 50);
  const many = overlaysOf('many', 1_000);
  if (hasKubectl) {
    const [one = ''] = some.overlays;
    const rounds = Array.from({ length: ROUNDS }, () => ({
      all: time(() => render(some.cwd, some.overlays)),
      kubectl: time(() => {
        for (const overlay of some.overlays) kustomize(some.cwd, overlay);
      }),
    }));
    const single = Array.from({ length: 5 * ROUNDS }, () => ({
      all: time(() => render(some.cwd, [one])),
      kubectl: time(() => kustomize(some.cwd, one)),
    }));
    compare('100 overlays, one run', rounds, 'at least 40');
    compare('one overlay, cold', single, 'at least 2');
  } else print('kubectl is not installed', '', '', 'nothing to compare with');
  const peakFile = join(folder, 'peak');
  const spent = Array.from({ length: ROUNDS }, () => time(() => render(many.cwd, many.overlays, peakFile)));
  print('2,000 overlays, one run', `${(median(spent) / 1000).toFixed(1)} s`, '', 'under 5 s');
  print('  its peak memory', megabytes(Number(readFileSync(peakFile, 'utf8')) * 1000), '', 'under 400 MB');
} finally {
  rmSync(folder, { recursive: true });
}

function overlaysOf(name, clients) {
  const cwd = join(folder, name);
  makeRepository(cwd, clients);
  const paths = spawnSync('git', ['ls-files', 'clients/*/overlays/*/kustomization.yaml'], { cwd, encoding: 'utf8' });
  return {
    cwd,
    overlays: paths.stdout
      .trim()
      .split('\n')
      .map(path => path.replace('/kustomization.yaml', '')),
  };
}

function render(cwd, overlays, peakFile) {
  const options = peakFile === undefined ? [] : ['--require', resolve('bench/peak.cjs')];
  const env = { ...environment, DEPLOY_LINT_BENCH_PEAK: peakFile };
  run(process.execPath, [...options, PROGRAM, 'render', ...overlays], { cwd, env });
}

function kustomize(cwd, overlay) {
  run('kubectl', ['kustomize', overlay], { cwd });
}

function run(command, args, options) {
  const { status, stderr } = spawnSync(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

function compare(name, rounds, target) {
  const factor = median(rounds.map(({ all, kubectl }) => kubectl / all));
  print(name, milliseconds(median(rounds.map(({ all }) => all))), `${factor.toFixed(1)} x faster`, target);
}
