import { describe, expect, it } from 'vitest';
import { compareSides, type Side, standingUnits } from '../../src/change/compare-sides.ts';
import { DEFAULTS } from '../../src/config/config.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { accountOfTree } from '../../src/report/account.ts';
import { lineOf } from '../support/changes.ts';
import { changedFiles, memoryTree } from '../support/memory-tree.ts';

type Files = Readonly<Record<string, string>>;

const set = (name: string, more = '') => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shops}
spec:
  goTemplate: true
  generators: [{list: {elements: [{name: a}]}}]
  ${more}
  template:
    metadata: {name: '${name}'}
    spec:
      source: {repoURL: https://git.example/gitops, path: shop}
      destination: {namespace: shop}
`;
const UNKNOWN = 'shop-{{ unheardOf .name }}';
const REST = {
  'shop/a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n',
  'own.yaml':
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: own}\n' +
    'spec: {source: {repoURL: https://git.example/gitops, path: shop}, destination: {namespace: shop}}\n',
};

async function sideOf(files: Files): Promise<Side> {
  const tree = memoryTree({ ...REST, ...files });
  return { map: await mapRepository({ tree, config: DEFAULTS }), renderer: createRenderer(tree) };
}

async function told(before: Files, after: Files): Promise<string[]> {
  const changes = await compareSides(await sideOf(before), await sideOf(after), changedFiles(before, after));
  return changes.flatMap(({ facts }) => facts.map(lineOf)).filter(line => line.startsWith('unknown'));
}

const SAID = 'unknown content what the ApplicationSet shops makes';

describe('an ApplicationSet of which it is not known what it makes', () => {
  const [known, unknown] = [{ 'set.yaml': set('shop-{{ .name }}') }, { 'set.yaml': set(UNKNOWN) }];

  it.each<[string, Files, Files, string[]]>([
    ['comes', {}, unknown, [SAID]],
    ['goes', unknown, {}, [SAID]],
    ['makes others', unknown, { 'set.yaml': set(UNKNOWN, 'strategy: {type: RollingSync}') }, [SAID]],
    ['was known before', known, unknown, [SAID]],
    [
      'is labelled',
      unknown,
      { 'set.yaml': set(UNKNOWN).replace('{name: shops}', '{name: shops, labels: {a: b}}') },
      [],
    ],
    ['is known', known, { 'set.yaml': set('web-{{ .name }}') }, []],
  ])('is named where it %s', async (_what, before, after, expected) => {
    expect(await told(before, after)).toEqual(expected);
  });

  it('is named in a tree as it stands, with the place of the name', async () => {
    const changes = await standingUnits(await sideOf(unknown));
    const { unknowns } = accountOfTree(changes, [], []);
    expect(
      unknowns.map(({ what, units, span }) => [what, units, span?.source.text.slice(span.start, span.end)]),
    ).toEqual([['what the ApplicationSet shops makes', ['manifests:'], `'${UNKNOWN}'`]]);
    expect(accountOfTree(await standingUnits(await sideOf(known)), [], []).unknowns).toEqual([]);
  });
});
