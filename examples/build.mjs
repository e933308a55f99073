// Builds the sample as a real git repository: one commit of examples/shop-gitops, and a branch for each story of
// examples/commits. Identity, dates and configuration are fixed, so every build has the same commit ids.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SAMPLE = fileURLToPath(new URL('shop-gitops', import.meta.url));
export const STORIES = fileURLToPath(new URL('commits', import.meta.url));

/** 2026-03-02T09:00:00Z, a Monday. */
const FIRST_COMMIT_AT = 1_772_442_000;
const DAY = 86_400;

export function readStories() {
  const files = readdirSync(STORIES).filter(file => file.endsWith('.patch'));
  return files.sort().map(file => parseStory(file.slice(0, -'.patch'.length), readFileSync(join(STORIES, file), 'utf8')));
}

const FIELDS = ['Subject', 'Expect', 'Finds', 'After', 'Reverts', 'Asked'];

function parseStory(name, text) {
  const start = text.search(/^diff --git /m);
  const header = start < 0 ? text : text.slice(0, start);
  const fields = new Map();
  const [body, why] = [[], []];
  for (const line of header.split('\n')) {
    const field = FIELDS.find(known => line.startsWith(`${known}: `));
    if (field !== undefined) fields.set(field, line.slice(field.length + 2).trim());
    else if (line.startsWith('#')) why.push(line.slice(1).trim());
    else body.push(line);
  }
  const subject = fields.get('Subject');
  const expect = fields.get('Expect');
  const reverted = fields.get('Reverts');
  if (expect === undefined) throw new Error(`${name} does not say what to expect`);
  if ((start < 0) === (reverted === undefined)) throw new Error(`${name} needs a patch or "Reverts:", not both`);
  if (subject === undefined && reverted === undefined) throw new Error(`${name} has no subject`);
  return {
    name,
    number: name.slice(0, name.indexOf('-')),
    subject: subject ?? '',
    body: body.join('\n').trim(),
    expect,
    finds: (fields.get('Finds') ?? '').split(/,\s*/).filter(Boolean).sort(),
    after: reverted ?? fields.get('After'),
    isRevert: reverted !== undefined,
    isStaged: fields.get('Asked') === 'before the commit',
    why,
    patch: start < 0 ? '' : text.slice(start),
  };
}

/** The environment for git without anyone's configuration, with a fixed author and date. */
export function environment(home, time = FIRST_COMMIT_AT) {
  return {
    PATH: process.env.PATH,
    HOME: home,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@ecommercen.example',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@ecommercen.example',
    GIT_AUTHOR_DATE: `${time} +0000`,
    GIT_COMMITTER_DATE: `${time} +0000`,
    LC_ALL: 'C',
    TZ: 'UTC',
    // deploy-lint keeps here what it has read.
    XDG_CACHE_HOME: join(home, 'cache'),
  };
}

export function buildRepository(folder, stories) {
  const path = join(folder, 'shop-gitops');
  mkdirSync(path);
  const git = (args, { time, input, files = path } = {}) =>
    execFileSync('git', args, {
      cwd: path,
      env: { ...environment(folder, time), GIT_WORK_TREE: files, GIT_DIR: join(path, '.git') },
      encoding: 'utf8',
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim();
  git(['init', '--quiet', '--initial-branch=main', '--object-format=sha1']);
  git(['add', '--all', '.'], { files: SAMPLE });
  git(['commit', '--quiet', '--message', 'Take over the shops as they run'], { files: SAMPLE });

  /** Days after the first commit: a story comes a day after the one that it goes on from. */
  const days = new Map([['main', 0]]);
  for (const story of stories) {
    const parent = story.after === undefined ? 'main' : stories.find(({ number }) => number === story.after)?.name;
    if (parent === undefined) throw new Error(`${story.name} goes on from ${story.after}, which is not there`);
    const day = (days.get(parent) ?? 0) + 1;
    days.set(story.name, day);
    const commit = commitOf(story, parent, (args, input) => git(args, { time: FIRST_COMMIT_AT + day * DAY, input }));
    git(['branch', story.name, commit]);
    if (story.isStaged) git(['read-tree', `--index-output=${indexOf(folder, story)}`, commit]);
  }
  git(['read-tree', 'main']);
  git(['checkout-index', '--all', '--force']);
  return { folder, path, env: environment(folder) };
}

function indexOf(folder, { name }) {
  return join(folder, `${name}.index`);
}

export function questionOf(story, { folder, path, env }) {
  const args = ['--cwd', path];
  if (!story.isStaged) return { args: ['--commit', story.name, ...args], env };
  return { args, env: { ...env, GIT_INDEX_FILE: indexOf(folder, story) } };
}

/** Makes the commit through the index alone, without a file on disk; its id. */
function commitOf(story, parent, git) {
  const { subject, body } = story.isRevert ? revertMessage(parent, git) : story;
  const message = body === '' ? subject : `${subject}\n\n${body}`;
  const commit = tree => git(['commit-tree', tree, '-p', parent], `${message}\n`);
  if (story.isRevert) return commit(git(['rev-parse', `${parent}^^{tree}`]));
  git(['read-tree', parent]);
  git(['apply', '--cached', '--whitespace=nowarn', '-'], story.patch);
  return commit(git(['write-tree']));
}

/** What `git revert` writes, which itself wants a work tree. */
function revertMessage(commit, git) {
  return {
    subject: `Revert "${git(['show', '--no-patch', '--format=%s', commit])}"`,
    body: `This reverts commit ${git(['rev-parse', commit])}.`,
  };
}
