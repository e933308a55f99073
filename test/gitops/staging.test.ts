import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import { GitError } from '../../src/git/error.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { mapRepository } from '../../src/gitops/map.ts';
import { gatherStaging, type StagingEvidence } from '../../src/gitops/staging.ts';
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

/** The evidence for a tag that is about to move into production after the commit. */
async function evidence(
  tag: string,
  { image = IMAGE, at = 'HEAD', history }: { image?: string; at?: string; history?: Repository['history'] } = {},
): Promise<StagingEvidence> {
  const git = await openRepository({ cwd: repository.path, env: repository.env });
  try {
    const commit = await git.commit(at);
    const tree = git.tree(commit);
    const map = await mapRepository({ tree, config: DEFAULTS });
    const [unit] = await map.reaching('shop/overlays/prod/kustomization.yaml');
    if (unit === undefined) throw new Error('no unit');
    const before = { map, renderer: createRenderer(tree) };
    const searched = { tree: git.tree, history: history ?? git.history };
    const staging = await gatherStaging([{ unit, image, tag }], { before, repository: searched, start: commit.oid });
    return staging.of(unit.key, image, tag);
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
    expect(await evidence('2.0.0')).toEqual({ state: 'met', commit: moved, date: '2026-01-01T00:01:00.000Z', sibling });
  });

  it('is met where staging had the tag once', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    const moved = repository.commit('Move staging', overlay('staging', '2.0.0'));
    repository.commit('Move on', overlay('staging', '3.0.0'));
    expect(await evidence('2.0.0')).toMatchObject({ state: 'met', commit: moved });
  });

  it('is unmet where staging never had it, with what it has', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.5.0') });
    expect(await evidence('2.0.0')).toEqual({ state: 'unmet', sibling, tags: ['1.5.0'] });
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
    expect(await evidence('2.0.0', { image: 'prod.example.com/php_fpm' })).toMatchObject({ state: 'met', commit });
  });

  it('is unknown where no staging unit belongs to it', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0') });
    const reason = 'no staging unit belongs to shop/overlays/prod';
    expect(await evidence('2.0.0')).toEqual({ state: 'unknown', reason });
  });

  it('is unknown where git cannot search, unless staging has the tag at this moment', async () => {
    const history = () => Promise.reject(new GitError(3, 'object 1f2e is missing'));
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '2.0.0') });
    expect(await evidence('3.0.0', { history })).toEqual({
      state: 'unknown',
      reason: 'the history of shop/overlays/staging cannot be searched: object 1f2e is missing',
    });
    expect(await evidence('2.0.0', { history })).toEqual({ state: 'met', commit: undefined, date: undefined, sibling });
  });

  it('is unknown where staging does not run the image', async () => {
    repository.commit('Start', { ...BASE, ...overlay('prod', '1.0.0'), ...overlay('staging', '1.0.0') });
    expect(await evidence('2.0.0', { image: 'redis' })).toEqual({
      state: 'unknown',
      reason: 'shop/overlays/staging has no image redis',
    });
  });
});
