import type { StepKind } from './step.ts';

/** What each kind of step is called, in every form. */
export const STEP_NAMES: Readonly<Record<StepKind, string>> = {
  stop: 'Stops',
  sync: 'Syncs',
  'pre-hook': 'Runs first',
  prune: 'Prunes',
  create: 'Creates',
  update: 'Updates',
  database: 'Database',
  roll: 'Rolls',
  restart: 'Restarts',
  'at-once': 'Runs now',
  stays: 'Stays',
  'prune-last': 'Prunes',
  'post-hook': 'Runs last',
  'next-run': 'Next run',
};

export const RESTORES = {
  yes: 'The cluster is then as it was, as far as the manifests say.',
  partly: 'This does not bring everything back:',
  unknown: 'Whether this brings everything back is not known: a part of the change is not in this repository.',
} as const;
