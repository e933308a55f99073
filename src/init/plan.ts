import { CONFIG_FILES } from '../config/read.ts';
import { configurationText, type Written } from './configuration.ts';
import { type GitHooks, HOOKS_FOLDER, hookFiles, hookSteps } from './hooks.ts';
import { isUntouched, withoutBlock } from './marks.ts';
import type { Files, Step } from './step.ts';
import { GITHUB_WORKFLOW, GITLAB, GITLAB_PART, type Place, workflowSteps } from './workflow.ts';

const [CONFIG] = CONFIG_FILES;

/** What sets a repository up; nothing where it is set up already. */
export function setUp(files: Files, place: Place, git: GitHooks, written: Written): Step[] {
  return [
    ...configurationSteps(files, written),
    ...hookSteps(files, place.program, git),
    ...workflowSteps(files, place),
  ];
}

function configurationSteps(files: Files, written: Written): Step[] {
  const there = CONFIG_FILES.find(path => files.read(path) !== undefined);
  const text = there === undefined ? undefined : files.read(there);
  const content = configurationText(written);
  if (text === content) return [];
  if (there !== undefined && (text === undefined || !isUntouched(text))) {
    return [{ kind: 'keep', path: there, why: 'it is yours' }];
  }
  return [{ kind: 'write', path: there ?? CONFIG, content }];
}

/** What takes everything out again that an earlier run put in, and nothing else. */
export function takeOut(files: Files, git: GitHooks): Step[] {
  const paths = [...CONFIG_FILES, ...hookFiles(git), GITHUB_WORKFLOW, GITLAB, GITLAB_PART];
  const steps = paths.flatMap(path => removal(files, path));
  const isOurs = git.setting === HOOKS_FOLDER && steps.some(step => step.kind === 'delete' && isBelow(step.path));
  return isOurs ? [...steps, { kind: 'set', name: 'core.hooksPath', value: undefined }] : steps;
}

function isBelow(path: string): boolean {
  return path.startsWith(`${HOOKS_FOLDER}/`);
}

function removal(files: Files, path: string): Step[] {
  const text = files.read(path);
  if (text === undefined) return [];
  if (isUntouched(text)) return [{ kind: 'delete', path }];
  const content = withoutBlock(text);
  if (content !== undefined) {
    return content === '' ? [{ kind: 'delete', path }] : [{ kind: 'take out', path, content }];
  }
  return text.includes('# Written by deploy-lint init, sum ')
    ? [{ kind: 'keep', path, why: 'it was changed by hand' }]
    : [];
}
