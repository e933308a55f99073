import { describe, expect, it } from 'vitest';
import { judgeApplication, type Relation, revisionsOf } from '../../src/landed/application.ts';
import { object } from '../support/objects.ts';
import { application } from '../support/results.ts';

const HERE = 'c'.repeat(40);
const LATER = 'd'.repeat(40);
const BEFORE = 'b'.repeat(40);
const APART = 'a'.repeat(40);

const RELATIONS = new Map<string, Relation>([
  [HERE, 'same'],
  [LATER, 'newer'],
  [BEFORE, 'older'],
  [APART, 'apart'],
]);

function live(status: string, spec = '{}') {
  return object(
    `{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop}, spec: ${spec}, status: ${status}}`,
  );
}

function judge(status: string, more: Partial<Parameters<typeof judgeApplication>[0]> = {}, spec?: string) {
  return judgeApplication({
    live: live(status, spec),
    expected: application('shop', 'shop'),
    isNew: false,
    isRemoved: false,
    source: 0,
    relation: revision => RELATIONS.get(revision) ?? 'not-here',
    ...more,
  });
}

const synced = (revision: string) => `sync: {status: Synced, revision: ${revision}}`;
const done = (revision: string, phase = 'Succeeded', more = '') =>
  `operationState: {phase: ${phase}, finishedAt: "2026-03-16T09:00:00Z", syncResult: {revision: ${revision}${more}}}`;
const HEALTHY = 'health: {status: Healthy}, reconciledAt: "2026-03-16T09:00:05Z"';

describe('what Argo CD did with the commit', () => {
  it.each([
    ['it is there', `{${synced(HERE)}, ${done(HERE)}, ${HEALTHY}}`, 'landed', 'Synced and Healthy at cccccccc'],
    ['a later one is there', `{${synced(LATER)}, ${done(LATER)}, ${HEALTHY}}`, 'landed', 'at dddddddd'],
    ['nothing had to be applied', `{${synced(LATER)}, ${done(BEFORE)}, ${HEALTHY}}`, 'landed', 'Synced and Healthy'],
    [
      'healthy, but at the commit before',
      `{${synced(BEFORE)}, ${done(BEFORE)}, ${HEALTHY}}`,
      'rolling',
      'from before the commit',
    ],
    ['on a branch without it', `{${synced(APART)}, ${HEALTHY}}`, 'stuck', 'does not have the commit'],
    ['at a commit of another clone', `{${synced('e'.repeat(40))}, ${HEALTHY}}`, 'unknown', 'this clone does not have'],
    ['never looked at', '{}', 'rolling', 'has not looked'],
    [
      'syncing',
      `{${synced(HERE)}, operationState: {phase: Running, operation: {sync: {revision: ${HERE}}}, message: waiting for healthy state}}`,
      'rolling',
      'syncing cccccccc: waiting for healthy state',
    ],
    [
      'behind a sync that retries',
      `{${synced(HERE)}, operationState: {phase: Running, operation: {sync: {revision: ${BEFORE}}}, message: "retrying (2/5)"}}`,
      'stuck',
      'older bbbbbbbb is still running',
    ],
    [
      'refused',
      `{sync: {status: OutOfSync, revision: ${HERE}}, ${done(HERE, 'Failed', ', resources: [{kind: Service, name: web, status: SyncFailed, message: port is taken}]')}}`,
      'failed',
      'the sync of cccccccc failed: Service web: port is taken',
    ],
    [
      'a hook failed',
      `{sync: {status: OutOfSync, revision: ${HERE}}, ${done(HERE, 'Failed', ', resources: [{kind: Job, name: migrate, hookPhase: Failed, message: BackoffLimitExceeded}]')}}`,
      'failed',
      'Job migrate: BackoffLimitExceeded',
    ],
    [
      'an older sync was refused',
      `{${synced(HERE)}, ${done(BEFORE, 'Failed')}, ${HEALTHY}}`,
      'landed',
      'Synced and Healthy',
    ],
    [
      'not applied yet',
      `{sync: {status: OutOfSync, revision: ${HERE}}, resources: [{kind: Deployment, name: web, status: OutOfSync}], ${done(BEFORE)}}`,
      'rolling',
      'out of sync: Deployment web',
    ],
    [
      'applied and changed by a webhook',
      `{sync: {status: OutOfSync, revision: ${HERE}}, ${done(HERE)}, ${HEALTHY}}`,
      'landed',
      'Healthy',
    ],
    ['not comparable', `{sync: {status: Unknown, revision: ${HERE}}}`, 'unknown', 'cannot compare'],
    [
      'health from before the sync',
      `{${synced(HERE)}, ${done(HERE)}, health: {status: Healthy}, reconciledAt: "2026-03-16T08:59:59Z"}`,
      'rolling',
      'has not looked since its sync ended',
    ],
    [
      'degraded',
      `{${synced(HERE)}, health: {status: Degraded}, resources: [{kind: Deployment, name: web, health: {status: Degraded, message: exceeded its progress deadline}}]}`,
      'failed',
      'Degraded at cccccccc: Deployment web: exceeded',
    ],
    ['suspended', `{${synced(HERE)}, health: {status: Suspended}}`, 'rolling', 'waits for a person'],
    ['progressing', `{${synced(HERE)}, health: {status: Progressing}}`, 'rolling', 'Progressing'],
    ['missing', `{${synced(HERE)}, health: {status: Missing}}`, 'rolling', 'Missing'],
    ['without health', `{${synced(HERE)}}`, 'unknown', 'does not know the health'],
    [
      'not renderable',
      `{${synced(HERE)}, conditions: [{type: ComparisonError, message: "kustomize build failed\\nlong"}]}`,
      'stuck',
      'ComparisonError: kustomize build failed',
    ],
  ])('%s', (_, status, state, reason) => {
    expect(judge(status)).toMatchObject({ state, reason: expect.stringContaining(reason) });
  });

  it('waits for a hand where nothing syncs by itself', () => {
    const expected = { ...application('shop', 'shop'), automated: false };
    expect(judge(`{sync: {status: OutOfSync, revision: ${HERE}}}`, { expected })).toMatchObject({
      state: 'rolling',
      reason: 'out of sync, and syncs by hand',
      next: 'argocd app sync shop',
    });
  });

  it('reads the source that lies in this repository', () => {
    const status = `{sync: {status: Synced, revisions: [1.2.3, ${HERE}]}, ${HEALTHY}}`;
    expect(judge(status, { source: 1 }).state).toBe('landed');
    expect(revisionsOf(live(status), 1)).toEqual([HERE]);
  });

  it('says what becomes of an Application that is taken away or not there yet', () => {
    expect(judge('{}', { isRemoved: true, live: undefined }).state).toBe('landed');
    expect(judge('{}', { isRemoved: true }).state).toBe('rolling');
    expect(judge('{}', { isNew: true, live: undefined }).state).toBe('rolling');
    expect(judge('{}', { live: undefined }).state).toBe('unknown');
  });
});
