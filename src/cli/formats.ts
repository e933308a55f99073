import type { Result } from '../report/result.ts';
import type { RuleText } from '../report/sarif.ts';
import type { Io } from './io.ts';
import { versionOf } from './version.ts';

export const FORMATS = [
  'text',
  'markdown',
  'html',
  'json',
  'jsonl',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
  'rdjson',
  'dotenv',
] as const;
export type Format = (typeof FORMATS)[number];

/** Forms that tell nothing but the explanation, and those that tell it where `--explain` is said. */
export const EXPLANATIONS: ReadonlySet<Format> = new Set<Format>(['markdown', 'html']);
export const EXPLAINED_IN: ReadonlySet<Format> = new Set<Format>(['text', 'markdown', 'html', 'json']);

/** A report in a form other than the terminal's. Each is loaded when it is asked for. */
export async function reportFor(
  format: Exclude<Format, 'text'>,
  result: Result,
  io: Io,
  explained = false,
): Promise<string> {
  switch (format) {
    case 'json':
      return jsonOf(result, io, explained);
    case 'markdown':
      return (await import('../report/markdown.ts')).markdown(result, io.env);
    case 'html':
      return (await import('../report/html/page.ts')).page(result, io.env);
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
    case 'dotenv':
      return (await import('../report/outputs.ts')).reportDotenv(result);
    case 'rdjson':
      return (await import('../report/rdjson.ts')).reportRdjson(result);
  }
}

async function jsonOf(result: Result, io: Io, explained: boolean): Promise<string> {
  const { reportJson } = await import('../report/json.ts');
  const tool = await versionOf(io.home);
  if (!explained) return reportJson(result, tool);
  const { explanationOf } = await import('../report/explanation/explanation.ts');
  return reportJson(result, tool, explanationOf(result));
}

async function ruleTexts(): Promise<(id: string) => RuleText | undefined> {
  const { default: rules } = await import('../../rules/index.ts');
  return id => rules.find(rule => rule.id === id);
}
