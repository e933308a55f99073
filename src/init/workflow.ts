import { shellWord } from '../report/shell.ts';
import { isUntouched, marked, signed, withBlock } from './marks.ts';
import type { Files, Step } from './step.ts';

export const GITHUB_WORKFLOW = '.github/workflows/deploy-lint.yml';
export const GITLAB = '.gitlab-ci.yml';
export const GITLAB_PART = '.gitlab/deploy-lint.yml';

export interface Place {
  /** The program, from the root of the work tree, or absolute where it lies elsewhere. */
  readonly program: string;
  /** The address of origin; undefined where there is none. */
  readonly origin: string | undefined;
}

/** The check that a pull or merge request has to pass, for the host that the repository is on. */
export function workflowSteps(files: Files, { program, origin = '' }: Place): Step[] {
  const isGitLab = files.read(GITLAB) !== undefined || /gitlab/i.test(origin);
  const isGitHub = !isGitLab && (/github/i.test(origin) || files.list('.github').length > 0);
  const command = `node ${shellWord(program)} ci`;
  if (program.startsWith('/')) {
    const say =
      'CI: the program lies outside of the repository. Add it (npm install --save-dev), run init again, and it writes the workflow. The check is:';
    return [{ kind: 'advise', say, copy: [command] }];
  }
  const install = program.includes('node_modules/') ? installOf(files) : [];
  if (isGitHub) return ownFile(files, GITHUB_WORKFLOW, githubWorkflow(program, install));
  if (isGitLab) return [...ownFile(files, GITLAB_PART, gitlabJob(program, install)), ...included(files)];
  return [{ kind: 'advise', say: 'CI: let each merge be checked, with the whole history fetched:', copy: [command] }];
}

/** What brings the packages of a clone, by the file that pins them. Scripts of packages are not run. */
const INSTALLS: readonly (readonly [lock: string, commands: readonly string[]])[] = [
  ['package-lock.json', ['npm ci --ignore-scripts']],
  ['npm-shrinkwrap.json', ['npm ci --ignore-scripts']],
  ['pnpm-lock.yaml', ['corepack enable', 'pnpm install --frozen-lockfile --ignore-scripts']],
  // Yarn 2 and later, which have that file beside yarn.lock.
  ['.yarnrc.yml', ['corepack enable', 'yarn install --immutable --mode=skip-build']],
  ['yarn.lock', ['corepack enable', 'yarn install --frozen-lockfile --ignore-scripts']],
];

function installOf(files: Files): readonly string[] {
  const pinned = INSTALLS.find(([lock]) => files.read(lock) !== undefined);
  return pinned?.[1] ?? ['npm install --no-package-lock --ignore-scripts'];
}

function ownFile(files: Files, path: string, text: string): Step[] {
  const content = signed(text, 0);
  const old = files.read(path);
  if (old === content) return [];
  if (old !== undefined && !isUntouched(old)) return [{ kind: 'keep', path, why: 'it was changed by hand' }];
  return [{ kind: 'write', path, content }];
}

function included(files: Files): Step[] {
  const text = files.read(GITLAB) ?? '';
  if (text.includes(GITLAB_PART)) return [];
  const lines = ['include:', `  - local: ${GITLAB_PART}`];
  if (/^include\s*:/m.test(text)) {
    return [{ kind: 'advise', say: `${GITLAB} has include: already; add to it:`, copy: lines.slice(1) }];
  }
  const block = marked(lines);
  return [{ kind: 'add', path: GITLAB, block, content: withBlock(text, block, text.length) }];
}

/** Without a filter on paths, so that it always reports and can be required. */
function githubWorkflow(program: string, install: readonly string[]): string {
  return `name: deploy-lint
on:
  pull_request:
  merge_group:
permissions:
  contents: read
concurrency:
  group: deploy-lint-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  deploy-lint:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af # v4.1.0
        with:
          node-version: 20
${install.map(command => `      - run: ${command}\n`).join('')}      - run: node ${shellWord(program)} ci
`;
}

function gitlabJob(program: string, install: readonly string[]): string {
  return `deploy-lint:
  image: node:20
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: 0
  script:
${install.map(command => `    - ${command}\n`).join('')}    - >-
      node ${shellWord(program)} ci
      --format gitlab --output deploy-lint-quality.json
      --format junit --output deploy-lint.xml
      --format dotenv --output deploy-lint.env
  artifacts:
    when: always
    reports:
      codequality: deploy-lint-quality.json
      junit: deploy-lint.xml
      dotenv: deploy-lint.env
`;
}
