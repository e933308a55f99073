import type { Result } from '../report/result.ts';
import type { RuleText } from '../report/sarif.ts';
import type { Io } from './io.ts';
import { versionOf } from './version.ts';

export const FORMATS = ['text', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson'] as const;
export type Format = (typeof FORMATS)[number];

/** A report for programs. Each form is loaded when it is asked for. */
export async function reportFor(format: Exclude<Format, 'text'>, result: Result, io: Io): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../report/json.ts')).reportJson(result, await versionOf(io.home));
    case 'jsonl':
      return (await import('../report/jsonl.ts')).reportJsonl(result, await versionOf(io.home));
    case 'sarif':
      return (await import('../report/sarif.ts')).reportSarif(result, await versionOf(io.home), await ruleTexts());
    case 'github':
      return (await import('../report/github.ts')).reportGithub(result);
    case 'gitlab':
      return (await import('../report/gitlab.ts')).reportGitlab(result);
    case 'junit':
      return (await import('../report/junit.ts')).reportJunit(result);
    case 'checkstyle':
      return (await import('../report/checkstyle.ts')).reportCheckstyle(result);
    case 'rdjson':
      return (await import('../report/rdjson.ts')).reportRdjson(result);
  }
}

async function ruleTexts(): Promise<(id: string) => RuleText | undefined> {
  const { default: rules } = await import('../../rules/index.ts');
  return id => rules.find(rule => rule.id === id);
}
