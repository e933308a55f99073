import type { UnitChange } from '../../change/change.ts';
import { isKustomizationName } from '../../gitops/facts.ts';
import type { Unit } from '../../gitops/unit.ts';
import { idLabel } from '../../kubernetes/object.ts';
import type { ReloaderOptions } from '../../kubernetes/reloader.ts';
import type { Gap } from '../../kustomize/rendered.ts';
import type { UnitState } from '../../rule/rule.ts';
import type { Source } from '../../yaml/node.ts';
import { parse } from '../../yaml/parse.ts';
import { namedPath } from '../explanation/objects.ts';
import { type Radius, radiusOf } from '../explanation/radius.ts';
import { rollsOf } from '../explanation/rolls.ts';
import { type Step, timelineOf } from '../explanation/timeline.ts';
import { shownLines } from '../explanation/values.ts';
import { placeOf } from '../place.ts';
import { type Covers, fieldsSet, isIdentity, type SetField } from './fields.ts';
import { around, type Stretch, touches } from './stretch.ts';
import { asIfChanged } from './what-if.ts';

/** What is asked about, with all that may come from it. */
export interface Asked {
  readonly stretch: Stretch;
  readonly source: Source;
  /** The units that read the file. */
  readonly states: readonly UnitState[];
  /** The paths that the lines name, each with all files that it stands for. */
  readonly named: ReadonlyMap<string, ReadonlySet<string>>;
  /** Why no unit reads the file. */
  readonly unread: string;
  readonly reloader: ReloaderOptions;
}

/** A field with its value, the same in one unit or several. */
export interface ReachedField {
  readonly label: string;
  readonly path: string;
  /** The first line of the value; a credential is hidden. */
  readonly value: string;
  /** Where it is set again: `prod/patch.yaml:6:13`. */
  readonly later: string | undefined;
  /** Another value would make it another object. */
  readonly names: boolean;
  readonly units: readonly string[];
}

/** What lines of a file reach in the cluster. */
export interface Reach {
  readonly stretch: Stretch;
  /** What answers for lines that set nothing by themselves: those around them, or the path that they name. */
  readonly through: Stretch | string | undefined;
  readonly fields: readonly ReachedField[];
  /** Applications whose manifest the lines are a part of. */
  readonly declares: readonly UnitState[];
  readonly gaps: readonly { readonly gap: Gap; readonly unit: Unit }[];
  /** Why there is none of all that. */
  readonly silent: string | undefined;
  readonly units: readonly Unit[];
  /** Where several fields are set, those that the API server lets nobody change, by the object's label. */
  readonly fixed: ReadonlyMap<string, readonly string[]>;
  /** What happens where the fields change. */
  readonly timeline: readonly Step[];
  readonly radius: Radius;
}

export function reachOf(asked: Asked): Reach {
  const { stretch, states, reloader } = asked;
  const { through, found } = firstToSet(asked);
  const declares = states.filter(state => declaredIn(state, stretch));
  const gaps = states.flatMap(({ unit, rendered }) =>
    rendered.gaps.filter(({ span }) => touches(span, stretch)).map(gap => ({ gap, unit })),
  );
  const touched = found.flatMap(({ state, fields }) => {
    const change = asIfChanged(state.unit, state.rendered, fields);
    const names = fields.some(field => isIdentity(field) && !field.isOverridden);
    return change.changes.length > 0 || names ? [{ ...change, rolls: rollsOf(change, reloader) }] : [];
  });
  const fields = folded(found);
  const isOne = new Set(fields.map(({ path }) => path)).size === 1;
  const timeline = timelineOf(
    touched.filter(({ changes }) => changes.length > 0),
    { reasons: [] },
  );
  const isSilent = found.length + declares.length + gaps.length === 0;
  return {
    stretch,
    through,
    fields,
    declares,
    gaps,
    silent: isSilent ? whySilent(asked) : undefined,
    units: found.map(({ state }) => state.unit),
    fixed: isOne ? new Map() : fixedIn(touched),
    timeline: timeline.filter(({ kind }) => isOne || kind !== 'stop').filter(isOfContent),
    radius: radiusOf(touched, [stretch.file]),
  };
}

/** No object comes or goes: a generated one only follows its content to another name. */
function isOfContent({ kind }: Step): boolean {
  return kind !== 'create' && kind !== 'prune' && kind !== 'prune-last';
}

function fixedIn(touched: readonly UnitChange[]): Map<string, string[]> {
  const fixed = new Map<string, string[]>();
  for (const { kind, subject, object } of touched.flatMap(({ facts }) => facts)) {
    if (kind !== 'immutable' || object === undefined) continue;
    const label = idLabel(object);
    const known = fixed.get(label) ?? [];
    if (!known.includes(subject)) fixed.set(label, [...known, subject]);
  }
  return fixed;
}

interface Found {
  readonly state: UnitState;
  readonly fields: readonly SetField[];
}

/** The lines themselves, else what they name, else the smallest part of the file around them that sets something. */
function firstToSet({ stretch, source, states, named }: Asked): Pick<Reach, 'through'> & { found: Found[] } {
  const setBy = (covers: Covers) =>
    states.flatMap(state => {
      const fields = fieldsSet(state.rendered.objects, covers);
      return fields.length === 0 ? [] : [{ state, fields }];
    });
  const own = setBy(span => touches(span, stretch));
  if (own.length > 0 || isBare(source, stretch)) return { through: undefined, found: own };
  for (const [path, files] of named) {
    const found = setBy(({ source: { file } }) => files.has(file));
    if (found.length > 0) return { through: path, found };
  }
  for (const wider of partsAround(source, stretch)) {
    const found = setBy(span => touches(span, wider));
    if (found.length > 0) return { through: wider, found };
  }
  return { through: undefined, found: [] };
}

/** A kustomization as a whole is no part of any object. */
function partsAround(source: Source, stretch: Stretch): Stretch[] {
  const parts = around(parse(source, 'kubectl').documents, stretch);
  return isKustomizationName(source.file) ? parts.slice(0, -1) : parts;
}

/** Nothing but comments and white space. */
function isBare(source: Source, stretch: Stretch): boolean {
  return linesIn(source, stretch).every(line => /^\s*(?:#|$)/.test(line));
}

function linesIn({ text: whole }: Source, { first, last }: Stretch): string[] {
  return whole.split(/\r\n|\n|\r/).slice(first - 1, last);
}

function declaredIn({ unit, rendered }: UnitState, stretch: Stretch): boolean {
  return (
    unit.application?.file === stretch.file &&
    rendered.manifest !== undefined &&
    touches(rendered.manifest.span, stretch)
  );
}

function whySilent({ stretch, source, states, unread }: Asked): string {
  const [first] = states;
  if (first === undefined) return unread;
  if (first.unit.kind === 'terraform') return 'Terraform reads its folder as a whole: the plan says what the line does';
  if (first.unit.kind === 'versions') return 'a list of versions, from which nothing in the cluster follows';
  if (isBare(source, stretch)) return 'a comment or an empty line, which sets nothing';
  if (isKustomizationName(source.file)) return 'it is a part of the kustomization and of no object';
  return 'no field of what is rendered here comes from it';
}

function folded(found: readonly Found[]): ReachedField[] {
  const known = new Map<string, ReachedField & { units: string[] }>();
  for (const { state, fields } of found) {
    for (const field of fields) {
      const told = toldOf(field);
      const key = JSON.stringify(Object.values(told));
      const same = known.get(key);
      if (same === undefined) known.set(key, { ...told, units: [state.unit.key] });
      else same.units.push(state.unit.key);
    }
  }
  return [...known.values()];
}

function toldOf(field: SetField): Omit<ReachedField, 'units'> {
  const { object, path, node, later } = field;
  const [first = '', ...rest] = shownLines(object, path, node);
  return {
    label: idLabel(object.id),
    path: namedPath(path, object),
    value: rest.length === 0 ? first : `${first} ...`,
    later: later === undefined ? undefined : placeOf(later),
    names: isIdentity(field),
  };
}
