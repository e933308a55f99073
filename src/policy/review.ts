import type { UnitChange } from '../change/change.ts';
import type { Tree } from '../git/tree.ts';
import type { Finding } from '../rule/finding.ts';
import type { Source } from '../yaml/node.ts';
import { type Allowance, annotatedAllowances } from './allowance.ts';
import { type Baseline, isKnown } from './baseline.ts';
import { type Budget, overBudget } from './budget.ts';
import { type CommentAllowance, commentAllowances } from './comments.ts';
import { faultFinding, faultOf, type Grounds, unusedFault } from './fault.ts';
import { wasAllowed } from './was-allowed.ts';

/** A finding that the team lives with, and where it says so. */
export interface Allowed {
  readonly finding: Finding;
  readonly by: Allowance;
  /** The tree before the change did not allow it: the change allows its own mistake. */
  readonly isNew: boolean;
}

/** Findings after a team's own word on them. What is not reported is listed or counted. */
export interface Reviewed {
  readonly findings: readonly Finding[];
  readonly allowed: readonly Allowed[];
  /** Left out because the baseline has them. */
  readonly baselined: readonly Finding[];
}

export interface ReviewInput extends Grounds {
  readonly changes: readonly UnitChange[];
  readonly before: Tree;
  readonly baseline: Baseline | undefined;
  /** Every text of a whole tree, in which each allowance has to be of use; undefined for a change. */
  readonly texts: readonly Source[] | undefined;
  readonly budget: Budget;
}

/**
 * Takes out what comments, annotations and the baseline allow, and adds a finding for each allowance that is found to be
 * without effect, and one where there are too many. Only texts with findings are searched for comments unless `texts`
 * names others.
 */
export async function review(findings: readonly Finding[], input: ReviewInput): Promise<Reviewed> {
  const weighed = weigh(findings, input);
  const allowed = weighed.flatMap(({ allowed }) => allowed);
  const told = await Promise.all(allowed.map(async one => ({ ...one, isNew: !(await wasAllowed(one, input)) })));
  // Whoever adds none is not held up by what others have added: that is for a look at the whole tree.
  const counted = input.texts !== undefined || told.some(({ isNew }) => isNew);
  const faults = [
    ...weighed.flatMap(({ faults }) => faults),
    ...idle(allowed, input),
    ...(counted ? await overBudget(input.budget, input) : []),
  ];
  const rest = [...weighed.flatMap(({ rest }) => rest ?? []), ...faults];
  const known = new Set(rest.filter(finding => isKnown(finding, input.baseline)));
  return { findings: rest.filter(finding => !known.has(finding)), allowed: told, baselined: [...known] };
}

type Held = Omit<Allowed, 'isNew'>;

/** What becomes of one finding. */
interface Weighed {
  readonly rest: Finding | undefined;
  readonly allowed: readonly Held[];
  readonly faults: readonly Finding[];
}

function weigh(findings: readonly Finding[], grounds: Grounds): Weighed[] {
  const known = new Map<Source, readonly CommentAllowance[]>();
  return findings.map(finding => {
    const { source, start } = finding.span;
    const comments = known.get(source) ?? commentAllowances(source);
    known.set(source, comments);
    const { line } = comments.length === 0 ? { line: 0 } : source.position(start);
    const here = comments.filter(comment => comment.line === line);
    const by = here.find(comment => counts(comment, finding, grounds));
    if (by !== undefined) return { rest: undefined, allowed: [{ finding, by }], faults: [] };
    const about = here.filter(({ rules }) => rules.includes(finding.rule) || !rules.some(id => isRule(id, grounds)));
    return byAnnotations(finding, about, grounds);
  });
}

function counts(allowance: Allowance, { rule }: Finding, grounds: Grounds): boolean {
  return allowance.rules.includes(rule) && faultOf(allowance, grounds) === undefined;
}

function isRule(id: string, { ruleIds }: Grounds): boolean {
  return ruleIds.includes(id);
}

/** An annotation allows what is found in its object; a mistake in a base may be allowed in one overlay only. */
function byAnnotations(finding: Finding, about: readonly Allowance[], grounds: Grounds): Weighed {
  const held = new Map<Allowance, Finding['sightings'][number][]>();
  const left: Finding['sightings'][number][] = [];
  const doubtful = [...about];
  for (const sighting of finding.sightings) {
    const named = annotatedAllowances(sighting.field?.object.root).filter(({ rules }) => rules.includes(finding.rule));
    const by = named.find(allowance => counts(allowance, finding, grounds));
    if (by === undefined) left.push(sighting);
    else held.set(by, [...(held.get(by) ?? []), sighting]);
    if (by === undefined) doubtful.push(...named);
  }
  return {
    rest: held.size === 0 ? finding : left.length === 0 ? undefined : seenAt(finding, left),
    allowed: [...held].map(([by, sightings]) => ({ finding: seenAt(finding, sightings), by })),
    faults: doubtful.flatMap(allowance => faultFindings(allowance, finding.units, grounds)),
  };
}

function seenAt(finding: Finding, sightings: Finding['sightings']): Finding {
  return { ...finding, sightings, units: [...new Set(sightings.map(({ unit }) => unit))].sort() };
}

function faultFindings(allowance: Allowance, units: readonly string[], grounds: Grounds): Finding[] {
  const fault = faultOf(allowance, grounds);
  return fault === undefined ? [] : [faultFinding(allowance, fault, units)];
}

/** The allowances of a whole tree that allow nothing. */
function idle(allowed: readonly Held[], { texts, changes, ...grounds }: ReviewInput): Finding[] {
  if (texts === undefined) return [];
  const used = new Set(allowed.map(({ by }) => placeKey(by)));
  const annotated = changes.flatMap(({ unit, after }) =>
    (after?.objects ?? []).flatMap(({ root }) =>
      annotatedAllowances(root).map(allowance => ({ allowance, units: [unit.key] })),
    ),
  );
  const commented = texts.flatMap(commentAllowances).map(allowance => ({ allowance, units: [] }));
  return [...commented, ...annotated].flatMap(({ allowance, units }) => {
    if (used.has(placeKey(allowance))) return [];
    return [faultFinding(allowance, faultOf(allowance, grounds) ?? unusedFault(allowance), units)];
  });
}

function placeKey({ span }: Allowance): string {
  return `${span.source.file} ${span.start}`;
}
