import type { ObjectChange, UnitChange } from '../../change/change.ts';
import type { Unit } from '../../gitops/unit.ts';
import type { KubeObject } from '../../kubernetes/object.ts';
import { idLabel, nearest } from '../../kubernetes/object.ts';
import type { Finding } from '../../rule/finding.ts';
import type { UnitState } from '../../rule/rule.ts';
import type { Span } from '../../yaml/node.ts';
import { type CompiledRule, type Input, UndecidedError } from './compile.ts';
import { type CelValue, celObject, TooLargeError } from './values.ts';

/** A rule of a team that came to no answer about some objects, for one reason. */
export interface Undecided {
  readonly rule: string;
  readonly why: string;
  /** As an operator calls them, in their order. */
  readonly objects: readonly string[];
  /** The first of them. */
  readonly span: Span;
  readonly units: readonly string[];
}

/** What the rules of a team say. Nothing is passed over: what was not decided is said as well. */
export interface Said {
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
}

/** What can be asked about: an object that is there, and what it was. */
interface Asked {
  readonly unit: Unit;
  readonly change: ObjectChange['kind'] | 'none';
  readonly object: KubeObject | undefined;
  readonly oldObject: KubeObject | undefined;
}

/** The objects that a commit touches. What a rule about what stands said before the commit as well is not said again. */
export function checkTeamRules(rules: readonly CompiledRule[], changes: readonly UnitChange[]): Said {
  return ask(
    rules,
    changes.flatMap(({ unit, changes: objects }) =>
      objects.map(change => ({
        unit,
        change: change.kind,
        object: change.kind === 'removed' ? undefined : change.after,
        oldObject: change.kind === 'added' ? undefined : change.before,
      })),
    ),
  );
}

/** Every object as it stands, by the rules that are about that. */
export function checkStanding(rules: readonly CompiledRule[], states: readonly UnitState[]): Said {
  return ask(
    rules.filter(({ isAboutChange }) => !isAboutChange),
    states.flatMap(({ unit, rendered }) =>
      rendered.objects.map(object => ({ unit, change: 'none' as const, object, oldObject: undefined })),
    ),
  );
}

function ask(rules: readonly CompiledRule[], asked: readonly Asked[]): Said {
  const findings: Finding[] = [];
  const undecided: Undecided[] = [];
  for (const one of asked) {
    const about = one.object ?? one.oldObject;
    if (about === undefined) continue;
    let input: Input | undefined;
    for (const rule of rules.filter(({ rule: { kinds } }) => kinds?.includes(about.id.kind) !== false)) {
      try {
        input ??= inputOf(one);
        const message = answer(rule, one, input);
        if (message !== undefined) findings.push(findingOf(rule, message, about, one.unit));
      } catch (error) {
        if (!(error instanceof UndecidedError || error instanceof TooLargeError)) throw error;
        undecided.push({
          rule: rule.rule.id,
          why: error.message,
          objects: [idLabel(about.id)],
          span: nearest(about, ['metadata', 'name']).span,
          units: [one.unit.key],
        });
      }
    }
  }
  return { findings, undecided: together(undecided) };
}

/** What a rule could not decide for the same reason is said once. */
function together(undecided: readonly Undecided[]): Undecided[] {
  const groups = new Map<string, Undecided>();
  for (const one of undecided) {
    const key = JSON.stringify([one.rule, one.why]);
    const known = groups.get(key) ?? one;
    groups.set(key, {
      ...known,
      objects: [...new Set([...known.objects, ...one.objects])],
      units: [...new Set([...known.units, ...one.units])],
    });
  }
  return [...groups.values()];
}

/** The message of a finding; undefined where there is none. */
function answer({ isAboutChange, when, message }: CompiledRule, asked: Asked, input: Input): string | undefined {
  // A rule about what stands has nothing to say of what is gone.
  if (!isAboutChange && asked.object === undefined) return undefined;
  if (!when(input)) return undefined;
  const told = message(input);
  return isAboutChange || asked.oldObject === undefined || !wasSo() ? told : undefined;

  function wasSo(): boolean {
    const then = { ...input, object: input.oldObject };
    try {
      return when(then) && message(then) === told;
    } catch (error) {
      if (error instanceof UndecidedError) return false;
      throw error;
    }
  }
}

function inputOf({ unit, change, object, oldObject }: Asked): Input {
  const seen = (one: KubeObject | undefined): CelValue => (one === undefined ? null : celObject(one.root, one.id.kind));
  return { object: seen(object), oldObject: seen(oldObject), change, unit: celUnit(unit) };
}

/** A unit as an expression sees it. */
export function celUnit(unit: Partial<Unit>): Map<string, CelValue> {
  return new Map<string, CelValue>([
    ['key', unit.key ?? ''],
    ['name', unit.name ?? ''],
    ['kind', unit.kind ?? ''],
    ['environment', unit.environment ?? 'unknown'],
    ['client', unit.client ?? ''],
    ['app', unit.app ?? ''],
    ['application', unit.application?.name ?? ''],
    ['folders', [...(unit.folders ?? [])]],
  ]);
}

function findingOf({ rule }: CompiledRule, message: string, object: KubeObject, unit: Unit): Finding {
  const { id, severity, why, fix, field } = rule;
  return {
    rule: id,
    severity,
    message,
    why,
    fix,
    span: nearest(object, field).span,
    ...(object.id.kind === 'Secret' && { isConfidential: true }),
    units: [unit.key],
    sightings: [{ unit: unit.key, field: { object, path: field } }],
  };
}
