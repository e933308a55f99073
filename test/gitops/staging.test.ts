import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import { GitError } from '../../src/git/error.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { gatherStaging, type StagingEvidence } from '../../src/gitops/staging.ts';
import type { Moving } from '../../src/gitops/staging-siblings.ts';
import { createRenderer } from '../../src/kustomize/renderer.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';

const IMAGE = 'registry.example.com/shop/php_fpm';

const BASE = {
  'shop/base/kustomization.yaml': 'resources: [web.yaml]\n',
  'shop/base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - {name: fpm, image: '${IMAGE}'}
        - {name: proxy, image: 'nginx:1.27.0'}
`,
};

const overlay = (environment: string, tag: string) => ({
  [`shop/overlays/${environment}/kustomization.yaml`]: `resources: [../../base]\nimages: [{name: ${IMAGE}, newTag: ${tag}}]\n`,
});

let repository: TestRepository;

beforeEach(() => {
  repository = createRepository();
});
afterEach(() => repository.cleanup());

interface Asked {
  image?: string;
  at?: string;
  history?: Repository['history'];
  kind?: Moving['kind'];
  path?: string;
  versions?: string;
  soak?: number;
}

/** When it is asked: 3 hours after the first commit. */
const NOW = new Date('2026-01-01T03:00:00Z');

/** The evidence for a tag that is about to move into production after the commit. */
async function evidence(
  version: string,
  {
    image: name = IMAGE,
    at = 'HEAD',
    history,
    kind = 'image',
    path = 'shop/overlays/prod/kustomization.yaml',
    soak = 0,
    versions = DEFAULTS.versions,
  }: Asked = {},
): Promise<StagingEvidence> {
  const git = await openRepository({ cwd: repository.path, env: repository.env });
  try {
    const commit = await git.commit(at);
    const tree = git.tree(commit);
    const map = await mapRepository({ tree, config: { ...DEFAULTS, versions } });
    const [unit] = await map.reaching(path);
    if (unit === undefined) throw new Error('no unit');
    const before = { map, renderer: createRenderer(tree) };
    const searched = { tree: git.tree, commits: git.commits, history: history ?? git.history };
    const sources = { before, repository: searched, start: commit.oid, now: NOW, soak };
    const staging = await gatherStaging([{ unit, kind, name, version }], sources);
    return staging.of(unit.key, name, version);
  } finally {
    await git.close();
  }
}

const sibling = 'shop/overlays/staging';

describe('gatherStaging', () => {
  it('is met where staging has the tag, by the commit that brought it', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    const moved = repository.commit('Move staging', overlay('staging', '2.0.0'));
    repository.commit('Say something', { 'README.md': 'hello' });
    const since = { commit: moved, date: '2026-01-01T00:01:00.000Z' };
    const stay = { sibling, since, until: undefined, takenBack: false, minutes: 179 };
    expect(await evidence('2.0.0')).toEqual({ state: 'met', stay });
  });

  it('is met where staging sets the tag in content that is not in the repository', async () => {
    const remote = (environment: string, tag: string) => ({
      [`shop/overlays/${environment}/kustomization.yaml`]: `resources: ['https://git.example/shop/config?ref=v1']\nimages: [{name: ${IMAGE}, newTag: ${tag}}]\n`,
    });
    repository.commit('Start', { ...remote('prod', '1.0.0'), ...remote('staging', '1.0.0') });
    const commit = repository.commit('Move staging', remote('staging', '2.0.0'));
    expect(await evidence('2.0.0')).toMatchObject({ state: 'met', stay: { sibling, since: { commit } } });
  });

  it('counts from the commit that brought it, whatever touched the text since', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    const commit = repository.commit('Move staging', overlay('staging', '2.0.0'));
    const [file = '', text = ''] = Object.entries(overlay('staging', '2.0.0'))[0] ?? [];
    repository.commit('Say it', { [file]: `${text}# not 2.0.0-rc\n` });
    expect(await evidence('2.0.0')).toMatchObject({ state: 'met', stay: { since: { commit } } });
  });

  it('knows an image by its digest, as people cut it short, with a tag beside it or without', async () => {
    const digest = (first: string) => `sha256:${first}${'0'.repeat(63)}`;
    const pinned = (environment: string, image: string) => ({
      [`shop/overlays/${environment}/kustomization.yaml`]: `resources: [../../base]\nimages: [{name: ${IMAGE}, ${image}}]\n`,
    });
    const both = (image: string) => ({ ...pinned('prod', image), ...pinned('staging', image) });
    repository.commit('Start', { ...BASE, ...both(`digest: '${digest('a')}'`) });
    const moved = repository.commit('Move staging', pinned('staging', `digest: '${digest('b')}'`));
    const short = (first: string) => digest(first).slice(0, 19);
    expect(await evidence(short('b'))).toMatchObject({ state: 'met', stay: { since: { commit: moved } } });
    expect(await evidence(short('c'))).toMatchObject({ state: 'unmet', tags: [short('b')] });
    const named = repository.commit('Name it', pinned('staging', `newTag: 1.0.0, digest: '${digest('c')}'`));
    expect(await evidence(short('c'))).toMatchObject({ state: 'met', stay: { since: { commit: named } } });
    expect(await evidence('1.0.0')).toMatchObject({ state: 'met', stay: { since: { commit: named } } });
  });

  it('is unmet until it has been there for long enough', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    repository.commit('Move staging', overlay('staging', '2.0.0'));
    expect(await evidence('2.0.0', { soak: 179 })).toMatchObject({ state: 'met' });
    expect(await evidence('2.0.0', { soak: 180 })).toMatchObject({ state: 'unmet', stay: { minutes: 179 } });
  });

  it('is unmet where staging went back from it', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    const commit = repository.commit('Move staging', overlay('staging', '2.0.0'));
    const back = repository.commit('Back', overlay('staging', '1.0.0'));
    expect(await evidence('2.0.0')).toMatchObject({
      state: 'unmet',
      tags: ['1.0.0'],
      stay: { since: { commit }, until: { commit: back }, takenBack: true, minutes: 1 },
    });
  });

  it('is unmet where a commit that says so took it back, though nothing tells older from newer', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', 'a1b2c3d'), ...overlay('staging', 'a1b2c3d') });
    const commit = repository.commit('Move staging', overlay('staging', 'b2c3d4e'));
    repository.commit(`Revert "Move staging"\n\nThis reverts commit ${commit}.`, overlay('staging', 'a1b2c3d'));
    expect(await evidence('b2c3d4e')).toMatchObject({ state: 'unmet', stay: { takenBack: true } });
  });

  it('counts from the merge of a branch, however old its commits are', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    repository.branch('bump');
    repository.commit('Move staging', overlay('staging', '2.0.0'));
    repository.git('checkout', '--quiet', 'main');
    for (let minute = 2; minute < 30; minute++) repository.commit('Elsewhere');
    const commit = repository.merge('bump');
    const date = '2026-01-01T00:30:00.000Z';
    expect(await evidence('2.0.0')).toMatchObject({ state: 'met', stay: { since: { commit, date }, minutes: 150 } });
  });

  it('is unmet where the merge of a revert took it back', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', 'a1b2c3d'), ...overlay('staging', 'a1b2c3d') });
    repository.branch('bump');
    const moved = repository.commit('Move staging', overlay('staging', 'b2c3d4e'));
    repository.git('checkout', '--quiet', 'main');
    repository.merge('bump');
    repository.branch('back');
    repository.commit(`Revert "Move staging"\n\nThis reverts commit ${moved}.`, overlay('staging', 'a1b2c3d'));
    repository.git('checkout', '--quiet', 'main');
    const commit = repository.merge('back');
    expect(await evidence('b2c3d4e')).toMatchObject({ state: 'unmet', stay: { until: { commit }, takenBack: true } });
  });

  it('asks every staging: one that took it back outweighs one that has it, and one that has it long is enough', async () => {
    const cluster = (environment: string, name: string, tag: string) => ({
      [`shop/${environment}/${name}/kustomization.yaml`]: `resources: [../../base]\nimages: [{name: ${IMAGE}, newTag: ${tag}}]\n`,
    });
    const staging = (one: string, other: string) => ({
      ...cluster('staging', 'test-1', one),
      ...cluster('staging', 'test-2', other),
    });
    const path = 'shop/prod/eu-1/kustomization.yaml';
    repository.commit('Start', { ...BASE, ...cluster('prod', 'eu-1', '1.0.0'), ...staging('1.0.0', '1.0.0') });
    repository.commit('Move the second', staging('1.0.0', '2.0.0'));
    repository.commit('Move the first', staging('2.0.0', '2.0.0'));
    const second = { sibling: 'shop/staging/test-2', minutes: 179 };
    expect(await evidence('2.0.0', { path, soak: 179 })).toMatchObject({ state: 'met', stay: second });
    expect(await evidence('2.0.0', { path, soak: 180 })).toMatchObject({ state: 'unmet' });
    repository.commit('Take the second back', staging('2.0.0', '1.0.0'));
    expect(await evidence('2.0.0', { path })).toMatchObject({ state: 'unmet', stay: { takenBack: true } });
  });

  it('is met where it came again after it was taken back', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    repository.commit('Move staging', overlay('staging', '2.0.0'));
    repository.commit('Back', overlay('staging', '1.0.0'));
    const commit = repository.commit('Again', overlay('staging', '2.0.0'));
    expect(await evidence('2.0.0')).toMatchObject({ state: 'met', stay: { since: { commit }, takenBack: false } });
  });

  it('looks at the other clusters of staging, where folders are named after clusters', async () => {
    const cluster = (environment: string, name: string, tag: string) => ({
      [`shop/${environment}/${name}/kustomization.yaml`]: `resources: [../../base]\nimages: [{name: ${IMAGE}, newTag: ${tag}}]\n`,
    });
    repository.commit('Start', {
      ...BASE,
      ...cluster('prod', 'eu-1', '1.0.0'),
      ...cluster('staging', 'test-1', '1.0.0'),
    });
    const commit = repository.commit('Move staging', cluster('staging', 'test-1', '2.0.0'));
    const path = 'shop/prod/eu-1/kustomization.yaml';
    expect(await evidence('2.0.0', { path })).toMatchObject({
      state: 'met',
      stay: { sibling: 'shop/staging/test-1', since: { commit } },
    });
  });

  it('looks at charts', async () => {
    const chart = (environment: string, version: string) => ({
      [`argocd/keda-${environment}.yaml`]: `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: keda-${environment} }\nspec:\n  source: { repoURL: "https://kedacore.example/charts", chart: keda, targetRevision: ${version} }\n  destination: { namespace: keda }\n`,
    });
    repository.commit('Start', { ...chart('prod', '2.15.0'), ...chart('staging', '2.15.0') });
    const commit = repository.commit('Move staging', chart('staging', '2.16.0'));
    const asked = { kind: 'chart', path: 'argocd/keda-prod.yaml' } as const;
    const met = { state: 'met', stay: { sibling: 'keda-staging', since: { commit } } };
    expect(await evidence('2.16.0', { ...asked, image: 'keda' })).toMatchObject(met);
    expect(await evidence('2.16.0', { ...asked, image: 'https://kedacore.example/charts/keda' })).toMatchObject(met);
    expect(await evidence('2.17.0', { ...asked, image: 'keda' })).toMatchObject({ state: 'unmet', tags: ['2.16.0'] });
  });

  it('looks at components, where staging has a file of versions too', async () => {
    const apps = (environment: string, version: string) => ({
      [`${environment}/apps.yaml`]: `apps:\n  - { name: keda, version: ${version} }\n`,
    });
    repository.commit('Start', { ...apps('prod', '2.15.0'), ...apps('staging', '2.15.0') });
    const commit = repository.commit('Move staging', apps('staging', '2.16.0'));
    const asked = { kind: 'component', image: 'keda', path: 'prod/apps.yaml', versions: 'prod/apps.yaml' } as const;
    expect(await evidence('2.16.0', asked)).toMatchObject({
      state: 'met',
      stay: { sibling: 'staging/apps.yaml', since: { commit } },
    });
    expect(await evidence('2.17.0', asked)).toMatchObject({ state: 'unmet', tags: ['2.16.0'] });
  });

  it('is met where staging had the tag once', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    const moved = repository.commit('Move staging', overlay('staging', '2.0.0'));
    repository.commit('Move on', overlay('staging', '3.0.0'));
    expect(await evidence('2.0.0')).toMatchObject({
      state: 'met',
      stay: { since: { commit: moved }, takenBack: false },
    });
  });

  it('is unmet where staging never had it, with what it has', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.5.0') });
    expect(await evidence('2.0.0')).toEqual({ state: 'unmet', sibling, tags: ['1.5.0'], stay: undefined });
  });

  it('does not count what came after the commit that is looked at', async () => {
    const start = repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    repository.commit('Move both', { ...overlay('prod', '2.0.0'), ...overlay('staging', '2.0.0') });
    expect(await evidence('2.0.0', { at: start })).toMatchObject({ state: 'unmet', tags: ['1.0.0'] });
  });

  it.each([
    ['the tag in a comment', '# next: 2.0.0\n'],
    ['a longer tag', 'commonAnnotations: {next: 12.0.0.1}\n'],
    ['the tag of another image', 'images: [{name: nginx, newTag: 2.0.0}]\n'],
  ])('does not take %s for evidence', async (_what, text) => {
    const staging = overlay('staging', '1.0.0')['shop/overlays/staging/kustomization.yaml'] ?? '';
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    const other = text.startsWith('images')
      ? staging.replace(']\n', ', {name: nginx, newTag: 2.0.0}]\n')
      : staging + text;
    repository.commit('Say it', { 'shop/overlays/staging/kustomization.yaml': other });
    expect(await evidence('2.0.0')).toMatchObject({ state: 'unmet' });
  });

  it('takes no image of another registry for evidence, whatever its name', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '2.0.0') });
    expect(await evidence('2.0.0', { image: 'prod.example.com/php_fpm' })).toEqual({
      state: 'unknown',
      reason: `shop/overlays/staging runs ${IMAGE}, not prod.example.com/php_fpm`,
    });
  });

  it('is met where staging had the image of that registry once', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    const commit = repository.commit('Try it', overlay('staging', '2.0.0, newName: prod.example.com/php_fpm'));
    repository.commit('Back', overlay('staging', '2.0.1'));
    expect(await evidence('2.0.0', { image: 'prod.example.com/php_fpm' })).toMatchObject({
      state: 'met',
      stay: { since: { commit } },
    });
  });

  it('is unknown where no staging unit belongs to it', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0') });
    const reason = 'no staging unit belongs to it';
    expect(await evidence('2.0.0')).toEqual({ state: 'unknown', reason });
  });

  it('is unknown where git cannot search, unless staging has the tag at this moment', async () => {
    const history = () => Promise.reject(new GitError(3, 'object 1f2e is missing'));
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '2.0.0') });
    expect(await evidence('3.0.0', { history })).toEqual({
      state: 'unknown',
      reason: 'the history of shop/overlays/staging cannot be searched: object 1f2e is missing',
    });
    expect(await evidence('2.0.0', { history })).toMatchObject({
      state: 'met',
      stay: { sibling, since: undefined, minutes: undefined },
    });
  });

  it('is unknown where staging does not run the image', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    expect(await evidence('2.0.0', { image: 'redis' })).toEqual({
      state: 'unknown',
      reason: 'shop/overlays/staging has no image redis',
    });
  });
});
