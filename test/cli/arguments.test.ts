import { describe, expect, test } from 'vitest';
import { commandOf } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/refusal.ts';
import * as fc from '../support/properties.ts';

const CHECK = {
  name: 'check',
  subject: { kind: 'staged' },
  reports: [{ format: 'text', file: undefined }],
  failLevel: 'error',
  config: undefined,
  cwd: undefined,
  color: 'auto',
  quiet: false,
};

describe('what a command line asks for', () => {
  test.each([
    ['', CHECK],
    ['--commit HEAD~1', { ...CHECK, subject: { kind: 'commit', rev: 'HEAD~1' } }],
    ['--from main --to HEAD', { ...CHECK, subject: { kind: 'range', from: 'main', to: 'HEAD' } }],
    ['--from-ref main --to-ref topic', { ...CHECK, subject: { kind: 'range', from: 'main', to: 'topic' } }],
    ['--from main', { ...CHECK, subject: { kind: 'range', from: 'main', to: 'HEAD' } }],
    ['--all', { ...CHECK, subject: { kind: 'tree' } }],
    ['--explain', { ...CHECK, name: 'explain', subject: undefined }],
    ['--explain HEAD', { ...CHECK, name: 'explain', subject: { kind: 'commit', rev: 'HEAD' } }],
    ['--explain=HEAD', { ...CHECK, name: 'explain', subject: { kind: 'commit', rev: 'HEAD' } }],
    ['--explain a..b', { ...CHECK, name: 'explain', subject: { kind: 'range', from: 'a', to: 'b' } }],
    ['--explain a...b', { ...CHECK, name: 'explain', subject: { kind: 'range', from: 'a', to: 'b' } }],
    ['--explain a..', { ...CHECK, name: 'explain', subject: { kind: 'range', from: 'a', to: 'HEAD' } }],
    ['--explain v1.2.3', { ...CHECK, name: 'explain', subject: { kind: 'commit', rev: 'v1.2.3' } }],
    ['--explain --commit a', { ...CHECK, name: 'explain', subject: { kind: 'commit', rev: 'a' } }],
    ['--explain --from a --to b', { ...CHECK, name: 'explain', subject: { kind: 'range', from: 'a', to: 'b' } }],
    ['--explain rules', { ...CHECK, name: 'explain', subject: { kind: 'commit', rev: 'rules' } }],
    [
      '--format json --fail-level high --config p.yaml --cwd sub --color never --quiet',
      {
        ...CHECK,
        reports: [{ format: 'json', file: undefined }],
        failLevel: 'high',
        config: 'p.yaml',
        cwd: 'sub',
        color: 'never',
        quiet: true,
      },
    ],
    [
      '--format sarif --output a.sarif --format text',
      {
        ...CHECK,
        reports: [
          { format: 'sarif', file: 'a.sarif' },
          { format: 'text', file: undefined },
        ],
      },
    ],
    ['--output a.txt', { ...CHECK, reports: [{ format: 'text', file: 'a.txt' }] }],
    ['--fail-level=warning', { ...CHECK, failLevel: 'warning' }],
    ['-h', { name: 'help' }],
    ['--help --commit a', { name: 'help' }],
    ['-v', { name: 'version' }],
    ['--version', { name: 'version' }],
  ])('%s', (line, command) => {
    expect(commandOf(line.split(' ').filter(word => word !== ''))).toEqual(command);
  });
});

describe('what is refused, in a sentence', () => {
  const SEE_HELP = 'deploy-lint --help lists what there is.';
  const TOGETHER = 'Each says what to look at; use one of them.';

  test.each([
    ['--comit a', 'there is no option --comit', 'Did you mean --commit?'],
    ['--fail-levle=low', 'there is no option --fail-levle', 'Did you mean --fail-level?'],
    ['--zzzzzzzz', 'there is no option --zzzzzzzz', SEE_HELP],
    ['-x', 'there is no option -x', SEE_HELP],
    ['--commit', '--commit needs a value', SEE_HELP],
    ['--commit --all', '--commit needs a value', SEE_HELP],
    ['--all=yes', '--all takes no value', SEE_HELP],
    [
      '--format xml',
      '--format is text, markdown, html, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or dotenv, not xml',
      undefined,
    ],
    [
      '--format jsn',
      '--format is text, markdown, html, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or dotenv, not jsn',
      'Did you mean --format json?',
    ],
    [
      '--format json --format sarif',
      '--format json and --format sarif would both go to stdout',
      'Give all but one of them an --output FILE.',
    ],
    ['--output a --output b', '--output stands behind the --format that it is for', undefined],
    ['--output=', '--output needs a file, not an empty text', undefined],
    [
      '--fail-level hihg',
      '--fail-level is low, medium, high, warning or error, not hihg',
      'Did you mean --fail-level high?',
    ],
    ['--color=', '--color is auto, always or never, not empty', undefined],
    ['--commit a --all', '--commit and --all do not go together', TOGETHER],
    ['--commit a --from b', '--commit and --from/--to do not go together', TOGETHER],
    ['--explain a --commit b', '--commit and --explain a do not go together', TOGETHER],
    ['--from a --from-ref b', '--from and --from-ref do not go together', TOGETHER],
    ['--explain --all', '--explain tells of changes, and --all looks at none', 'Use one of the two.'],
    [
      '--explain --format sarif',
      '--explain is told as text, markdown, html, json, not as sarif',
      'Leave out --explain for --format sarif.',
    ],
    ['--to b', '--to needs --from', 'For one commit: deploy-lint --commit REV'],
    ['--commit=', '--commit needs a commit, not an empty text', undefined],
    ['HEAD', 'there is no command HEAD', 'For one commit: deploy-lint --commit HEAD'],
    ['rule', 'there is no command rule', 'Did you mean rules?'],
    ['--explain a b', 'b is one argument too many', SEE_HELP],
    ['--color never rules', 'rules stands before all options', undefined],
  ])('%s', (line, message, hint) => {
    let error: unknown;
    try {
      commandOf(line.split(' '));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message, hint, exitCode: 2 });
  });
});

test('whatever the arguments, there is a command or a UsageError', () => {
  const word = fc.oneof(
    fc.constantFrom(
      '--commit',
      '--from',
      '--to',
      '--explain',
      '--explain=',
      '--all',
      '--format',
      'json',
      'rules',
      '--',
      '-',
      '-h',
    ),
    fc.constantFrom('--quiet', '--color=', '-hv', '-x', '--=', '---', 'a..b', '..', '--all=1', '--config', '--no-all'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), argv => {
      try {
        commandOf(argv);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 1000 },
  );
});
