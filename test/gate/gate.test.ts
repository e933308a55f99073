import { describe, expect, it } from 'vitest';
import { type Config, DEFAULTS } from '../../src/config/config.ts';
import { atCommit } from '../../src/gate/at-commit.ts';
import { atPush } from '../../src/gate/at-push.ts';
import { declaredIn } from '../../src/gate/declared.ts';
import { messageInFile } from '../../src/git/message.ts';
import type { Answer } from '../../src/report/objection.ts';
import type { Result } from '../../src/report/result.ts';
import type { Level, Obligation, Reason } from '../../src/risk/verdict.ts';
import type { Finding } from '../../src/rule/finding.ts';
import * as make from '../support/results.ts';

const ERROR = make.finding(make.spanAt('a.yaml', 1), { rule: 'tag-is-a-number', message: 'the tag is 1.5' });
const WARNING = make.finding(make.spanAt('a.yaml', 2), {
  rule: 'duplicate-key',
  severity: 'warning',
  message: 'twice',
});
const NOW = new Date('2026-03-16T09:00:00Z');

const config = (more: Partial<Config>): Config => ({ ...DEFAULTS, ...more });
const gate = (more: Partial<Config['gate']>) => config({ gate: { ...DEFAULTS.gate, ...more } });

function said({ differs, stops, notes }: Answer): string[] {
  const told = (word: string) => (one: Answer['stops'][number]) => `${word}: ${one.what}`;
  return [...differs.map(told('differs')), ...stops.map(told('stop')), ...notes.map(told('note'))];
}

function stagingFirst(state: Obligation['state']): Partial<Result> {
  const obligation = make.obligation({ title: 'staging first', state, evidence: `it is ${state}` });
  return { verdict: make.verdict('medium', { obligations: [obligation] }) };
}

describe('at the commit', () => {
  const commit = (message: string, result: Partial<Result>) => {
    const files = { seen: ['a.yaml'], analysed: ['a.yaml'], skipped: [] };
    return said(atCommit(make.result({ files, ...result }), declaredIn(messageInFile(message)), '.git/COMMIT_EDITMSG'));
  };
  const risk = (level: Level) => ({ verdict: make.verdict(level) });

  it.each<[string, string, Partial<Result>, string[]]>([
    ['low risk needs no word', 'Bump', risk('low'), []],
    ['medium risk needs none by default', 'Bump', risk('medium'), []],
    ['high risk does', 'Bump', risk('high'), ['stop: high risk, which the message does not acknowledge']],
    ['and has it', 'Bump\n\nDeploy-Risk: high', risk('high'), []],
    [
      'too little is not enough',
      'Bump\n\nDeploy-Risk: low',
      risk('high'),
      ['stop: the message says low risk, and what is staged is high risk'],
    ],
    [
      'too little where none is asked is said',
      'Bump\n\nDeploy-Risk: low',
      risk('medium'),
      ['differs: the message says low risk, and what is staged is medium risk'],
    ],
    [
      'too much is said',
      'Bump\n\nDeploy-Risk: high',
      risk('low'),
      ['differs: the message says high risk, and what is staged is low risk'],
    ],
    [
      'a message alone that is amended declares what was',
      'Bump\n\nDeploy-Risk: high',
      { ...risk('none'), files: { seen: [], analysed: [], skipped: [] } },
      [],
    ],
    [
      'the level that the policy names',
      'Bump',
      { ...risk('medium'), config: gate({ acknowledge: ['medium'] }) },
      ['stop: medium risk, which the message does not acknowledge'],
    ],
    ['no level, no word', 'Bump', { ...risk('high'), config: gate({ acknowledge: [] }) }, []],
    ['an error', 'Bump', { findings: [ERROR, WARNING] }, ['stop: tag-is-a-number: the tag is 1.5']],
    [
      'an error that cannot be acknowledged',
      'Bump\n\nDeploy-Lint-Ack: tag-is-a-number - no',
      { findings: [ERROR] },
      [
        'stop: tag-is-a-number: the tag is 1.5',
        'note: Deploy-Lint-Ack: tag-is-a-number changes nothing: gate.acknowledge does not list tag-is-a-number',
      ],
    ],
    [
      'an error that can',
      'Bump\n\nDeploy-Lint-Ack: tag-is-a-number - meant',
      { findings: [ERROR], config: gate({ acknowledge: ['tag-is-a-number'] }) },
      [],
    ],
    [
      'a warning that must be',
      'Bump',
      { findings: [WARNING], config: gate({ acknowledge: ['duplicate-key'] }) },
      ['stop: duplicate-key: twice'],
    ],
    [
      'staging not known',
      'Bump',
      { ...stagingFirst('unknown'), config: config({ staging: { soak: '0m', required: 'medium' } }) },
      ['stop: not known to have run on staging: it is unknown'],
    ],
    [
      'staging not known, and tested by hand',
      'Bump\n\nTested-On: staging',
      { ...stagingFirst('unknown'), config: config({ staging: { soak: '0m', required: 'medium' } }) },
      [],
    ],
    [
      'staging not yet: at the push it may be',
      'Bump',
      { ...stagingFirst('unmet'), config: config({ staging: { soak: '0m', required: 'medium' } }) },
      [],
    ],
  ])('%s', (_, message, result, expected) => {
    expect(commit(message, result)).toEqual(expected);
  });
});

describe('at the push', () => {
  const push = (result: Partial<Result>) => said(atPush(make.result(result), NOW));
  const ONE = 'aaaaaaaa00000000000000000000000000000000';
  const TWO = 'bbbbbbbb00000000000000000000000000000000';
  const ACK = { body: 'Deploy-Risk: high' };
  const high = { verdict: make.verdict('high') };
  const calendar: Config['calendar'] = {
    timeZone: 'UTC',
    freeze: [],
    windows: [{ days: ['tue'], from: '22:00', to: '23:00' }],
  };

  it.each<[string, Partial<Result>, string[]]>([
    ['nothing', {}, []],
    ['medium risk', { verdict: make.verdict('medium'), commits: [make.commitLine(ONE, 'Bump', 'medium')] }, []],
    [
      'high risk',
      { ...high, commits: [make.commitLine(ONE, 'Bump', 'high')] },
      ['stop: aaaaaaaa Bump: high risk, which its message does not acknowledge'],
    ],
    ['high risk, acknowledged', { ...high, commits: [make.commitLine(ONE, 'Bump', 'high', ACK)] }, []],
    [
      'each commit answers for itself',
      { ...high, commits: [make.commitLine(ONE, 'Bump', 'high', ACK), make.commitLine(TWO, 'More', 'high')] },
      ['stop: bbbbbbbb More: high risk, which its message does not acknowledge'],
    ],
    [
      'the newest answers for the sum',
      { ...high, commits: [make.commitLine(ONE, 'Half', 'medium'), make.commitLine(TWO, 'Other half', 'medium')] },
      ['stop: bbbbbbbb Other half: high risk, which its message does not acknowledge'],
    ],
    [
      'a merge answers through what it brings',
      {
        ...high,
        commits: [
          make.commitLine(ONE, 'Bump', 'high', ACK),
          { ...make.commitLine(TWO, 'Merge', 'high'), isMerge: true },
        ],
      },
      [],
    ],
    [
      'what is taken back before it lands',
      {
        verdict: make.verdict('none'),
        commits: [make.commitLine(ONE, 'Bump', 'high'), make.commitLine(TWO, 'Revert', 'high')],
      },
      [],
    ],
    [
      'a message that says less',
      {
        verdict: make.verdict('medium'),
        commits: [make.commitLine(ONE, 'Bump', 'medium', { body: 'Deploy-Risk: low' })],
      },
      ['differs: the message says low risk, and aaaaaaaa Bump is medium risk'],
    ],
    ['an error', { findings: [ERROR, WARNING] }, ['stop: 1 error: tag-is-a-number']],
    [
      'an error acknowledged by any of the commits',
      {
        findings: [ERROR],
        config: gate({ acknowledge: ['tag-is-a-number'] }),
        commits: [make.commitLine(ONE, 'Bump', 'low', { body: 'Deploy-Lint-Ack: tag-is-a-number - meant' })],
      },
      [],
    ],
    [
      'a warning that has to be acknowledged',
      { findings: [WARNING], config: gate({ acknowledge: ['duplicate-key'] }) },
      ['stop: 1 warning: duplicate-key'],
    ],
    [
      'a warning, where the policy says so',
      { findings: [WARNING], config: gate({ prePush: ['warning'] }) },
      ['stop: 1 warning: duplicate-key'],
    ],
    ['an error, where the policy stops nothing', { findings: [ERROR], config: gate({ prePush: [] }) }, []],
    [
      'high risk outside of its window',
      { ...high, commits: [make.commitLine(ONE, 'Bump', 'high', ACK)], config: config({ calendar }) },
      ['stop: high risk, and now is outside of the maintenance windows for high risk'],
    ],
    ['low risk outside of the window', { verdict: make.verdict('low'), config: config({ calendar }) }, []],
    [
      'staging not yet',
      { ...stagingFirst('unmet'), config: config({ staging: { soak: '0m', required: 'medium' } }) },
      ['stop: staging first: it is unmet'],
    ],
    [
      'staging not yet, below the level',
      { ...stagingFirst('unmet'), config: config({ staging: { soak: '0m', required: 'high' } }) },
      [],
    ],
    ['staging done', { ...stagingFirst('met'), config: config({ staging: { soak: '0m', required: 'medium' } }) }, []],
    [
      'staging not yet, tested by hand',
      {
        ...stagingFirst('unmet'),
        commits: [make.commitLine(ONE, 'Bump', 'medium', { body: 'Tested-On: staging' })],
        config: config({ staging: { soak: '0m', required: 'medium' } }),
      },
      ['stop: staging first: it is unmet'],
    ],
  ])('%s', (_, result, expected) => {
    expect(push(result)).toEqual(expected);
  });

  it('names the next window', () => {
    const [stop] = atPush(make.result({ ...high, config: config({ calendar }) }), NOW).stops.slice(-1);
    expect(stop?.goOn[0]?.say).toContain('It can go out from Tue 2026-03-17 22:00 (UTC) on.');
  });

  it('asks nobody to answer for a mistake, and for what else is risky', () => {
    const [broken, major] = [
      make.reason('high', 'build that fails', [], { row: 'build-fails' }),
      make.reason('high', 'MariaDB major', [], { row: 'mariadb-major' }),
    ];
    const pushed = (reasons: readonly Reason[], findings: readonly Finding[]) => {
      const line = { ...make.commitLine(ONE, 'Bump', 'high'), verdict: make.verdict('high', { reasons }) };
      return said(atPush(make.result({ verdict: line.verdict, findings, commits: [line] }), NOW));
    };
    expect(pushed([broken], [ERROR])).toEqual(['stop: 1 error: tag-is-a-number']);
    expect(pushed([broken, major], [ERROR])[1]).toContain('high risk (MariaDB major), which its message');
    // Where the rule is switched off, nothing else stops it.
    expect(pushed([broken], [])).toEqual([expect.stringContaining('high risk (build that fails), which its message')]);
  });

  it('says how to go on, whatever stops', () => {
    const verdict = make.verdict('high', { obligations: stagingFirst('unmet').verdict?.obligations ?? [] });
    const everything = make.result({
      verdict,
      findings: [ERROR],
      commits: [make.commitLine(ONE, 'Bump', 'high'), make.commitLine(TWO, 'More', 'low')],
      config: config({ calendar, staging: { soak: '0m', required: 'low' } }),
    });
    const { stops } = atPush(everything, NOW);
    expect(stops).toHaveLength(4);
    expect(stops.every(({ goOn }) => goOn.length > 0)).toBe(true);
  });
});
