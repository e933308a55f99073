import { afterAll, beforeAll, expect, it } from 'vitest';
import { newerChanges } from '../../src/git/newer.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { sidesOf } from '../../src/git/sides.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';

let fixture: TestRepository;
let repository: Repository;
const commits: Record<string, string> = {};
beforeAll(async () => {
  fixture = createRepository();
  commits.first = fixture.commit('Add both', { 'a.yaml': '1', 'b.yaml': '1' });
  commits.bump = fixture.commit('Bump both', { 'a.yaml': '2', 'b.yaml': '2' });
  commits.other = fixture.commit('Add another', { 'c/c.yaml': '1' });
  fixture.branch('aside');
  commits.aside = fixture.commit('Go aside', { 'a.yaml': 'aside' });
  fixture.git('checkout', '--quiet', 'main');
  commits.again = fixture.commit('Bump one again', { 'a.yaml': '3' });
  commits.there = fixture.commit('Bump the other', { 'b.yaml': '9' });
  commits.back = fixture.commit('And put it back', { 'b.yaml': '2' });
  // Paths count from the top wherever one stands.
  repository = await openRepository({ cwd: `${fixture.path}/c`, env: fixture.env });
});
afterAll(async () => {
  await repository.close();
  fixture.cleanup();
});

async function newer(name: string) {
  const { sides } = await sidesOf(repository, { kind: 'commit', rev: commits[name] ?? '' });
  const found = await newerChanges(repository, sides, commits[name] ?? '');
  return found && { files: found.files, subjects: found.commits.map(({ subject }) => subject) };
}

it.each<[name: string, files: string[] | undefined, subjects?: string[]]>([
  // What was put back is as the commit left it.
  ['bump', ['a.yaml'], ['Bump one again']],
  ['first', ['a.yaml', 'b.yaml'], ['And put it back', 'Bump the other', 'Bump one again', 'Bump both']],
  ['other', undefined],
  ['back', undefined],
  // HEAD is not built upon it.
  ['aside', undefined],
])('after "%s" came %j', async (name, files, subjects) => {
  expect(await newer(name)).toEqual(files && { files, subjects });
});
