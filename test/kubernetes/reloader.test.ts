import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../src/kubernetes/object.ts';
import { misspelt, reloads } from '../../src/kubernetes/reloader.ts';
import { object } from '../support/objects.ts';

type Annotations = Readonly<Record<string, string>>;

interface Case {
  readonly own?: Annotations;
  readonly pod?: Annotations;
  readonly config?: Annotations;
  /** Whether the pods refer to the ConfigMap; they do by default. */
  readonly refers?: boolean;
}

function workload({ own = {}, pod = {}, refers = true }: Case, kind = 'Deployment'): KubeObject {
  return object(`
    apiVersion: apps/v1
    kind: ${kind}
    metadata: { name: web, annotations: ${JSON.stringify(own)} }
    spec:
      template:
        metadata: { annotations: ${JSON.stringify(pod)} }
        spec:
          containers: [{ name: web, envFrom: [${refers ? '{ configMapRef: { name: web-cm } }' : ''}] }]`);
}

function configMap({ config = {} }: Case): KubeObject {
  return object(
    `{ apiVersion: v1, kind: ConfigMap, metadata: { name: web-cm, annotations: ${JSON.stringify(config)} } }`,
  );
}

const AUTO = 'reloader.stakater.com/auto';
const TYPED = 'configmap.reloader.stakater.com/auto';
const NAMED = 'configmap.reloader.stakater.com/reload';
const EXCLUDE = 'configmaps.exclude.reloader.stakater.com/reload';
const SEARCH = 'reloader.stakater.com/search';
const MATCH = 'reloader.stakater.com/match';
const IGNORE = 'reloader.stakater.com/ignore';

describe('reloads', () => {
  it.each<[string, Case, 'yes' | 'no']>([
    ['nothing', {}, 'no'],
    ['auto', { own: { [AUTO]: 'true' } }, 'yes'],
    ['auto without a reference', { own: { [AUTO]: 'true' }, refers: false }, 'no'],
    ['auto as Go reads a boolean', { own: { [AUTO]: 'T' } }, 'yes'],
    ['auto as people write one', { own: { [AUTO]: 'yes' } }, 'no'],
    ['auto in mixed case', { own: { [AUTO]: 'tRUE' } }, 'no'],
    ['auto of the type', { own: { [TYPED]: 'true' } }, 'yes'],
    ['auto of the other type', { own: { 'secret.reloader.stakater.com/auto': 'true' } }, 'no'],
    ['auto off and typed auto on', { own: { [AUTO]: 'false', [TYPED]: 'true' } }, 'yes'],
    ['ignored by the ConfigMap', { own: { [AUTO]: 'true' }, config: { [IGNORE]: 'true' } }, 'no'],
    ['ignore needs exactly true', { own: { [AUTO]: 'true' }, config: { [IGNORE]: 'True' } }, 'yes'],
    ['named', { own: { [NAMED]: 'web-cm' } }, 'yes'],
    ['named without a reference', { own: { [NAMED]: 'web-cm' }, refers: false }, 'yes'],
    ['named in a list', { own: { [NAMED]: 'other, web-cm ' } }, 'yes'],
    ['named by a pattern', { own: { [NAMED]: 'web-.*' } }, 'yes'],
    ['a pattern is anchored', { own: { [NAMED]: 'web' } }, 'no'],
    ['an alternation is not grouped', { own: { [NAMED]: 'web|api' } }, 'yes'],
    ['a pattern that does not compile', { own: { [NAMED]: '(,web-cm' } }, 'yes'],
    ['an empty name matches nothing', { own: { [NAMED]: '' } }, 'no'],
    ['named though auto is off', { own: { [NAMED]: 'web-cm', [AUTO]: 'false' } }, 'yes'],
    ['excluded beats auto', { own: { [AUTO]: 'true', [EXCLUDE]: 'web-cm' } }, 'no'],
    ['excluded beats named', { own: { [NAMED]: 'web-cm', [EXCLUDE]: 'a, web-cm' } }, 'no'],
    ['exclusion is no pattern', { own: { [AUTO]: 'true', [EXCLUDE]: 'web-.*' } }, 'yes'],
    [
      'exclusion in the singular is not read',
      { own: { [AUTO]: 'true', 'configmap.exclude.reloader.stakater.com/reload': 'web-cm' } },
      'yes',
    ],
    ['exclusion on the pod template is not read', { pod: { [AUTO]: 'true', [EXCLUDE]: 'web-cm' } }, 'yes'],
    ['search and match', { own: { [SEARCH]: 'true' }, config: { [MATCH]: 'true' } }, 'yes'],
    ['search without match', { own: { [SEARCH]: 'true' } }, 'no'],
    ['search needs exactly true', { own: { [SEARCH]: '1' }, config: { [MATCH]: 'true' } }, 'no'],
    ['match without a reference', { own: { [SEARCH]: 'true' }, config: { [MATCH]: 'true' }, refers: false }, 'no'],
    ['on the pod template alone', { pod: { [AUTO]: 'true' } }, 'yes'],
    ['on the pod template beside another key', { own: { [SEARCH]: 'true' }, pod: { [AUTO]: 'true' } }, 'no'],
    [
      'on the pod template beside a key of the other type',
      { own: { 'secret.reloader.stakater.com/reload': 'x' }, pod: { [AUTO]: 'true' } },
      'yes',
    ],
    ['the plural of reload', { own: { 'configmaps.reloader.stakater.com/reload': 'web-cm' } }, 'no'],
  ])('%s', (_, input, state) => {
    expect(reloads(workload(input), configMap(input)).state).toBe(state);
  });

  it('says which annotation decides', () => {
    const input = { own: { [AUTO]: 'yes' } };
    expect(reloads(workload(input), configMap(input))).toEqual({
      state: 'no',
      because: `${AUTO} is "yes", which is not true`,
      at: ['metadata', 'annotations', AUTO],
    });
  });

  it('says that the pod template is not read beside a key of the workload', () => {
    const input = { own: { [SEARCH]: 'false' }, pod: { [AUTO]: 'true' } };
    expect(reloads(workload(input), configMap(input)).because).toBe(
      `${AUTO} of the pod template does not count beside an annotation of Reloader on the Deployment`,
    );
  });

  it('points into the pod template where that decides', () => {
    const input = { pod: { [AUTO]: 'true' } };
    expect(reloads(workload(input), configMap(input)).at).toEqual([
      ...['spec', 'template', 'metadata', 'annotations'],
      AUTO,
    ]);
  });

  it.each([
    ['nothing', {}, 'yes'],
    ['auto off', { own: { [AUTO]: 'false' } }, 'no'],
    ['typed auto off', { own: { [TYPED]: 'false' } }, 'no'],
    ['no reference', { refers: false }, 'no'],
  ] satisfies [string, Case, string][])('with --auto-reload-all and %s', (_, input, state) => {
    expect(reloads(workload(input), configMap(input), { autoReloadAll: true }).state).toBe(state);
  });

  it('leaves Jobs alone, and Argo Rollouts unless told', () => {
    const input = { own: { [AUTO]: 'true' } };
    expect(reloads(workload(input, 'CronJob'), configMap(input)).state).toBe('no');
    const rollout = object(`
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: { name: web, annotations: { ${AUTO}: 'true' } }
      spec: { template: { spec: { containers: [{ name: web, envFrom: [{ configMapRef: { name: web-cm } }] }] } } }`);
    expect(reloads(rollout, configMap({})).state).toBe('no');
    expect(reloads(rollout, configMap({}), { argoRollouts: true }).state).toBe('yes');
  });
});

describe('misspelt', () => {
  it.each([
    ['configmaps.reloader.stakater.com/reload', 'configmap.reloader.stakater.com/reload'],
    ['secrets.reloader.stakater.com/reload', 'secret.reloader.stakater.com/reload'],
    ['configmap.exclude.reloader.stakater.com/reload', 'configmaps.exclude.reloader.stakater.com/reload'],
    ['reloader.stakater.com/reload', undefined],
    ['Reloader.stakater.com/auto', 'reloader.stakater.com/auto'],
  ])('%s', (key, instead) => {
    expect(misspelt(workload({ own: { [key]: 'true' } }))).toEqual([
      { key, instead, path: ['metadata', 'annotations', key] },
    ]);
  });

  it('knows what Reloader reads and writes', () => {
    const own = Object.fromEntries(
      [
        AUTO,
        NAMED,
        EXCLUDE,
        'secretproviderclasses.exclude.reloader.stakater.com/reload',
        'deployment.reloader.stakater.com/pause-period',
        'reloader.stakater.com/last-reloaded-from',
        'example.com/auto',
      ].map(key => [key, 'x']),
    );
    expect(misspelt(workload({ own }))).toEqual([]);
  });
});
