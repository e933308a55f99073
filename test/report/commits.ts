import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { readTxtar } from '../support/txtar.ts';

/**
 * Commits of public repositories in the small: what each does to the cluster is kept, and everything else is left out.
 * A file is `path` on both sides, `before: path` or `after: path` on one. The comment is the subject, then the commit
 * that it is like, then how it is made where it is no plain commit.
 */
const FOLDER = join(import.meta.dirname, 'commits');

export const COMMITS = readdirSync(FOLDER)
  .filter(file => file.endsWith('.txtar'))
  .map(file => file.slice(0, -'.txtar'.length))
  .sort();

type Files = Record<string, string>;

/** A repository whose HEAD is the commit. */
export function repositoryOf(name: string): TestRepository {
  const { comment, files } = readTxtar(readFileSync(join(FOLDER, `${name}.txtar`), 'utf8'));
  const [subject = '', , how] = comment.split('\n').map(line => line.replace(/^# /, ''));
  const before = sideOf(files, 'before');
  const after = sideOf(files, 'after');
  const more = how === 'generated' ? overlays(60) : {};
  const repository = createRepository();
  repository.commit('Begin', { ...before, ...more });
  const change = () => {
    repository.remove(...Object.keys(before).filter(path => !(path in after)));
    repository.commit(subject, after);
  };
  switch (how) {
    case 'reverted':
      change();
      repository.git('revert', '--no-edit', 'HEAD');
      break;
    case 'merged':
      repository.branch('bump');
      change();
      repository.git('checkout', '--quiet', 'main');
      repository.commit('Say who is on call', { 'README.md': 'Ada\n' });
      repository.merge('bump');
      break;
    default:
      change();
  }
  return repository;
}

function sideOf(files: Files, side: 'before' | 'after'): Files {
  const other = side === 'before' ? 'after' : 'before';
  const own = Object.entries(files).filter(([path]) => !path.startsWith(`${other}: `));
  return Object.fromEntries(own.map(([path, text]) => [path.replace(`${side}: `, ''), text]));
}

/** Clients that deploy one base, each with its Application and its hostname. */
function overlays(number: number): Files {
  const files: Files = {};
  for (let i = 1; i <= number; i++) {
    const client = `client-${String(i).padStart(3, '0')}`;
    files[`clients/${client}/production/kustomization.yaml`] = 'resources:\n  - ../../../base\n  - ingress.yaml\n';
    files[`clients/${client}/production/ingress.yaml`] =
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\nspec:\n  rules: [{host: ${client}.example}]\n`;
    files[`apps/${client}.yaml`] = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop-${client}}
spec:
  source: {repoURL: "https://git.example/team/cluster", path: clients/${client}/production}
  destination: {namespace: ${client}}
  syncPolicy: {automated: {prune: true, selfHeal: true}}
`;
  }
  return files;
}
