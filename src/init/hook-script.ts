/** The hooks of git that are written. */
export const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'] as const;
export type Hook = (typeof HOOKS)[number];

/** A hook as lines of a script. CI asks the same again, so a clone without the program is told and not stopped. */
export function scriptLines(hook: Hook, program: string): string[] {
  const isLeft = hook === 'pre-commit' || hook === 'pre-merge-commit';
  const isMessage = hook === 'commit-msg';
  return [
    `deploy_lint="\${DEPLOY_LINT:-${quotedPart(program)}}"`,
    ...(program.startsWith('/') ? [] : [FROM_LINKED]),
    ...(isMessage ? WITH_CHANGE : []),
    ...(isLeft ? LEFT_TO_MESSAGE : []),
    `${isLeft ? 'elif' : 'if'} [ -f "$deploy_lint" ]; then`,
    `  node "$deploy_lint" hook ${hook} "$@"${isMessage ? ' $deploy_lint_too' : ''} || exit $?`,
    'else',
    `  ${NOT_THERE}`,
    'fi',
  ];
}

/**
 * The same in one line, for a tool that starts hooks by a command. Without IFS nothing is split, so it needs no double
 * quotes, which lefthook on Windows takes for the end of the line.
 *
 * @param given what the tool puts in for what git gives the hook
 */
export function lineFor(hook: Hook, program: string, given: string): string {
  const path = program.replace(/[^\w./-]/g, '\\$&');
  return [
    'IFS=',
    `deploy_lint=\${DEPLOY_LINT:-${path}}`,
    ...(program.startsWith('/') ? [] : [FROM_LINKED.replaceAll('"', '')]),
    `if [ -f $deploy_lint ]; then node $deploy_lint hook ${hook}${given}`,
    `else ${NOT_THERE.replaceAll('"', '')}`,
    'fi',
  ].join('; ');
}

const NOT_THERE = 'echo "deploy-lint is not at $deploy_lint, so this is not checked before CI" >&2';

/**
 * git names this editor to its hooks where it opens none. The message is given then and commit-msg comes at once, so that
 * one run can tell of the change and of the message.
 *
 * @see https://git-scm.com/docs/githooks#_pre_commit
 */
const WITHOUT_EDITOR = '[ "$GIT_EDITOR" = : ]';
const WITH_CHANGE = ['deploy_lint_too=', `${WITHOUT_EDITOR} && deploy_lint_too=--with-change`];
const LEFT_TO_MESSAGE = [
  `if ${WITHOUT_EDITOR} && grep -qs -e --with-change "\${0%/*}/commit-msg"; then`,
  '  : # no editor opens: commit-msg tells of the change with its message',
];

/** A linked work tree seldom has packages of its own; the clone has. */
const FROM_LINKED = '[ -f "$deploy_lint" ] || deploy_lint="$(git rev-parse --git-common-dir)/../$deploy_lint"';

function quotedPart(path: string): string {
  return path.replace(/[\\"$`}]/g, '\\$&');
}

/** git gives the refs once, and what follows in the script may want them too. */
export function sharedInput(lines: readonly string[]): string[] {
  const fed = lines.map(line => line.replace(/^ {2}node/, '  printf \'%s\\n\' "$deploy_lint_refs" | node'));
  return ['deploy_lint_refs="$(cat)"', ...fed, 'exec <<DEPLOY_LINT_REFS', '$deploy_lint_refs', 'DEPLOY_LINT_REFS'];
}
