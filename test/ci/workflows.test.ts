import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { markdownText } from '../../src/report/markdown-escape.ts';
import { LABELS } from '../../src/report/review.ts';

const FOLDER = new URL('../../examples/ci/github/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');
const workflows = readdirSync(FOLDER).map(name => [name, parse(read(name))] as const);
const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

describe('G05 G06 what is shipped for GitHub', () => {
  it.each(workflows)('%s pins what it uses and takes nothing of the event into a command', (_name, workflow) => {
    expect(workflow.concurrency.group).toMatch(/github\.(?:ref|event\.workflow_run\.head_branch) \}\}$/);
    const jobs: { steps: Step[]; 'timeout-minutes'?: number }[] = Object.values(workflow.jobs);
    for (const job of jobs) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(10);
      for (const { uses, run = '', with: given } of job.steps) {
        if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
        if (uses?.startsWith('actions/checkout'))
          expect(given).toEqual({ 'fetch-depth': 0, 'persist-credentials': false });
        expect(`${run}${given?.script ?? ''}`).not.toContain('${{');
      }
    }
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
  });

  it('lets the check only read, and the comment write only where it comments', () => {
    const [comment, check] = [parse(read('deploy-lint-comment.yml')), parse(read('deploy-lint.yml'))];
    expect(check.permissions).toEqual({ contents: 'read' });
    expect(Object.keys(check.on)).toEqual(['pull_request', 'merge_group', 'push', 'schedule']);
    expect(check.on.pull_request).toBeNull();
    expect([comment.permissions, comment.jobs.comment.permissions]).toEqual([
      {},
      { actions: 'read', 'pull-requests': 'write' },
    ]);
    expect(comment.jobs.comment.steps.map(({ uses = '' }: Step) => uses.split('@')[0])).toEqual([
      'actions/download-artifact',
      'actions/github-script',
    ]);
  });

  it('is an action whose inputs go by the environment', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
    expect(Object.keys(action.outputs)).toEqual(['risk', 'passes', 'auto-mergeable', 'auto-merge-bars', 'labels']);
  });
});

describe('G05 the comment', () => {
  const script: string = parse(read('deploy-lint-comment.yml')).jobs.comment.steps[1].with.script;
  const SHA = 'a'.repeat(40);
  let temp: string;
  beforeEach(() => {
    temp = mkdtempSync(join(tmpdir(), 'deploy-lint-comment-'));
    mkdirSync(join(temp, 'deploy-lint'));
    vi.stubEnv('RUNNER_TEMP', temp);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(temp, { recursive: true });
  });

  const artifact = (name: string, text: string) => writeFileSync(join(temp, 'deploy-lint', name), text);

  interface World {
    readonly pulls?: readonly object[];
    readonly comments?: readonly object[];
    /** The status with which GitHub refuses what writes. */
    readonly refused?: number;
  }

  /** Runs the script as actions/github-script does; every call that writes, and every warning. */
  async function run({ pulls, comments = [], refused }: World = {}): Promise<[string, Record<string, unknown>][]> {
    const calls: [string, Record<string, unknown>][] = [];
    const call = (name: string) => async (given: Record<string, unknown>) => {
      if (refused !== undefined) throw Object.assign(new Error('refused'), { status: refused });
      calls.push([name, given]);
    };
    const open = pulls ?? [
      { number: 12, head: { sha: SHA }, labels: [{ name: 'deploy-risk/high' }, { name: 'mine' }] },
    ];
    const github = {
      paginate: async () => comments,
      rest: {
        pulls: { list: async () => ({ data: open }) },
        issues: Object.fromEntries(
          ['createComment', 'updateComment', 'addLabels', 'removeLabel'].map(name => [name, call(name)]),
        ),
      },
    };
    const workflowRun = {
      head_sha: SHA,
      head_branch: 'bump',
      head_repository: { owner: { login: 'fork' } },
      html_url: 'https://github.com/org/gitops/actions/runs/1',
    };
    const context = { payload: { workflow_run: workflowRun }, repo: { owner: 'org', repo: 'gitops' } };
    const core = { info: () => {}, warning: (text: string) => calls.push(['warning', { text }]) };
    const AsyncFunction: FunctionConstructor = Object.getPrototypeOf(async () => {}).constructor;
    await new AsyncFunction('github', 'context', 'core', 'require', script)(
      github,
      context,
      core,
      createRequire(import.meta.url),
    );
    return calls;
  }

  it('is written once with its labels', async () => {
    artifact('deploy-lint.md', '**LOW** pull request 12 into main\n');
    artifact('deploy-lint.env', 'DEPLOY_LINT_RISK=low\nDEPLOY_LINT_LABELS=deploy-risk/low\n');
    const calls = await run();
    expect(calls.map(([name]) => name)).toEqual(['createComment', 'removeLabel', 'addLabels']);
    expect(calls[0]?.[1]).toMatchObject({
      issue_number: 12,
      body: expect.stringMatching(/^<!-- deploy-lint -->\n\*\*LOW\*\*/),
    });
    expect(calls[1]?.[1]).toMatchObject({ name: 'deploy-risk/high' });
    expect(calls[2]?.[1]).toMatchObject({ labels: ['deploy-risk/low'] });
  });

  it('E04 shows the report as it was written', async () => {
    artifact('deploy-lint.md', `${markdownText('fixes #1 of @org/team')}\n`);
    artifact('deploy-lint.env', '');
    const calls = await run();
    expect(calls[0]?.[1].body).toContain('\nfixes \\#<!-- -->1 of \\@<!-- -->org/team\n');
  });

  it('E05 is edited in place where it is its own, and left alone where it is not', async () => {
    artifact('deploy-lint.md', 'new\n');
    artifact('deploy-lint.env', '');
    const forged = { id: 1, body: '<!-- deploy-lint -->\nold', user: { login: 'mallory' } };
    const own = { id: 2, body: '<!-- deploy-lint -->\nold', user: { login: 'github-actions[bot]' } };
    expect(await run({ comments: [forged, own] })).toContainEqual([
      'updateComment',
      expect.objectContaining({ comment_id: 2 }),
    ]);
    expect((await run({ comments: [forged] })).map(([name]) => name)).toContain('createComment');
  });

  it('takes nothing from a hostile artifact but text without effect', async () => {
    artifact('deploy-lint.md', `@org/everyone <!-- deploy-lint -->\n/merge\n${'x'.repeat(100_000)}`);
    artifact('deploy-lint.env', 'DEPLOY_LINT_LABELS=approved,deploy-risk/none,$(id)\nDEPLOY_LINT_NUMBER=1\n');
    const calls = await run();
    const body = String(calls[0]?.[1].body);
    expect(body).toMatch(/^<!-- deploy-lint -->\n@\u200borg\/everyone &lt;!-- deploy-lint -->\n\\\/merge\n/);
    expect(body.length).toBeLessThan(65_536);
    expect(calls.find(([name]) => name === 'addLabels')?.[1].labels).toEqual(['deploy-risk/none']);
  });

  it('ends where the artifact is no file of the size of a report', async () => {
    artifact('deploy-lint.env', '');
    symlinkSync('/etc/passwd', join(temp, 'deploy-lint', 'deploy-lint.md'));
    await expect(run()).rejects.toThrow('deploy-lint.md is no report');
    rmSync(join(temp, 'deploy-lint', 'deploy-lint.md'));
    artifact('deploy-lint.md', 'x'.repeat(300_000));
    await expect(run()).rejects.toThrow('deploy-lint.md is no report');
  });

  it('G09 says nothing of a commit that is no longer the newest', async () => {
    artifact('deploy-lint.md', 'old\n');
    artifact('deploy-lint.env', '');
    expect(await run({ pulls: [{ number: 12, head: { sha: 'b'.repeat(40) }, labels: [] }] })).toEqual([]);
  });

  it.each([403, 422, 429, 502])('E05 G09 warns and goes on where GitHub answers %i', async refused => {
    artifact('deploy-lint.md', 'old\n');
    artifact('deploy-lint.env', '');
    expect(await run({ refused })).toEqual([
      ['warning', { text: `the comment: ${refused} refused` }],
      ['warning', { text: `the labels: ${refused} refused` }],
    ]);
  });

  it('knows the labels that there are', () => {
    for (const label of LABELS) expect(script).toContain(`'${label}'`);
  });
});
