// Times a staged check as a hook runs it. Ratios against the start of node in the same run, since machines differ.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, megabytes, milliseconds, print, time } from './measure.mjs';
import { makeRepository } from './repository.mjs';

const RUNS = 15;
const PROGRAM = resolve('dist/deploy-lint.cjs');
const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-bench-'));
// Certificates that are read at every start are no part of what is measured.
const { NODE_EXTRA_CA_CERTS: _, CI: __, ...environment } = process.env;
/** No answer is kept in CI, so that each run is that of a change that was not looked at before. */
const UNSEEN = { CI: '1' };

try {
  const small = join(folder, 'small');
  const large = join(folder, 'large');
  makeRepository(small, 4);
  makeRepository(large, 3_000);
  check(small, 'warm');
  check(large, 'warm');

  const rounds = Array.from({ length: RUNS }, () => ({
    node: time(() => spawnSync(process.execPath, ['-e', '0'], { env: environment })),
    small: time(() => check(small, 'warm', UNSEEN)),
    again: time(() => check(small, 'warm')),
    large: time(() => check(large, 'warm', UNSEEN)),
  }));
  const committed = join(folder, 'committed');
  makeRepository(committed, 1_000);
  setUp(committed);
  commit(committed, {});
  const commits = Array.from({ length: RUNS }, () => ({
    node: time(() => spawnSync(process.execPath, ['-e', '0'], { env: environment })),
    hooks: commit(committed, UNSEEN),
    retried: commit(committed, {}),
    bare: commit(committed, {}, '--no-verify'),
  }));
  const first = Array.from({ length: 5 }, (_, i) => time(() => check(large, `cold-${i}`)));

  const of = key => median(rounds.map(round => round[key]));
  const ratio = (a, b) => median(rounds.map(round => round[a] / round[b]));
  print('node -e 0', milliseconds(of('node')));
  print(
    'staged check, 60 files',
    milliseconds(of('small')),
    `${ratio('small', 'node').toFixed(2)} x node`,
    'at most 3',
  );
  print(
    '  the same content again',
    milliseconds(of('again')),
    `${ratio('again', 'node').toFixed(2)} x node`,
    'at most 3',
  );
  print(
    'staged check, 45,000 files',
    milliseconds(of('large')),
    `${ratio('large', 'small').toFixed(2)} x small`,
    'at most 1.5',
  );
  print('  its first run', milliseconds(median(first)), '', 'at most 2000 ms');
  print(
    'hooks of git commit, 15,000',
    milliseconds(median(commits.map(({ hooks, bare }) => hooks - bare))),
    `${median(commits.map(({ hooks, bare, node }) => (hooks - bare) / node)).toFixed(2)} x node`,
    'at most 3.5',
  );
  print(
    '  the same content again',
    milliseconds(median(commits.map(({ retried, bare }) => retried - bare))),
    `${median(commits.map(({ retried, bare, node }) => (retried - bare) / node)).toFixed(2)} x node`,
    'at most 3.5',
  );
  print('peak memory, 60 files', megabytes(peak(small, 'warm')), '', 'under 200 MB');
  print('peak memory, 45,000 files', megabytes(peak(large, 'warm')), '', 'under 200 MB');
  print('  its first run', megabytes(peak(large, 'cold-peak')), '', 'under 200 MB');
} finally {
  rmSync(folder, { recursive: true });
}

function check(cwd, cache, more = {}, options = []) {
  const env = { ...environment, ...more, XDG_CACHE_HOME: join(folder, cache) };
  const { status, stderr } = spawnSync(process.execPath, [...options, PROGRAM], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the check ended with ${status}: ${stderr}`);
}

/** The hooks as init writes them, and nothing else of it. */
function setUp(cwd) {
  const env = { ...environment, XDG_CACHE_HOME: join(folder, 'warm') };
  spawnSync(process.execPath, [PROGRAM, 'init'], { cwd, env });
  rmSync(join(cwd, '.deploy-lint.yaml'));
}

/** Milliseconds of a commit of what is staged, which is staged again afterwards. */
function commit(cwd, more, ...options) {
  const env = { ...environment, ...more, XDG_CACHE_HOME: join(folder, 'warm'), GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args) => spawnSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@b', ...args], { cwd, env });
  const spent = time(() => {
    const { status, stderr } = git('commit', '--quiet', ...options, '--message', 'Change');
    if (status !== 0) throw new Error(`the commit ended with ${status}: ${stderr}`);
  });
  git('reset', '--quiet', '--soft', 'HEAD~1');
  return spent;
}

/** Bytes of the largest process of one run. */
function peak(cwd, cache) {
  const file = join(folder, 'peak');
  environment.DEPLOY_LINT_BENCH_PEAK = file;
  check(cwd, cache, UNSEEN, ['--require', resolve('bench/peak.cjs')]);
  return Number(readFileSync(file, 'utf8')) * 1024;
}
