import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Document, isCollection, parseAllDocuments, type ToStringOptions, visit } from 'yaml';
import { buildRepository, questionOf, readStories, type SampleRepository } from '../../examples/build.mjs';
import { runMain } from '../support/io.ts';

const HOME = resolve(import.meta.dirname, '../..');

/** Stories whose point is the text itself, or that a commit has the very content of an earlier one. */
const ABOUT_TEXT = new Set(['29-image-put-back', '98-key-twice', '99-ambiguous-yaml']);
const commits = readStories().filter(({ name, isStaged }) => !isStaged && !ABOUT_TEXT.has(name));
/** One of each kind takes long enough. */
const stories = commits.filter((_, index) => index % 12 === 0);

function restyled(text: string, change: (document: Document) => void, options: ToStringOptions = {}): string {
  const documents = parseAllDocuments(text, { version: '1.1' });
  if ('empty' in documents || documents.some(({ errors }) => errors.length > 0)) return text;
  for (const document of documents) change(document);
  return documents.map(document => document.toString({ lineWidth: 0, ...options })).join('---\n');
}

const unchanged = () => {};

const STYLES: readonly [name: string, rewrite: (text: string) => string][] = [
  [
    'in flow style',
    text =>
      restyled(text, document =>
        visit(document, {
          // kubectl takes a text that starts with a brace for JSON.
          Collection: (_, node, path) => {
            if (isCollection(node)) node.flow = path.length > 1;
          },
        }),
      ),
  ],
  [
    'with keys in another order',
    text =>
      restyled(text, document =>
        visit(document, {
          Map: (_, map) => {
            map.items.reverse();
          },
        }),
      ),
  ],
  [
    'with all in quotes',
    text => restyled(text, unchanged, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' }),
  ],
  ['with other indents', text => restyled(text, unchanged, { indent: 6 })],
  ['with CRLF and a start of the document', text => `---\r\n${text.replaceAll('\n', '\r\n')}`],
];

let folder: string;
let repository: SampleRepository;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'deploy-lint-rewrites-')));
  // Those that a story goes on from come with it.
  repository = buildRepository(folder, readStories());
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(args: readonly string[], { env = {}, input }: { env?: NodeJS.ProcessEnv; input?: string } = {}): string {
  return execFileSync('git', ['-C', repository.path, ...args], {
    env: { ...repository.env, ...env },
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  }).trimEnd();
}

/** The commit once more, with the YAML that it changes written otherwise. */
function rewritten(commit: string, rewrite: (text: string) => string): string {
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  git(['read-tree', commit], { env });
  const changed = git(['diff', '--name-only', '--diff-filter=AM', `${commit}~1`, commit]).split('\n');
  for (const file of changed.filter(name => /\.ya?ml$/.test(name))) {
    const text = execFileSync('git', ['-C', repository.path, 'show', `${commit}:${file}`], { encoding: 'utf8' });
    const blob = git(['hash-object', '-w', '--stdin'], { input: rewrite(text) });
    git(['update-index', '--cacheinfo', `100644,${blob},${file}`], { env });
  }
  const message = git(['log', '-1', '--format=%B', commit]);
  return git(['commit-tree', git(['write-tree'], { env }), '-p', `${commit}~1`], { input: message });
}

interface Report {
  readonly verdict: { readonly level: string; readonly reasons: readonly { readonly row: string }[] };
  readonly changes: readonly Record<'kind' | 'move' | 'subject' | 'from' | 'to', string | null>[];
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string }[];
}

/** What is said of a commit, without places. */
async function said(commit: string, env: SampleRepository['env']) {
  const argv = ['--commit', commit, '--format', 'json'];
  const { stdout } = await runMain(argv, { cwd: repository.path, env, home: HOME });
  const { verdict, changes, findings }: Report = JSON.parse(stdout);
  const facts = changes.map(({ kind, move, subject, from, to }) => `${kind} ${move} ${subject} ${from} ${to}`);
  return {
    level: verdict.level,
    rows: verdict.reasons.map(({ row }) => row).sort(),
    facts: [...new Set(facts)].sort(),
    findings: findings.map(({ rule, severity, message }) => `${severity} ${rule} ${message}`).sort(),
  };
}

describe('P4: a commit is judged by what it means, however it is written', () => {
  it.each(stories.map(story => [story.name, story] as const))('%s', async (name, story) => {
    const { env } = questionOf(story, repository);
    const commit = git(['rev-parse', name]);
    const plain = await said(commit, env);
    for (const [style, rewrite] of STYLES) {
      expect({ style, ...(await said(rewritten(commit, rewrite), env)) }).toEqual({ style, ...plain });
    }
  });
});
