import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { parseTrailers } from '../../src/git/trailers.ts';
import { isolatedEnvironment } from '../support/git-repository.ts';
import * as fc from '../support/properties.ts';

/** What git itself finds: `key: value` lines. */
function git(message: string): string[] {
  const options = ['interpret-trailers', '--parse', '--no-divider'];
  const settings = { cwd: tmpdir(), env: isolatedEnvironment(tmpdir()), encoding: 'utf8' } as const;
  const output = execFileSync('git', options, { ...settings, input: message });
  return output.split('\n').filter(Boolean);
}

function ours(message: string): string[] {
  return parseTrailers(message).map(({ key, value }) => `${key}: ${value}`.trimEnd());
}

const SCISSORS = '# ------------------------ >8 ------------------------';

describe('trailers are what git takes for trailers', () => {
  it.each<[string, string, string[]]>([
    ['a block', 'Title\n\nDeploy-Risk: high\nTested-On: staging\n', ['Deploy-Risk: high', 'Tested-On: staging']],
    ['no blank line before it', 'Title\nDeploy-Risk: high\n', []],
    ['a title alone', 'Deploy-Risk: high\n', []],
    ['prose in the paragraph', 'Title\n\nNote this\nDeploy-Risk: high\n', []],
    [
      'prose beside what git writes',
      'T\n\nwords\nDeploy-Risk: high\nSigned-off-by: A <a@b>\n',
      ['Deploy-Risk: high', 'Signed-off-by: A <a@b>'],
    ],
    ['not in the last paragraph', 'Title\n\nDeploy-Risk: high\n\nMore words.\n', []],
    ['any case', 'Title\n\ndeploy-RISK: high\n', ['deploy-RISK: high']],
    ['space before the colon', 'Title\n\nDeploy-Risk : high\n', ['Deploy-Risk: high']],
    ['space in the key', 'Title\n\nDeploy Risk: high\n', []],
    [
      'a continuation',
      'Title\n\nDeploy-Lint-Ack: a-rule - because\n  of this\n',
      ['Deploy-Lint-Ack: a-rule - because of this'],
    ],
    ['comments below', 'Title\n\nDeploy-Risk: high\n\n# Please enter\n#\n', ['Deploy-Risk: high']],
    [
      'a comment between',
      'Title\n\nDeploy-Risk: high\n# no\nTested-On: staging\n',
      ['Deploy-Risk: high', 'Tested-On: staging'],
    ],
    [
      'the change below scissors',
      `Title\n\nDeploy-Risk: high\n${SCISSORS}\n# x\ndiff --git a b\n`,
      ['Deploy-Risk: high'],
    ],
    ['a divider', 'Title\n\n---\n\nDeploy-Risk: high\n', ['Deploy-Risk: high']],
    ['line breaks of Windows', 'Title\r\n\r\nDeploy-Risk: high\r\n', ['Deploy-Risk: high']],
    ['no message', '', []],
  ])('%s', (_, message, trailers) => {
    expect(ours(message)).toEqual(trailers);
    expect(git(message).map(line => line.trimEnd())).toEqual(trailers);
  });

  it('for any message', () => {
    const line = fc.constantFrom(
      '',
      ' ',
      'Title',
      'Deploy-Risk: high',
      'Deploy Risk: high',
      'Deploy-Lint-Ack : x - y',
      ' continued',
      '\tand: on',
      '# comment',
      'prose without a key',
      'Signed-off-by: Ada <ada@example.com>',
      '(cherry picked from commit 0123)',
      'k:',
      ': no key',
      '---',
      'https://shop.example/x',
      'a\r',
      SCISSORS,
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 9 }), lines => {
        const message = `${lines.join('\n')}\n`;
        expect(ours(message)).toEqual(git(message).map(text => text.trimEnd()));
      }),
      { numRuns: 400 },
    );
  });
});
