import type { Command } from './command.ts';

interface Entry {
  /** As the help shows it. */
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly default: Command }>;
}

/** The commands by name, as the help lists them. Each is loaded when it is called: a hook should not pay for them. */
export const COMMANDS: ReadonlyMap<string, Entry> = new Map([
  [
    'init',
    {
      usage: 'init',
      summary: 'sets the repository up: configuration, hooks, CI; --dry-run, --remove',
      load: () => import('./init.ts'),
    },
  ],
  [
    'hook',
    {
      usage: 'hook NAME [ARG...]',
      summary: "as git's hook: pre-commit, commit-msg, pre-push",
      load: () => import('./hook.ts'),
    },
  ],
  [
    'explain',
    {
      usage: 'explain [WHAT]',
      summary: 'what a line FILE:LINE, a FILE, a RULE or a commit means for the cluster',
      load: () => import('./explain.ts'),
    },
  ],
  [
    'ci',
    {
      usage: 'ci',
      summary: 'what a pipeline has under review, by the policy of the branch that it goes into',
      load: () => import('./ci.ts'),
    },
  ],
  [
    'merge',
    {
      usage: 'merge FILE...',
      summary: 'the report of deploy-lint ci or --all from its shards',
      load: () => import('./merge.ts'),
    },
  ],
  [
    'config',
    {
      usage: 'config',
      summary: 'the configuration in force, and where each value comes from',
      load: () => import('./config.ts'),
    },
  ],
  [
    'history',
    {
      usage: 'history A..B',
      summary: 'the past, each commit as it would be judged today; which rule fired how often',
      load: () => import('./history.ts'),
    },
  ],
  [
    'test',
    {
      usage: 'test [FILE...]',
      summary: "the tests of the team's own rules (docs/policies.md)",
      load: () => import('./test.ts'),
    },
  ],
  ['rules', { usage: 'rules [ID]', summary: "the catalogue; one rule's page", load: () => import('./rules.ts') }],
  [
    'render',
    {
      usage: 'render DIR|APP...',
      summary: 'its objects as kubectl kustomize prints them; --origins',
      load: () => import('./render.ts'),
    },
  ],
  [
    'updates',
    {
      usage: 'updates [NAME...]',
      summary: 'newer versions of the components in scripts/apps.yaml',
      load: () => import('./updates.ts'),
    },
  ],
  [
    'landed',
    {
      usage: 'landed [REV|A..B|APP]',
      summary: 'did it reach the cluster, and is it healthy; --watch',
      load: () => import('./landed.ts'),
    },
  ],
]);
