// Tells the first day of a team with deploy-lint: the sample becomes a repository of its own with a remote, is set up, and
// meets a good commit, a bad one, a risky one and a push. What is printed is what git and its hooks say; identity and
// dates are fixed. `npm run generate` writes it to docs/first-day.md; `npm run first-day` writes the same in a public
// repository below it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { environment, readStories, SAMPLE } from './build.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILE = 'manifests_v1/app-constructs/ecommercen-clients/wecare/adveshop4/base/kustomization.yaml';

const PAGE = 'docs/first-day.md';

/** Above the day in a public repository. */
const PUBLIC = '<!-- npm run first-day prints what follows. -->';

/** Writes the page. What is not given stays as it was printed last. */
export function printFirstDay({ sample, publicly }) {
  const [, keptSample = '', keptPublicly = ''] = readFileSync(PAGE, 'utf8').split(/^<!-- npm run .* -->$/m);
  const parts = ['# The first day', SAMPLED, sample ?? keptSample.trim(), PUBLIC, publicly ?? keptPublicly.trim()];
  writeFileSync(PAGE, `${parts.join('\n\n')}\n`);
}

/** Above the day with the sample. */
const SAMPLED = '<!-- npm run generate prints what follows. -->';

/** The day with the sample, as Markdown. */
export function sampleDay() {
  return toldDay({ lay: repository => cpSync(SAMPLE, repository, { recursive: true }), steps: TOLD });
}

/**
 * What happens in a new repository, as Markdown.
 *
 * @param lay Lays the files of the repository into a folder.
 * @param steps Texts, commands that are shown with what they print, and what is done in silence.
 */
export async function toldDay({ lay, steps }) {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-first-day-'));
  try {
    const repository = join(folder, 'shop-gitops');
    lay(repository);
    await install(join(repository, 'node_modules/deploy-lint'));
    writeFileSync(join(repository, '.gitignore'), 'node_modules\n');
    writeFileSync(join(repository, 'package.json'), '{ "private": true, "devDependencies": { "deploy-lint": "0.1.0" } }\n');
    mkdirSync(join(repository, '.github'), { recursive: true });
    writeFileSync(join(repository, '.github/CODEOWNERS'), '* @platform\n');
    return told(steps, repository, shellIn(repository, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The program as npm would have it there, without the packages that only other commands load. */
async function install(home) {
  const isLazy = ({ kind, path }) =>
    kind === 'dynamic-import' && !path.startsWith('node:') ? { path, external: true } : undefined;
  await build({
    entryPoints: [join(ROOT, 'src/bin.ts')],
    outfile: join(home, 'dist/deploy-lint.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [{ name: 'lazy', setup: ({ onResolve }) => onResolve({ filter: /^[^./]/ }, isLazy) }],
  });
  cpSync(join(ROOT, 'schemas'), join(home, 'schemas'), { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "name": "deploy-lint", "version": "0.1.0" }\n');
}

/** Runs a line as a person types it; each is a minute after the one before. */
function shellIn(cwd, folder) {
  let minutes = 0;
  let variables = {};
  const shell = line => {
    minutes++;
    const env = { ...environment(folder, FIRST_MINUTE + minutes * 60), GIT_EDITOR: 'true', ...variables };
    const { stdout } = spawnSync('sh', ['-c', `{ ${line}\n} 2>&1`], { cwd, env, encoding: 'utf8' });
    return stdout.trimEnd();
  };
  /** From here on as in a pipeline of GitHub that was started by this event. */
  shell.pipeline = event => {
    const file = (name, text) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    variables = {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event)),
      GITHUB_SHA: shell('git rev-parse HEAD'),
      GITHUB_OUTPUT: file('output', ''),
      NO_COLOR: '1',
    };
  };
  return shell;
}

/** The part of GitHub's payload for a pull request that tells where it goes. */
function eventOf([branch, target], shell) {
  const at = name => ({ ref: name, sha: shell(`git rev-parse origin/${name} 2>/dev/null || git rev-parse ${name}`).split('\n').at(-1) });
  return { pull_request: { number: 1, base: at(target), head: at(branch) } };
}

/** 2026-03-02T09:00:00Z, a Monday. */
const FIRST_MINUTE = 1_772_442_000;

const TOLD = [
  'The sample of this project, `examples/shop-gitops`, as a repository with a remote. deploy-lint is a development dependency.',
  { quiet: 'git init --quiet --bare --initial-branch=main ../remote.git && git init --quiet --initial-branch=main' },
  { quiet: 'git add --all && git commit --quiet --message "Take over the shops as they run"' },
  { quiet: 'git remote add origin ../remote.git && git push --quiet origin main && git remote set-head origin main' },
  '## Set it up\n\n`--dry-run` shows every line first. Nothing that a person wrote is touched.',
  'npx deploy-lint init',
  'cat .deploy-lint.yaml',
  'git add --all && git commit --quiet --message "Let deploy-lint look at every commit"',
  '## A good commit',
  { patch: '01' },
  'git commit --quiet --all --message "[App: wecare] Bump image to 4.99.11.0-wecare"',
  '## A bad one\n\nThe next bump forgets the workers.',
  { edit: [FILE, 'php_fpm\n    newTag: 4.99.11', 'php_fpm\n    newTag: 4.99.12'] },
  'git commit --quiet --all --message "[App: wecare] Bump image to 4.99.12.0-wecare"',
  'Mended, it goes through.',
  { edit: [FILE, 'php_cli\n    newTag: 4.99.11', 'php_cli\n    newTag: 4.99.12'] },
  'git commit --quiet --all --message "[App: wecare] Bump image to 4.99.12.0-wecare"',
  '## A risky one\n\nA high risk is no mistake; the message has to say that it is meant.',
  { patch: '09' },
  'git commit --quiet --all --message "[App: wecare] Raise MariaDB to 11.8"',
  'git commit --quiet --all --file .git/COMMIT_EDITMSG --trailer "Deploy-Risk: high"',
  '## The push\n\nWhat was told at the commits is not told again.',
  'git push --quiet origin main',
  'Someone commits past the hooks. The push is judged as a whole, by the policy that the remote has.',
  { edit: [FILE, 'php_cli\n    newTag: 4.99.12.0-wecare', 'php_cli\n    newTag: 4.99'] },
  'git commit --quiet --all --no-verify --message "Try something"',
  'git push --quiet origin main',
  '## The pull request\n\nIt goes by a pull request instead, with a change of the policy that would let it through. The pipeline of GitHub runs `deploy-lint ci` on the merge that GitHub makes to try it; its variables are simulated here.',
  { quiet: 'git checkout --quiet -b try && printf "rules:\\n  siblings-out-of-step: off\\n  tag-is-a-number: off\\n" >> .deploy-lint.yaml' },
  { quiet: 'git commit --quiet --all --no-verify --message "Let it through"' },
  { quiet: 'git checkout --quiet --detach origin/main && git merge --quiet --no-ff --no-edit --no-verify try' },
  'git diff --stat origin/main try',
  { event: ['try', 'main'] },
  'npx deploy-lint ci',
  'cat "$GITHUB_OUTPUT"',
  { quiet: 'git checkout --quiet main' },
  '## And out again\n\nNothing of it stays.',
  'npx deploy-lint init --remove',
  'git status --short',
];

function told(steps, repository, shell) {
  return steps.flatMap(step => {
    if (typeof step === 'string') {
      if (!/^(?:git|npx|cat) /.test(step)) return step;
      return fenced(step, shell(step.replace(/^npx deploy-lint/, PROGRAM)));
    }
    if (step.event !== undefined) shell.pipeline(eventOf(step.event, shell));
    else silent(step, shell, repository);
    return [];
  }).join('\n\n');
}

const PROGRAM = 'node node_modules/deploy-lint/dist/deploy-lint.cjs';

/** Nothing that is printed here has backticks. */
function fenced(command, output) {
  return ['```', `$ ${command}`, ...(output === '' ? [] : [output]), '```'].join('\n');
}

function silent({ quiet, patch, edit, write }, shell, repository) {
  if (quiet !== undefined) shell(quiet);
  if (write !== undefined) writeFileSync(join(repository, write[0]), write[1]);
  if (edit !== undefined) {
    const [name, before, after] = edit;
    const file = join(repository, name);
    const text = readFileSync(file, 'utf8');
    if (!text.includes(before)) throw new Error(`${name} has no ${before}`);
    writeFileSync(file, text.replace(before, after));
  }
  if (patch === undefined) return;
  const story = readStories().find(({ number }) => number === patch);
  shell(`git apply <<'PATCH'\n${story.patch}\nPATCH`);
}
