// The first day in a public repository, from the corpus beside the checkout: the files become a repository of two commits
// with a remote. `npm run first-day` writes it to docs/first-day.md below the day with the sample.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { toldDay } from '../../examples/first-day.mjs';

const REPOSITORY = 'cybozu-go__neco-apps';

/** The day as Markdown; undefined where the repository is not at hand. @param checkout The root of this project. */
export async function publicDay(checkout) {
  const { corpusBeside, readRepository } = await reader();
  const corpus = corpusBeside(checkout);
  if (!corpus.repositories.includes(REPOSITORY)) return undefined;
  const { files } = readRepository(corpus, REPOSITORY);
  const lay = repository => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(repository, path)), { recursive: true });
      writeFileSync(join(repository, path), text);
    }
  };
  return toldDay({ lay, steps: TOLD });
}

/** Node 20 does not read TypeScript by itself. */
async function reader() {
  const entryPoints = [join(import.meta.dirname, 'read-corpus.ts')];
  const { outputFiles } = await build({ entryPoints, bundle: true, platform: 'node', format: 'esm', write: false });
  const [module] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(module.contents).toString('base64')}`);
}

/** A Deployment of our own beside theirs, which the API server refuses. */
const CHECKER = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: certificate-checker
spec:
  selector:
    matchLabels:
      app: certificate-checker
  template:
    metadata:
      labels:
        app.kubernetes.io/name: certificate-checker
    spec:
      containers:
        - name: checker
          image: registry.example/certificate-checker:1.4.2
          readinessProbe:
            httpGet: { path: /ready, port: 8080 }
`;

const KUSTOMIZATION = 'neco-admission/base/kustomization.yaml';
const FILE = 'neco-admission/base/checker.yaml';

const TOLD = [
  '## In a public repository',
  'The same in [cybozu-go/neco-apps](https://github.com/cybozu-go/neco-apps) (MIT License): what Cybozu applies to its clusters with Argo CD and Kustomize. Its files are taken as they were, in a repository of two commits, the second one for the package; its Applications follow the branches `release` and `stage`.',
  {
    quiet:
      'git init --quiet --bare --initial-branch=release ../remote.git && git init --quiet --initial-branch=release',
  },
  {
    quiet:
      'git add --all -- ":!.gitignore" ":!package.json" ":!.github" && git commit --quiet --message "Take over neco-apps"',
  },
  { quiet: 'git add --all && git commit --quiet --message "Add deploy-lint"' },
  {
    quiet:
      'git remote add origin ../remote.git && git push --quiet origin release && git remote set-head origin release',
  },
  'npx deploy-lint init',
  'git add --all && git commit --quiet --message "Let deploy-lint look at every commit"',
  'A good commit.',
  { edit: [KUSTOMIZATION, 'newTag: 0.9.0', 'newTag: 0.9.1'] },
  'git commit --quiet --all --message "Raise neco-admission to 0.9.1"',
  'A bad one: a new Deployment whose selector is not that of its pods.',
  { write: [FILE, CHECKER] },
  { edit: [KUSTOMIZATION, 'resources:\n', 'resources:\n- checker.yaml\n'] },
  'git add --all && git commit --quiet --message "Check the certificates of the webhooks"',
  'Someone commits it past the hooks. The push is judged as a whole and stays here.',
  'git commit --quiet --no-verify --message "Check the certificates of the webhooks"',
  'git push --quiet origin release',
  'It goes by a pull request instead, where the pipeline asks the same.',
  { quiet: 'git branch check && git reset --quiet --hard HEAD~1 && git push --quiet origin release check' },
  { quiet: 'git checkout --quiet --detach release && git merge --quiet --no-ff --no-edit --no-verify check' },
  { event: ['check', 'release'] },
  'npx deploy-lint ci',
];
