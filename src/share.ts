import { ConfigError } from './config/error.ts';
import { openRepository } from './git/repository.ts';
import { type Question, type Sides, sidesOf } from './git/sides.ts';
import { type Context, contextOf, dateOf } from './judge.ts';
import { judgeCommit, type Known, type KnownCommit, type Request } from './lint.ts';
import { policyOf } from './policy/policy.ts';
import { LEVELS, type Reason } from './risk/verdict.ts';
import { notesOf, settledUnits, type UnitNote } from './share-tree.ts';

/** One of several runs that answer a question between them. */
export interface Shard {
  /** From 1 on. */
  readonly index: number;
  readonly of: number;
}

/** What a run says of its part, for whoever merges. */
export interface Share extends Shard {
  readonly share: typeof VERSION;
  readonly tool: string;
  readonly question: Question;
  /** The id of the tree that is looked at, or that the range leads to. */
  readonly tree: string;
  /** Of a range: those without a finding of their own. Whoever merges judges the others again. */
  readonly commits: readonly (KnownCommit & { readonly commit: string })[];
  /** Of a tree that is looked at as it stands. */
  readonly units: readonly UnitNote[];
}

/** Rises when the file reads otherwise. */
const VERSION = 2;

/** Judges what falls to a shard: every `of`th commit of a range or unit of a tree, beginning with the `index`th. */
export async function shareOf({ subject, cwd, env, home, now }: Request, shard: Shard, tool: string): Promise<Share> {
  const repository = await openRepository({ cwd, env });
  try {
    const { kind, sides, parts, head } = await sidesOf(repository, subject);
    const context = contextOf(await policyOf(sides), { repository, env, home, now: now ?? dateOf(head) });
    const about = { share: VERSION, tool, ...shard, question: subject, tree: sides.after.id } as const;
    return kind === 'tree'
      ? { ...about, commits: [], units: await notesOf(sides, context, shard) }
      : { ...about, commits: await quietCommits(parts, context, shard), units: [] };
  } finally {
    await repository.close();
  }
}

async function quietCommits(parts: readonly Sides[], context: Context, { index, of }: Shard) {
  const commits: Share['commits'][number][] = [];
  for (const part of parts.filter((_part, i) => i % of === index - 1)) {
    const { known, findings } = await judgeCommit(part, context);
    if (findings.length === 0) commits.push({ commit: part.commit?.oid ?? '', ...withoutFacts(known) });
  }
  return commits;
}

/** Facts hold places in texts, and of a commit in a row nobody asks for them. */
function withoutFacts({ verdict: { level, reasons, consult }, errors }: KnownCommit): KnownCommit {
  return {
    verdict: { level, reasons: reasons.map(reason => ({ ...reason, facts: [] })), obligations: [], consult },
    errors,
  };
}

/**
 * What the shards of one question say together. They have to be all of them, of this very question and tree and of this
 * program: throws `ConfigError`.
 */
export async function knownFrom(
  files: readonly { readonly name: string; readonly text: string }[],
  { subject, cwd, env }: Pick<Request, 'subject' | 'cwd' | 'env'>,
  tool: string,
): Promise<Known> {
  const tree = await treeOf(subject, { cwd, env });
  const shares = files.map(({ name, text }) => {
    const share = parseShare(text);
    if (share === undefined) throw new ConfigError(`${name} is no shard`, 'deploy-lint ci --shard 1/4 writes one.');
    if (share.tool !== tool) throw new ConfigError(`${name} is of deploy-lint ${share.tool}, and this is ${tool}`);
    if (JSON.stringify(share.question) !== JSON.stringify(subject) || share.tree !== tree) {
      const what = subject.kind === 'tree' ? 'tree' : 'range';
      throw new ConfigError(
        `${name} is of another ${what}`,
        'All shards and the merge belong to one run of a pipeline.',
      );
    }
    return share;
  });
  const of = shares[0]?.of ?? 1;
  const all = Array.from({ length: of }, (_, i) => shares.filter(share => share.index === i + 1 && share.of === of));
  const missing = all.flatMap((found, i) => (found.length === 1 ? [] : [i + 1]));
  if (missing.length > 0 || shares.length !== of) {
    throw new ConfigError(`of ${of} shards, each has to be there once, and ${missing.join(', ') || 'none'} is not`);
  }
  return subject.kind === 'tree'
    ? { units: settledUnits(all.map(([share]) => share?.units ?? [])) }
    : { commits: new Map(shares.flatMap(({ commits }) => commits.map(({ commit, ...known }) => [commit, known]))) };
}

async function treeOf(subject: Question, where: Pick<Request, 'cwd' | 'env'>): Promise<string> {
  const repository = await openRepository(where);
  try {
    return (await sidesOf(repository, subject)).sides.after.id;
  } finally {
    await repository.close();
  }
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
    value.commits.every(isKnown) &&
    Array.isArray(value.units) &&
    value.units.every(isNote)
  );
}

function isNote(value: unknown): boolean {
  if (!isRecord(value) || !Number.isInteger(value.objects) || typeof value.speaks !== 'boolean') return false;
  return [value.meets, value.uses, value.defines].every(isTexts);
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
