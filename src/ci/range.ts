import { GitError } from '../git/error.ts';
import type { Commit } from '../git/parse-object.ts';
import { quotePath } from '../git/path.ts';
import type { Repository } from '../git/repository.ts';
import type { Question } from '../git/sides.ts';
import type { Event, Vendor } from './event.ts';

/** What is to be looked at. */
export interface UnderReview {
  /** `pull request 12 into main` */
  readonly name: string;
  readonly question: Question;
  /** The branch that it lands in; undefined where it lands in none, or none is known. */
  readonly branch: string | undefined;
  /** Whose policy counts and whose Applications tell what deploys: the state before, or the only one that there is. */
  readonly base: Commit;
}

interface Clone {
  readonly repository: Repository;
  readonly vendor: Vendor;
}

/** Finds the commits of an event in the clone. Throws `GitError` with exit code 3 and the line to add where they lack. */
export async function underReview(event: Event, clone: Clone): Promise<UnderReview> {
  const { repository } = clone;
  switch (event.kind) {
    case 'standing': {
      const { name, branch } = event;
      const head = await present(event.head, clone);
      return asItStands(branch === undefined ? name : `${name} on ${branch}`, head, branch);
    }
    case 'proposal':
      return proposed(event, clone);
    case 'push': {
      const { branch, before } = event;
      const head = await present(event.head, clone);
      if (before !== 'new' && before !== 'unsaid') {
        const base = await beforePush(before, clone);
        const question = { kind: 'range', from: base.oid, to: head.oid, moves: true } as const;
        return { name: `push to ${branch}`, question, branch, base };
      }
      const usual = event.defaultBranch ?? (await defaultBranch(repository));
      if (usual !== undefined && usual !== branch) {
        const name = `${before === 'new' ? 'new branch' : 'push to'} ${branch}`;
        return { ...(await since(await tipOf(usual, clone), head, clone)), name, branch };
      }
      if (before === 'unsaid') return newestAlone(head, branch, clone);
      return asItStands(`new branch ${branch}`, head, branch);
    }
  }
}

function asItStands(name: string, head: Commit, branch: string | undefined): UnderReview {
  return { name, question: { kind: 'tree', rev: head.oid }, branch, base: head };
}

async function proposed(event: Event & { readonly kind: 'proposal' }, clone: Clone): Promise<UnderReview> {
  const branch = event.target ?? (event.base === undefined ? await defaultBranch(clone.repository) : undefined);
  const name = branch === undefined ? event.name : `${event.name} into ${branch}`;
  const tip = await baseOf(event, branch, clone);
  const trial = await trialMerge(event, tip, clone);
  if (trial !== undefined) {
    const { base, merged, head } = trial;
    return { name, question: { kind: 'range', from: base.oid, to: merged.oid, tip: head.oid }, branch, base };
  }
  const head = await present(event.head ?? event.merged, clone);
  const range = await since(tip, head, clone);
  // Of what is in the branch already, the newest commit is what there is to judge.
  if (range.base.oid === head.oid && clone.vendor === 'plain') return newestAlone(head, branch ?? 'HEAD', clone);
  if (range.base.oid === head.oid) {
    const message = `${name}: ${head.oid.slice(0, 8)} is part of it already, so there is nothing to judge`;
    throw new GitError(3, message, 'Let the pipeline check out the commits that are proposed, or the merge of them.');
  }
  return { ...range, name, branch };
}

async function baseOf({ base }: { base: string | undefined }, branch: string | undefined, clone: Clone) {
  if (base !== undefined) return present(base, clone);
  if (branch !== undefined) return tipOf(branch, clone);
  throw new GitError(2, 'nothing says which branch this goes into', 'Name it: deploy-lint ci --from origin/BRANCH.');
}

/** The commit that hosts make of a proposal and its target, to try them together: what is really going to be there. */
async function trialMerge(event: Event & { readonly kind: 'proposal' }, tip: Commit, clone: Clone) {
  if (event.merged === event.head) return undefined;
  const merged = await found(event.merged, clone.repository);
  const [first, second, third] = merged?.parents ?? [];
  if (merged === undefined || first === undefined || second === undefined || third !== undefined) return undefined;
  const pairs = [
    [first, second],
    [second, first],
  ] as const;
  const pair = pairs.find(([base, head]) => (event.head === undefined ? base === tip.oid : head === event.head));
  if (pair === undefined) return undefined;
  const [base, head] = await Promise.all(pair.map(oid => present(oid, clone)));
  return base && head && { base, merged, head };
}

/** From the commit where a branch left another. */
async function since(tip: Commit, head: Commit, { repository, vendor }: Clone) {
  try {
    const base = await repository.commit(await repository.mergeBase(tip.oid, head.oid));
    return { question: { kind: 'range', from: base.oid, to: head.oid } as const, base };
  } catch (error) {
    throw forVendor(error, vendor);
  }
}

/** Some vendors do not say where a branch was before: what the newest commit did to it is then the change. */
async function newestAlone(head: Commit, branch: string, clone: Clone): Promise<UnderReview> {
  const [parent] = head.parents;
  const name = `newest commit of ${branch}`;
  if (parent === undefined) return asItStands(name, head, branch);
  const base = await present(parent, clone);
  return { name, question: { kind: 'range', from: base.oid, to: head.oid, moves: true }, branch, base };
}

async function defaultBranch(repository: Repository): Promise<string | undefined> {
  const known = await repository.defaultBranch('origin');
  if (known !== undefined) return known;
  for (const name of ['main', 'master']) {
    if ((await found(`refs/remotes/origin/${name}`, repository)) !== undefined) return name;
  }
  return undefined;
}

async function tipOf(branch: string, clone: Clone): Promise<Commit> {
  const tip = await found(`refs/remotes/origin/${branch}`, clone.repository);
  if (tip === undefined) throw lacking(`origin/${quotePath(branch)} is not in this clone`, clone.vendor);
  return tip;
}

async function present(revision: string, { repository, vendor }: Clone): Promise<Commit> {
  const commit = await found(revision, repository);
  if (commit === undefined) throw lacking(`commit ${quotePath(revision)} is not in this clone`, vendor);
  return commit;
}

/** A commit that was pushed over by force is in no clone, however deep. */
async function beforePush(oid: string, { repository, vendor }: Clone): Promise<Commit> {
  const commit = await found(oid, repository);
  const over = `Where it was pushed over by force:  git fetch origin ${oid}`;
  if (commit === undefined) throw lacking(`commit ${oid} is not in this clone`, vendor, over);
  return commit;
}

/** Undefined for what the clone does not have; any other failure of git is thrown. */
async function found(revision: string, repository: Repository): Promise<Commit | undefined> {
  try {
    return await repository.commit(revision);
  } catch (error) {
    if (error instanceof GitError && error.isMissing) return undefined;
    throw error;
  }
}

/** The line that lets the vendor fetch all that is compared. */
const FETCH: Readonly<Record<Vendor, string>> = {
  github: 'Add to actions/checkout:  with: { fetch-depth: 0 }',
  gitlab: 'Add to the job:  variables: { GIT_DEPTH: 0 }',
  azure: 'Add to the steps:  - { checkout: self, fetchDepth: 0 }',
  bitbucket: 'Add to the step:  clone: { depth: full }',
  jenkins:
    'Let the checkout fetch every branch, not shallow: in the Git source, Advanced clone behaviours and the refspec +refs/heads/*:refs/remotes/origin/*',
  plain: 'Fetch the whole history:  git fetch --unshallow origin',
};

/** What the clone lacks, with the line to add for where it runs; any other error as it is. */
export function forVendor(error: unknown, vendor: Vendor): unknown {
  if (!(error instanceof GitError) || !error.isMissing) return error;
  return lacking(error.message.replace(/^cannot compare.*?: /, ''), vendor);
}

function lacking(message: string, vendor: Vendor, more = ''): GitError {
  return new GitError(3, `cannot compare: ${message}`, [FETCH[vendor], more].filter(Boolean).join('  '));
}
