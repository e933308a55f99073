import { ConfigError } from './config/error.ts';
import { openRepository } from './git/repository.ts';
import { type Question, sidesOf } from './git/sides.ts';
import { contextOf, dateOf } from './judge.ts';
import { judgeCommit, type KnownCommit, type Request } from './lint.ts';
import { policyOf } from './policy/policy.ts';
import { LEVELS, type Reason } from './risk/verdict.ts';

/** One of several runs that judge the commits of a range between them. */
export interface Shard {
  /** From 1 on. */
  readonly index: number;
  readonly of: number;
}

/** What a run says of its commits. Those with a finding of their own are left out: whoever merges judges them again. */
export interface Share extends Shard {
  readonly share: typeof VERSION;
  readonly tool: string;
  /** The range, by object ids. */
  readonly question: Question;
  readonly commits: readonly (KnownCommit & { readonly commit: string })[];
}

/** Rises when the file reads otherwise. */
const VERSION = 1;

/** Judges the commits that fall to a shard: every `of`th one, beginning with the `index`th. */
export async function shareOf({ subject, cwd, env, home, now }: Request, shard: Shard, tool: string): Promise<Share> {
  const repository = await openRepository({ cwd, env });
  try {
    const { sides, parts, head } = await sidesOf(repository, subject);
    const context = contextOf(await policyOf(sides), { repository, env, home, now: now ?? dateOf(head) });
    const commits: Share['commits'][number][] = [];
    for (const part of parts.filter((_part, i) => i % shard.of === shard.index - 1)) {
      const { known, findings } = await judgeCommit(part, context);
      if (findings.length === 0) commits.push({ commit: part.commit?.oid ?? '', ...withoutFacts(known) });
    }
    return { share: VERSION, tool, ...shard, question: subject, commits };
  } finally {
    await repository.close();
  }
}

/** Facts hold places in texts, and of a commit in a row nobody asks for them. */
function withoutFacts({ verdict: { level, reasons, consult }, errors }: KnownCommit): KnownCommit {
  return {
    verdict: { level, reasons: reasons.map(reason => ({ ...reason, facts: [] })), obligations: [], consult },
    errors,
  };
}

/**
 * What the shards of one range say together. They have to be all of them, of this very range and of this program:
 * throws `ConfigError`.
 */
export function knownFrom(
  files: readonly { readonly name: string; readonly text: string }[],
  question: Question,
  tool: string,
): ReadonlyMap<string, KnownCommit> {
  const shares = files.map(({ name, text }) => {
    const share = parseShare(text);
    if (share === undefined) throw new ConfigError(`${name} is no shard`, 'deploy-lint ci --shard 1/4 writes one.');
    if (share.tool !== tool) throw new ConfigError(`${name} is of deploy-lint ${share.tool}, and this is ${tool}`);
    if (JSON.stringify(share.question) !== JSON.stringify(question)) {
      throw new ConfigError(`${name} is of another range`, 'All shards and the merge belong to one run of a pipeline.');
    }
    return share;
  });
  const of = shares[0]?.of ?? 1;
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter(
    index => shares.filter(share => share.index === index && share.of === of).length !== 1,
  );
  if (missing.length > 0 || shares.length !== of) {
    throw new ConfigError(`of ${of} shards, each has to be there once, and ${missing.join(', ') || 'none'} is not`);
  }
  return new Map(shares.flatMap(({ commits }) => commits.map(({ commit, ...known }) => [commit, known])));
}

function parseShare(text: string): Share | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isShare(value) ? value : undefined;
}

function isShare(value: unknown): value is Share {
  return (
    isRecord(value) &&
    value.share === VERSION &&
    typeof value.tool === 'string' &&
    Number.isInteger(value.index) &&
    Number.isInteger(value.of) &&
    isRecord(value.question) &&
    Array.isArray(value.commits) &&
    value.commits.every(isKnown)
  );
}

function isKnown(value: unknown): boolean {
  if (!isRecord(value) || typeof value.commit !== 'string' || !Number.isInteger(value.errors)) return false;
  const { verdict } = value;
  return (
    isRecord(verdict) &&
    isLevel(verdict.level) &&
    Array.isArray(verdict.obligations) &&
    verdict.obligations.length === 0 &&
    isTexts(verdict.consult) &&
    Array.isArray(verdict.reasons) &&
    verdict.reasons.every(isReason)
  );
}

function isReason(value: unknown): value is Reason {
  if (!isRecord(value) || !isLevel(value.level) || !Array.isArray(value.facts) || value.facts.length > 0) return false;
  return isTexts([value.row, value.title, value.why, value.shape]);
}

function isLevel(value: unknown): boolean {
  return LEVELS.some(level => level === value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(text => typeof text === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
