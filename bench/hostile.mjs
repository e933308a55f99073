// Renders what is made to harm a reader of repositories, each with a limit of time and memory, and watches what the
// program starts and whom it calls. A case that breaks a limit, starts anything but git, or opens a connection fails.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

const PROGRAM = resolve('dist/deploy-lint.cjs');
const MOST_MILLISECONDS = 2_000;
const MOST_MEGABYTES = 200;

const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-hostile-'));
const canary = join(folder, 'outside/canary.yaml');
const marker = join(folder, 'marker');
const hasStrace = spawnSync('strace', ['-V']).status === 0;
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const COMPONENT = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';
const times = (count, line) => Array.from({ length: count }, (_, i) => line(i));
const manifest = text => ({ 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': `${CONFIG_MAP}data:\n${text}` });
const kustomization = text => ({ 'kustomization.yaml': text, 'cm.yaml': `${CONFIG_MAP}data: {k: v}\n` });

function aliasTree(levels, width) {
  const level = i => `  l${i}: &l${i} [${times(width, () => (i === 0 ? 'x' : `*l${i - 1}`)).join(', ')}]\n`;
  return manifest(times(levels, level).join(''));
}

function fanOut(levels) {
  const files = { 'l0/kustomization.yaml': 'resources: [cm.yaml]\n', 'l0/cm.yaml': CONFIG_MAP };
  for (let i = 1; i <= levels; i++) {
    for (const side of ['a', 'b']) {
      files[`${side}${i}/kustomization.yaml`] = `namePrefix: ${side}${i}-\nresources: [../l${i - 1}]\n`;
    }
    files[`l${i}/kustomization.yaml`] = `resources: [../a${i}, ../b${i}]\n`;
  }
  return { ...files, 'kustomization.yaml': `resources: [l${levels}]\n` };
}

const REMOTES = [
  'https://git.example/o/r?ref=main',
  'http://127.0.0.1:1/r',
  'ssh://git@git.example/o/r',
  'git@git.example:o/r',
  'git::https://git.example/o/r',
  'github.com/o/r?ref=v1',
  'https://git.example/o/r//sub?submodules=true',
  `ext::sh -c "touch ${marker}"`,
  `file://${folder}/outside?ref=--upload-pack=touch ${marker}`,
  `-oProxyCommand=touch ${marker}`,
];

const PLUGINS = `helmGlobals: {chartHome: ${folder}/outside, configHome: ${folder}/outside}
helmCharts: [{name: c, repo: 'https://charts.example', version: 1.0.0}]
openapi: {path: ${canary}}
generators:
- |-
  apiVersion: x/v1
  kind: Y
  metadata:
    name: z
    annotations: {config.kubernetes.io/function: "exec: {path: ${folder}/command}"}
transformers:
- |-
  apiVersion: x/v1
  kind: Y
  metadata:
    name: z
    annotations: {config.kubernetes.io/function: "container: {image: evil, network: true}"}
resources: [cm.yaml]
`;

const CASES = {
  'A01 nine levels of nine aliases': aliasTree(9, 9),
  'A02 seven levels of nine aliases': aliasTree(7, 9),
  'A03 10,000 aliases of a mapping': manifest(`  a: &a {b: c}\n  list: [${'*a, '.repeat(10_000)}]\n`),
  'A04 an anchor in itself': manifest('  a: &a {b: *a}\n'),
  'A05 10,001 brackets in each other': manifest(`  a: ${'['.repeat(10_001)}${']'.repeat(10_001)}\n`),
  'A05 10,001 lists in each other': manifest(`  a:\n    ${'- '.repeat(10_001)}x\n`),
  'A05 2,000 mappings in each other': manifest(times(2_000, i => `${' '.repeat(i + 2)}a:\n`).join('')),
  'A06 80,000 keys': manifest(times(80_000, i => `  k${i}: v\n`).join('')),
  'A06 80,000 keys in braces': manifest(`  a: {${times(80_000, i => `k${i}: v`).join(', ')}}\n`),
  'A07 100,000 brackets': manifest(`  a: ${'['.repeat(100_000)}\n`),
  'A07 100,000 quotes': manifest(`  a: ${'" '.repeat(100_000)}\n`),
  'A08 a file of 50 MB': manifest(`  a: ${'x'.repeat(50_000_000)}\n`),
  'A17 a NUL': manifest('  a: "\0"\n'),
  'A21 names of the prototype': manifest('  __proto__: {a: b}\n  constructor: {prototype: {a: b}}\n  then: x\n'),
  'B01 a chain of 10,000 folders': {
    ...Object.fromEntries(times(10_000, i => [`d${i}/kustomization.yaml`, `resources: [../d${i + 1}]\n`])),
    'kustomization.yaml': 'resources: [d0]\n',
  },
  'B01 a folder in itself': kustomization('resources: [., cm.yaml]\n'),
  'B02 2^12 objects': fanOut(12),
  'B02 2^20 objects': fanOut(20),
  'B02 components that double': {
    ...kustomization('resources: [cm.yaml]\ncomponents: [c0]\n'),
    ...Object.fromEntries(
      times(30, i => i).flatMap(i =>
        ['c', 'd'].map(n => [`${n}${i}/kustomization.yaml`, `${COMPONENT}components: [../c${i + 1}, ../d${i + 1}]\n`]),
      ),
    ),
  },
  'B02 copies of copies': kustomization(
    `resources: [cm.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n${times(40, i => `    - {op: copy, from: /data, path: /data/k${i}}\n`).join('')}`,
  ),
  'B02 3,000 patches of an object with 100,000 values': {
    ...manifest(times(100_000, i => `  k${i}: v\n`).join('')),
    'kustomization.yaml': `resources: [a.yaml]\npatches:\n${'- {target: {kind: ConfigMap}, patch: "- {op: add, path: /data/z, value: a}"}\n'.repeat(3_000)}`,
  },
  'B02 one file in 2,000 generators': {
    ...kustomization(`secretGenerator:\n${times(2_000, i => `- {name: s${i}, files: [k=big]}\n`).join('')}`),
    big: 'x'.repeat(1_000_000),
  },
  'B02 5,000 objects of one name': kustomization(
    `namePrefix: p-\nresources:\n${times(5_000, i => `- n${i}.yaml\n`).join('')}`,
  ),
  'B03 paths that lead out': kustomization(
    `resources: [cm.yaml, ../../outside, ${canary}, file://${canary}, '~/x', 'C:\\x', '%2e%2e/%2e%2e/outside']\n`,
  ),
  'B06 addresses': kustomization(`resources:\n- cm.yaml\n${REMOTES.map(one => `- '${one}'\n`).join('')}`),
  'B07 files from elsewhere': kustomization(
    `secretGenerator: [{name: s, files: [/etc/passwd, k=../../outside/canary.yaml], envs: [../.env]}]\n`,
  ),
  'B08 plugins, charts and functions': kustomization(PLUGINS),
  'C02 a pattern that backtracks': kustomization(
    `resources: [cm.yaml]\npatches:\n- target: {name: '^(a+)+(.*)*x{900}$'}\n  patch: '[{"op": "remove", "path": "/data"}]'\n`,
  ),
};
for (let i = 0; i < 5_000; i++) {
  CASES['B02 5,000 objects of one name'][`n${i}.yaml`] =
    `apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: n${i}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: n${i}}\nspec: {volumes: [{name: v, secret: {secretName: a}}]}\n`;
}

try {
  const repository = makeRepository();
  if (!hasStrace) process.stdout.write('strace is not installed: what is started and called is not watched\n');
  const faults = Object.keys(CASES).flatMap((name, i) => run(repository, name, `c${i}`));
  if (existsSync(marker)) faults.push('a command of the repository ran');
  for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

function makeRepository() {
  const repository = join(folder, 'repository');
  const write = (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  write(canary, `${CONFIG_MAP}data: {k: CANARY}\n`);
  write(join(folder, 'command'), `#!/bin/sh\ntouch ${marker}\n`);
  for (const [i, files] of Object.values(CASES).entries()) {
    for (const [path, text] of Object.entries(files)) write(join(repository, `c${i}`, path), text);
  }
  const git = (...args) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=b', '-c', 'user.email=b@b', '-c', 'gc.auto=0', ...args]);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Hostile');
  return repository;
}

/** What is wrong with one case. */
function run(cwd, name, path) {
  const peakFile = join(folder, 'peak');
  const env = { ...environment, DEPLOY_LINT_BENCH_PEAK: peakFile };
  const command = [process.execPath, '--require', resolve('bench/peak.cjs'), PROGRAM, 'render', '--rev', 'HEAD', path];
  const options = { cwd, env, encoding: 'utf8', maxBuffer: 1e9 };
  const start = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(command[0], command.slice(1), options);
  const spent = performance.now() - start;
  const megabytes = Number(readFileSync(peakFile, 'utf8')) / 1e3;
  const [said = ''] = stderr.split('\n');
  const line = `${String(status).padStart(2)} ${spent.toFixed(0).padStart(6)} ms ${megabytes.toFixed(0).padStart(4)} MB`;
  process.stdout.write(`${name.padEnd(36)} ${line}  ${said.slice(0, 110)}\n`);
  const faults = [];
  if (signal !== null || ![0, 1, 3].includes(status)) faults.push(`ended with ${status ?? signal}`);
  if (spent > MOST_MILLISECONDS) faults.push(`took more than ${MOST_MILLISECONDS} ms`);
  if (megabytes > MOST_MEGABYTES) faults.push(`took more than ${MOST_MEGABYTES} MB`);
  if (/^ {4}at /m.test(stderr)) faults.push('printed a stack');
  if ((stdout + stderr).includes('CANARY')) faults.push('read a file outside of the repository');
  if (hasStrace) faults.push(...watch(command, options));
  return faults.map(fault => `${name}: ${fault}`);
}

/** What the system calls say against the case. */
function watch(command, options) {
  const log = join(folder, 'strace');
  spawnSync('strace', ['-f', '-qq', '-e', 'trace=execve,connect,openat', '-o', log, ...command], options);
  const faults = new Set();
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const started = /execve\("([^"]+)".*= 0$/.exec(line)?.[1];
    if (started !== undefined && !['node', 'git'].includes(basename(started))) faults.add(`started ${started}`);
    if (/connect\(/.test(line)) faults.add(`called ${line}`);
    if (/openat\(.*(?:outside\/canary|\/etc\/passwd)/.test(line)) faults.add(`opened ${line}`);
  }
  return [...faults];
}
