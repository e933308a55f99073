import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { main } from '../../src/cli/main.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { NO_INPUT } from '../support/io.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop-prod }
spec:
  project: default
  source: { repoURL: "https://git.example/org/gitops.git", targetRevision: live, path: apps/prod }
  destination: { namespace: shop }
`;

const HOME = 'node_modules/deploy-lint';

async function init(...args: string[]): Promise<string> {
  return initFrom(HOME, ...args);
}

/** With the program in a folder of the repository. */
async function initFrom(place: string, ...args: string[]): Promise<string> {
  let text = '';
  const sink = { write: (part: string) => (text += part) };
  const home = join(repository.path, place);
  const io = { ...NO_INPUT, stdout: sink, stderr: sink, cwd: repository.path, env: repository.env, home, isTTY: false };
  expect(await main(['init', ...args], io)).toBe(0);
  return text;
}

/** Every byte that a run could change: the files of the work tree and the settings and hooks of the clone. */
function state(): Record<string, string> {
  const files = repository.git('ls-files', '--cached', '--others', '-z').split('\0').filter(Boolean);
  const hooks = ['.git/config', '.git/hooks/pre-push', '.git/hooks/pre-commit'];
  const read = (file: string) => {
    const path = join(repository.path, file);
    return [file, `${statSync(path).mode} ${readFileSync(path, 'utf8')}`] as const;
  };
  const present = hooks.filter(file => statSync(join(repository.path, file), { throwIfNoEntry: false }) !== undefined);
  return Object.fromEntries([...files, ...present].map(read));
}

const PUSH_HOOK = '#!/bin/sh\n# ours\nwhile read -r line; do echo "$line"; done > pushed\nexit 0\n';

/** What a repository has before, and where the hooks go. */
const REPOSITORIES: [string, Record<string, string>, string[]][] = [
  ['nothing', {}, ['.githooks/commit-msg', '.githooks/pre-commit', '.githooks/pre-merge-commit', '.githooks/pre-push']],
  ['hooks of its own', { '.git/hooks/pre-push': PUSH_HOOK }, ['.git/hooks/pre-push']],
  [
    'husky',
    { 'package.json': '{ "devDependencies": { "husky": "9.0.0" } }', '.husky/pre-commit': 'npm test' },
    ['.husky/commit-msg', '.husky/pre-commit', '.husky/pre-push'],
  ],
  [
    'lefthook',
    { 'lefthook.yml': '# ours\npre-commit:\n  commands:\n    lint: { run: make lint }' },
    ['.lefthook/deploy-lint.yml', 'lefthook.yml'],
  ],
  [
    'pre-commit',
    {
      '.pre-commit-config.yaml':
        'repos:\n  - repo: https://github.com/adrienverge/yamllint\n    rev: v1\n    hooks:\n      - id: yamllint # ours\n\nfail_fast: true\n',
    },
    ['.pre-commit-config.yaml'],
  ],
  ['GitHub', { '.github/CODEOWNERS': '* @ops\n' }, ['.github/workflows/deploy-lint.yml']],
  ['GitLab', { '.gitlab-ci.yml': 'stages: [test]\n' }, ['.gitlab-ci.yml', '.gitlab/deploy-lint.yml']],
];

describe('a repository with', () => {
  beforeEach(() => {
    repository.commit('Add the shop', {
      'apps/prod/kustomization.yaml': 'resources: []\n',
      'argocd/shop.yaml': APPLICATION,
    });
  });

  it.each(REPOSITORIES)('%s is set up, and the same again after --remove', async (_, files, hooks) => {
    mkdirSync(join(repository.path, '.git/hooks'), { recursive: true });
    repository.write(files);
    for (const file of Object.keys(files)) if (file.includes('hooks/')) chmodSync(join(repository.path, file), 0o755);
    const before = state();

    const announced = await init('--dry-run');
    expect(state()).toEqual(before);
    await init();
    const after = state();
    const changed = Object.keys(after).filter(file => after[file] !== before[file]);
    expect(changed).toEqual(expect.arrayContaining(['.deploy-lint.yaml', ...hooks]));
    for (const file of changed.filter(name => name !== '.git/config')) expect(announced).toContain(file);
    // What a person wrote is all still there.
    for (const [file, text] of Object.entries(files)) {
      const lines = readFileSync(join(repository.path, file), 'utf8').split('\n');
      expect(lines).toEqual(expect.arrayContaining(text.split('\n')));
    }

    await init();
    expect(state()).toEqual(after);
    await init('--remove');
    expect(state()).toEqual(before);
    expect(await init('--remove')).toBe('nothing to do\n');
  });

  /** What a commit starts, each with the folder that it runs in. */
  function startedBy(args: string[], { cwd = repository.path, editor = '' } = {}): string {
    const env = { ...repository.env, ...(editor === '' ? {} : { GIT_EDITOR: editor }) };
    const { status, stderr } = spawnSync('git', ['commit', '--quiet', ...args], { cwd, env, encoding: 'utf8' });
    expect(status).toBe(0);
    return stderr;
  }
  const SAYS = 'console.log(process.argv.slice(2).join(" "), "in", process.cwd())';

  it('a linked work tree without packages takes the program of the clone', async () => {
    repository.write({ [`${HOME}/dist/deploy-lint.cjs`]: SAYS, '.git/info/exclude': 'node_modules\n' });
    await init();
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'Set deploy-lint up');
    const linked = join(repository.env.HOME ?? '', 'linked');
    repository.git('worktree', 'add', '--quiet', '-b', 'other', linked);
    const started = startedBy(['--allow-empty', '--message', 'x'], { cwd: linked });
    expect(started).toMatch(/^hook commit-msg .* --with-change in .*\n$/);
    expect(started.endsWith(` in ${linked}\n`)).toBe(true);
  });

  it.each([
    ['git', {}, '.githooks'],
    [
      'a person',
      { '.githooks/pre-commit': '#!/bin/sh -e\ntrue\n', '.githooks/commit-msg': '#!/bin/sh -e\ntrue\n' },
      '.githooks',
    ],
    ['husky', { '.husky/pre-commit': 'true\n' }, '.husky'],
  ])('hooks by %s starts the program once where git opens no editor', async (_, files, folder) => {
    repository.write({ ...files, [`${HOME}/dist/deploy-lint.cjs`]: SAYS, '.git/info/exclude': 'node_modules\n' });
    repository.git('config', 'core.hooksPath', folder);
    await init();
    for (const hook of ['pre-commit', 'commit-msg']) chmodSync(join(repository.path, folder, hook), 0o755);
    const change = ['--allow-empty', '--allow-empty-message'];
    const message = 'hook commit-msg .git/COMMIT_EDITMSG';
    const at = `in ${repository.path}\n`;
    expect(startedBy([...change, '--message', 'x'])).toBe(`${message} --with-change ${at}`);
    expect(startedBy(change, { editor: 'true' })).toBe(`hook pre-commit ${at}${message} ${at}`);
    rmSync(join(repository.path, folder, 'commit-msg'));
    expect(startedBy([...change, '--message', 'x'])).toBe(`hook pre-commit ${at}`);
  });

  it('a block of ours gets one in its place when the program moves', async () => {
    repository.write({ '.husky/pre-commit': 'npm test\n' });
    await initFrom('tools/old');
    await init();
    const text = readFileSync(join(repository.path, '.husky/pre-commit'), 'utf8');
    expect(text).toContain(HOME);
    expect(text).not.toContain('tools/old');
    await init('--remove');
    expect(readFileSync(join(repository.path, '.husky/pre-commit'), 'utf8')).toBe('npm test\n');
  });

  it.each([
    ['pre-commit', 'pre-commit install -t pre-commit -t pre-merge-commit -t commit-msg -t pre-push'],
    ['lefthook', 'lefthook install'],
    ['husky', 'npm install'],
  ])('%s is told to start it in each clone in which it is not', async (tool, command) => {
    const [, files = {}] = REPOSITORIES.find(([name]) => name === tool) ?? [];
    repository.write(files);
    await init();
    // Another clone has the files, and no hook.
    expect(await init()).toContain(`Then, in each clone`);
    expect(await init()).toContain(` ${command}\n`);
    mkdirSync(join(repository.path, '.git/hooks'), { recursive: true });
    repository.write({ '.git/hooks/pre-commit': `#!/bin/sh\n# by ${tool}\n` });
    if (tool === 'pre-commit') {
      expect(await init()).toContain(' pre-commit install -t pre-merge-commit -t commit-msg -t pre-push\n');
    }
    for (const hook of ['pre-merge-commit', 'commit-msg', 'pre-push']) {
      repository.write({ [`.git/hooks/${hook}`]: `#!/bin/sh\n# by ${tool}\n` });
    }
    repository.git('config', 'core.hooksPath', '.husky/_');
    expect(await init()).not.toContain('in each clone');
  });

  it('a configuration keeps it', async () => {
    repository.write({ '.deploy-lint.yaml': 'versions: v.yaml\n' });
    expect(await init()).toContain('keep     .deploy-lint.yaml: it is yours');
    await init('--remove');
    expect(readFileSync(join(repository.path, '.deploy-lint.yaml'), 'utf8')).toBe('versions: v.yaml\n');
  });

  it('files of ours that someone changed keeps them', async () => {
    await init();
    repository.write({
      '.githooks/pre-commit': readFileSync(join(repository.path, '.githooks/pre-commit'), 'utf8').replace(
        'node',
        'nice node',
      ),
    });
    expect(await init('--remove')).toContain('keep     .githooks/pre-commit: it was changed by hand');
  });

  it('a hook in another language is told what to add', async () => {
    repository.write({ '.husky/pre-commit': '#!/usr/bin/env python3\nprint()\n' });
    expect(await init()).toMatch(/\.husky\/pre-commit is no shell script.*\n.*hook pre-commit/s);
  });

  it('hooks of all the repositories of a person are told what to start', async () => {
    repository.git('config', 'core.hooksPath', '/home/ada/hooks');
    expect(await init()).toContain('core.hooksPath is /home/ada/hooks, for other repositories too');
    expect(repository.git('status', '--short')).toBe('?? .deploy-lint.yaml');
  });

  it('lefthook starts the hook for every push, and not only for files of the branch that is checked out', async () => {
    repository.write({ 'lefthook.yml': 'pre-commit: {}\n' });
    await init();
    const part = parse(readFileSync(join(repository.path, '.lefthook/deploy-lint.yml'), 'utf8'));
    expect(part['pre-push'].commands['deploy-lint']).toEqual({
      run: expect.stringMatching(/ hook pre-push \{1\}; else .*; fi # \{files\}$/),
      files: 'echo .lefthook/deploy-lint.yml',
      use_stdin: true,
    });
  });

  it.each([
    ['lefthook', { 'lefthook.yml': 'pre-commit: {}\n' }, '.lefthook/deploy-lint.yml'],
    [
      'pre-commit',
      { '.pre-commit-config.yaml': 'repos:\n  - repo: meta\n    hooks: [{ id: identity }]\n' },
      '.pre-commit-config.yaml',
    ],
  ])(
    '%s finds the program from a linked work tree without packages, and tells where it finds none',
    async (tool, files, written) => {
      repository.commit('Begin', files);
      await init();
      const config = parse(readFileSync(join(repository.path, written), 'utf8'));
      const line: string =
        tool === 'lefthook'
          ? config['commit-msg'].commands['deploy-lint'].run.replace('{1}', 'MESSAGE')
          : `${config.repos[1].hooks[1].entry} MESSAGE`;
      const linked = join(repository.path, '../linked tree');
      repository.git('worktree', 'add', '--quiet', '--detach', linked);
      const start = () => spawnSync('sh', ['-c', line], { cwd: linked, env: repository.env, encoding: 'utf8' });
      expect(start()).toMatchObject({ status: 0, stderr: expect.stringContaining('this is not checked before CI') });
      const program = join(repository.path, HOME, 'dist/deploy-lint.cjs');
      mkdirSync(join(program, '..'), { recursive: true });
      writeFileSync(program, 'console.log(process.argv.slice(2).join()); process.exitCode = 1;');
      expect(start()).toMatchObject({ status: 1, stdout: 'hook,commit-msg,MESSAGE\n' });
    },
  );

  it('an extends: of lefthook is told what to add', async () => {
    repository.write({ 'lefthook.yml': 'extends: [team.yml]\n' });
    expect(await init()).toMatch(/lefthook.yml has extends: already; add to it:\n +- \.lefthook\/deploy-lint\.yml/);
  });
});

describe('the configuration', () => {
  it('tells what was found, is valid, and names the branches that Applications follow', async () => {
    repository.commit('Add the shop', {
      'apps/prod/kustomization.yaml': 'resources: []\n',
      'argocd/shop.yaml': APPLICATION,
    });
    await init();
    const text = readFileSync(join(repository.path, '.deploy-lint.yaml'), 'utf8');
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=node_modules\/deploy-lint\/schemas\/config\.schema\.json\n/,
    );
    expect(text).toContain('1 Application');
    expect(text).toContain('branches: ["live"]');
    repository.git('add', '.deploy-lint.yaml');
    const { configIn } = await import('../../src/policy/policy.ts');
    const { openRepository } = await import('../../src/git/repository.ts');
    const opened = await openRepository({ cwd: repository.path, env: repository.env });
    const { after } = await opened.staged();
    expect((await configIn(after)).gate.branches).toEqual(['live']);
    await opened.close();
  });
});

describe('what is written for others', () => {
  it('G05 G06 is a workflow that only reads, pins what it uses, and takes no name of a branch into a command', async () => {
    repository.commit('Add the shop', { '.github/CODEOWNERS': '* @ops\n' });
    await init();
    const workflow = parse(readFileSync(join(repository.path, '.github/workflows/deploy-lint.yml'), 'utf8'));
    expect(workflow).toMatchObject({
      on: { pull_request: null, merge_group: null },
      permissions: { contents: 'read' },
    });
    const { steps } = workflow.jobs['deploy-lint'];
    for (const { uses, run, with: given } of steps) {
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
      if (uses?.startsWith('actions/checkout'))
        expect(given).toEqual({ 'fetch-depth': 0, 'persist-credentials': false });
      expect(run ?? '').not.toContain('${{');
    }
  });

  it.each([
    ['package-lock.json', ['npm ci --ignore-scripts']],
    ['pnpm-lock.yaml', ['corepack enable', 'pnpm install --frozen-lockfile --ignore-scripts']],
    ['yarn.lock', ['corepack enable', 'yarn install --frozen-lockfile --ignore-scripts']],
    ['package.json', ['npm install --no-package-lock --ignore-scripts']],
  ])('installs what %s pins', async (file, commands) => {
    repository.write({ '.github/CODEOWNERS': '* @ops\n', [file]: '{}\n' });
    await init();
    const workflow = parse(readFileSync(join(repository.path, '.github/workflows/deploy-lint.yml'), 'utf8'));
    const runs = workflow.jobs['deploy-lint'].steps.flatMap(({ run }: { run?: string }) => run ?? []);
    expect(runs).toEqual([...commands, 'node node_modules/deploy-lint/dist/deploy-lint.cjs ci']);
  });

  it('is a list of hooks for pre-commit, each at its stage', () => {
    const hooks = parse(readFileSync(new URL('../../.pre-commit-hooks.yaml', import.meta.url), 'utf8'));
    for (const { entry, language, stages } of hooks) {
      const [program, command, hook] = entry.split(' ');
      expect([program, command, language]).toEqual(['deploy-lint', 'hook', 'node']);
      expect(stages).toContain(hook);
    }
  });
});
