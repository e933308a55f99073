import { shellWord } from '../report/shell.ts';
import { at, items, Source } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { HOOKS, type Hook, lineFor, scriptLines, sharedInput } from './hook-script.ts';
import { isUntouched, marked, signed, withBlock, withoutBlock } from './marks.ts';
import type { Files, Step } from './step.ts';

/** Where hooks of git live, besides the tools that manage them. */
export interface GitHooks {
  /** `core.hooksPath` as it is set; undefined where it is not. */
  readonly setting: string | undefined;
  /** The root of the work tree, absolute. */
  readonly top: string;
  /** The folder of the repository that git looks into without that setting, absolute. */
  readonly folder: string;
}

/** The folder for hooks where the repository has no tool for them. */
export const HOOKS_FOLDER = '.githooks';

const LEFTHOOK = ['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml'];
const LEFTHOOK_PART = '.lefthook/deploy-lint.yml';

/** Adds the hooks to what the repository has for hooks: husky, lefthook, pre-commit, else git's own. */
export function hookSteps(files: Files, program: string, git: GitHooks): Step[] {
  if (usesHusky(files)) return huskySteps(files, program, git);
  const lefthook = LEFTHOOK.find(file => files.read(file) !== undefined);
  if (lefthook !== undefined) return [...lefthookSteps(files, lefthook, program), ...install(files, git, 'lefthook')];
  if (files.read(PRE_COMMIT) !== undefined) {
    return [...preCommitSteps(files, program), ...install(files, git, 'pre-commit')];
  }
  return plainSteps(files, program, git);
}

/** Starts the hooks of a tool in a clone; with `-t` and a hook for pre-commit, which starts only its own otherwise. */
const INSTALL = {
  lefthook: () => 'lefthook install',
  'pre-commit': (hooks: readonly Hook[]) => `pre-commit install ${hooks.map(hook => `-t ${hook}`).join(' ')}`,
};

/** A clone has the hooks only once the tool was told so in it; a tool names itself in what it installs. */
function install(files: Files, { folder }: GitHooks, tool: keyof typeof INSTALL): Step[] {
  const missing = HOOKS.filter(hook => !files.read(`${folder}/${hook}`)?.includes(tool));
  return missing.length === 0 ? [] : [{ kind: 'advise', say: 'Then, in each clone:', copy: [INSTALL[tool](missing)] }];
}

/** husky is started by the script `prepare`, and sets `core.hooksPath`. */
function huskySteps(files: Files, program: string, { setting }: GitHooks): Step[] {
  const steps = HOOKS.flatMap(hook => scriptSteps(files, `.husky/${hook}`, hook, program, false));
  if (setting?.includes('.husky')) return steps;
  return [...steps, { kind: 'advise', say: 'Then, in each clone, so that husky is on:', copy: ['npm install'] }];
}

function usesHusky(files: Files): boolean {
  return files.list('.husky').length > 0 || /"husky"\s*:/.test(files.read('package.json') ?? '');
}

/** Hooks that someone has in the folder of the clone would be switched off by the setting, so they are added to. */
function plainSteps(files: Files, program: string, { setting, folder, top }: GitHooks): Step[] {
  const own = files.list(folder).some(name => !name.endsWith('.sample'));
  if (setting !== undefined && /^[/~]/.test(setting) && !setting.startsWith(`${top}/`)) {
    const copy = HOOKS.map(hook => `node ${shellWord(program)} hook ${hook} "$@"`);
    return [
      { kind: 'advise', say: `core.hooksPath is ${setting}, for other repositories too; let its hooks start:`, copy },
    ];
  }
  const at = setting ?? (own ? folder : HOOKS_FOLDER);
  const steps = HOOKS.flatMap(hook => scriptSteps(files, `${at}/${hook}`, hook, program, true));
  if (setting !== undefined || own) return steps;
  const copy = [`git config core.hooksPath ${HOOKS_FOLDER}`];
  return [
    ...steps,
    { kind: 'set', name: 'core.hooksPath', value: HOOKS_FOLDER },
    { kind: 'advise', say: 'In each other clone:', copy },
  ];
}

/** A hook as a script. One that a person wrote gets a block, before anything that could end it. */
function scriptSteps(files: Files, path: string, hook: Hook, program: string, standsAlone: boolean): Step[] {
  const text = files.read(path);
  if (text === undefined || isUntouched(text)) {
    const content = standsAlone
      ? signed(['#!/bin/sh', ...scriptLines(hook, program), ''].join('\n'), 1)
      : signed([...scriptLines(hook, program), ''].join('\n'), 0);
    return content === text ? [] : [{ kind: 'write', path, content, executable: true }];
  }
  const lines = hook === 'pre-push' ? sharedInput(scriptLines(hook, program)) : scriptLines(hook, program);
  const block = marked(lines);
  if (text.startsWith('#!') && !/^#!.*\b(?:sh|bash|dash|zsh|ksh)\b/.test(text)) {
    const copy = [`node ${shellWord(program)} hook ${hook}`];
    return [{ kind: 'advise', say: `${path} is no shell script; let it start, with its arguments and input:`, copy }];
  }
  const theirs = withoutBlock(text) ?? text;
  const head = /^(?:#.*\n|[ \t]*\n|\. .*husky\.sh.*\n)*/.exec(theirs)?.[0].length ?? 0;
  const content = withBlock(theirs, block, head);
  return content === text ? [] : [{ kind: 'add', path, block, content }];
}

function lefthookSteps(files: Files, file: string, program: string): Step[] {
  const text = files.read(file) ?? '';
  const part = signed(lefthookPart(program), 0);
  const old = files.read(LEFTHOOK_PART);
  const steps: Step[] = old === part ? [] : [{ kind: 'write', path: LEFTHOOK_PART, content: part }];
  const block = marked(['extends:', `  - ${LEFTHOOK_PART}`]);
  if (text.includes(LEFTHOOK_PART)) return steps;
  if (/^extends\s*:/m.test(text)) {
    return [
      ...steps,
      { kind: 'advise', say: `${file} has extends: already; add to it:`, copy: [`  - ${LEFTHOOK_PART}`] },
    ];
  }
  return [...steps, { kind: 'add', path: file, block, content: withBlock(text, block, text.length) }];
}

/**
 * lefthook leaves out what it finds no pushed files for, and it looks from the branch that is checked out: a push of
 * another branch, or of commits that another branch has already, would go unseen. A list of files that is asked for and
 * never empty keeps it from that; it stands in a comment of the shell.
 */
function lefthookPart(program: string): string {
  const given = new Map<Hook, string>([
    ['commit-msg', ' {1}'],
    ['pre-push', ' {1}'],
  ]);
  const asked = new Map<Hook, string>([['pre-push', ' # {files}']]);
  const hooks = HOOKS.map(hook =>
    [
      `${hook}:`,
      '  commands:',
      '    deploy-lint:',
      `      run: ${JSON.stringify(`${lineFor(hook, program, given.get(hook) ?? '')}${asked.get(hook) ?? ''}`)}`,
      ...(hook === 'pre-push' ? [`      files: echo ${LEFTHOOK_PART}`, '      use_stdin: true'] : []),
      '',
    ].join('\n'),
  );
  return hooks.join('');
}

const PRE_COMMIT = '.pre-commit-config.yaml';

function preCommitSteps(files: Files, program: string): Step[] {
  const text = files.read(PRE_COMMIT) ?? '';
  const theirs = withoutBlock(text) ?? text;
  const place = lastRepo(theirs);
  const entry = preCommitLines(program);
  if (place === undefined) return [{ kind: 'advise', say: `Add to repos: of ${PRE_COMMIT}:`, copy: entry }];
  const block = marked(entry, place.indent);
  const content = withBlock(theirs, block, place.offset);
  return content === text ? [] : [{ kind: 'add', path: PRE_COMMIT, block, content }];
}

/** Where another entry of `repos:` goes, and how it is indented; undefined where the list is not in lines of its own. */
function lastRepo(text: string): { readonly offset: number; readonly indent: string } | undefined {
  const { documents, problems } = parse(new Source(PRE_COMMIT, text), 'kustomize');
  const repos = items(at(documents[0], 'repos'));
  const [first, last] = [repos[0]?.span.start, repos.at(-1)?.span.end];
  if (problems.length > 0 || first === undefined || last === undefined) return undefined;
  const line = text.slice(text.lastIndexOf('\n', first - 1) + 1, first);
  const indent = /^([ \t]*)- +$/.exec(line)?.[1];
  const stop = text.indexOf('\n', last - 1);
  return indent === undefined ? undefined : { offset: stop < 0 ? text.length : stop + 1, indent };
}

function preCommitLines(program: string): string[] {
  const entry = (id: string, hook: Hook, stages: string, takesFile: boolean) => [
    `    - id: ${id}`,
    `      name: ${id}`,
    // No shell starts an entry, and the file of the message comes behind it.
    `      entry: ${JSON.stringify(`sh -c ${shellWord(lineFor(hook, program, takesFile ? ' $@' : ''))} deploy-lint`)}`,
    '      language: system',
    '      always_run: true',
    ...(takesFile ? [] : ['      pass_filenames: false']),
    // What passes is not told otherwise, and the risk of a commit is to be seen.
    ...(hook === 'pre-commit' ? ['      verbose: true'] : []),
    `      stages: [${stages}]`,
  ];
  return [
    '- repo: local',
    '  hooks:',
    ...entry('deploy-lint', 'pre-commit', 'pre-commit, pre-merge-commit', false),
    ...entry('deploy-lint-message', 'commit-msg', 'commit-msg', true),
    ...entry('deploy-lint-push', 'pre-push', 'pre-push', false),
  ];
}

/** Every file that hooks may have been written to, for taking them out again. */
export function hookFiles({ setting, folder }: GitHooks): string[] {
  const folders = ['.husky', HOOKS_FOLDER, folder, ...(setting === undefined ? [] : [setting])];
  return [
    ...new Set([...folders.flatMap(at => HOOKS.map(hook => `${at}/${hook}`)), ...LEFTHOOK, LEFTHOOK_PART, PRE_COMMIT]),
  ];
}
