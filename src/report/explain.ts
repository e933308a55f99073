import type { UnitChange } from '../change/change.ts';
import { hostnames } from '../kubernetes/hosts.ts';
import { at, entries, scalar } from '../yaml/node.ts';
import { wayBack } from './back.ts';
import {
  beforeLines,
  commitsBlock,
  findingBlocks,
  nothingChanged,
  paintOf,
  skipped,
  summaryOf,
  unknownBlocks,
} from './blocks.ts';
import { andMore, changeLines, groupsOf } from './changes.ts';
import { count, type Line, lengthOf, list, padTo, painted, print, wrap } from './line.ts';
import type { Result } from './result.ts';
import { type Roll, rollsOf } from './rolls.ts';
import { shellWord } from './shell.ts';
import { readable, type TextOptions } from './text.ts';
import { howMany, type Units, unitsOf, where } from './where.ts';

/** Where the text of a section starts, in columns. */
const COLUMN = 13;

/** Lines of a section before the rest is only counted. */
const MOST = 40;

/** The result told to a reviewer: verdict, changes, what rolls, whom it reaches, before, landed, back, not known. */
export function explain(result: Result, { palette, failed, ...options }: TextOptions): string {
  const width = readable(options.width);
  const units = unitsOf(result);
  const blocks: Line[][] = [
    heading(result, units, width),
    [
      ...section('Changes', changes(result, units, width)),
      ...section('Rolls', rolls(result, units, width)),
      ...section('Reaches', reaches(result, width)),
      ...section('Before', beforeLines(result, units, width, COLUMN)),
      ...section('Landed?', landed(result)),
      ...section('Back', back(result, width)),
    ],
    commitsBlock(result, width),
    ...unknownBlocks('unknown', result.unknowns, units, width),
    ...findingBlocks(result.findings, units, width),
    ...unknownBlocks('incomplete', result.incomplete, units, width),
    skipped(result, width),
    summaryOf(result, failed),
  ];
  const told = blocks.filter(block => block.length > 0);
  return print(
    told.flatMap((block, i) => (i === 0 ? block : [[], ...block])),
    palette,
  );
}

function heading(result: Result, units: Units, width: number): Line[] {
  const { subject, verdict } = result;
  const name = subject.commit === undefined ? 'staged' : nameOf(result);
  const level = painted(paintOf(verdict.level), verdict.level.toUpperCase());
  const title: Line = [level, `  ${name}  `, painted('strong', subject.title ?? '')];
  const reasons = verdict.reasons.flatMap(({ level, title, why, shape, facts }) => {
    const concerned = where([...new Set(facts.map(fact => fact.unit))], units);
    const start = padTo(['  ', painted(paintOf(level), level)], 10);
    return wrap([...start, `${concerned}: ${title}${shape === '' ? '' : ` (${shape})`}: ${why}`], width, 10);
  });
  const none = verdict.reasons.length === 0 ? [[`  ${nothingChanged(result)}`]] : [];
  return [...wrap(title, width, 8), [], ...reasons, ...none];
}

function nameOf({ subject }: Result): string {
  const head = subject.commit?.slice(0, 8) ?? '';
  if (subject.parents.length > 1) return `${head} (merge)`;
  return subject.kind === 'range' && subject.base !== undefined ? `${subject.base.slice(0, 8)}..${head}` : head;
}

/** The lines under a label; nothing where there are none. */
function section(label: string, lines: readonly Line[]): Line[] {
  return lines.map((line, i) => {
    if (i > 0) return line;
    const [, ...rest] = line;
    return [...padTo(['  ', painted('strong', label)], COLUMN), ...rest];
  });
}

const INDENT = ' '.repeat(COLUMN);

function changes({ units }: Result, known: Units, width: number): Line[] {
  const groups = groupsOf(units.flatMap(unit => unit.facts));
  return changeLines(groups, { units: known, width, indent: COLUMN, most: MOST, withoutUnits: units.length === 1 });
}

/** Workloads that behave alike in several units are told once. */
function rolls(result: Result, known: Units, width: number): Line[] {
  const touched = touchedBy(result);
  const alike = new Map<string, { roll: Roll; units: string[] }>();
  for (const change of touched) {
    for (const roll of rollsOf(change)) {
      const key = `${roll.label}\n${roll.how}`;
      const found = alike.get(key) ?? { roll, units: [] };
      found.units.push(change.unit.key);
      alike.set(key, found);
    }
  }
  const all = [...alike.values()];
  const column = COLUMN + 2 + Math.min(34, Math.max(0, ...all.map(({ roll }) => roll.label.length)));
  const lines = all.slice(0, MOST).flatMap(({ roll, units: keys }) => {
    const place = keys.length === touched.length ? '' : `; in ${where(keys, known)}`;
    const start = padTo([INDENT, roll.label], column);
    return wrap([...start, `${roll.how}${place}`], width, lengthOf(start));
  });
  return [...lines, ...andMore(all.length - MOST, COLUMN)];
}

/** The units in which something changes; others were compared and are the same. */
function touchedBy({ units }: Result): UnitChange[] {
  return units.filter(unit => unit.facts.length > 0);
}

function reaches(result: Result, width: number): Line[] {
  const touched = touchedBy(result);
  if (touched.length === 0) return [];
  const clients = [...new Set(touched.flatMap(({ unit }) => unit.client ?? []))].sort();
  const hosts = touched.flatMap(({ after }) => (after?.objects ?? []).flatMap(object => hostnames(object)));
  const names = [...new Set(hosts.map(({ host }) => host))].sort();
  const parts = [
    howMany(
      touched.map(({ unit }) => unit.key),
      unitsOf(result),
    ),
    ...(clients.length === 0 ? [] : [`${count(clients.length, 'client')} (${list(clients, 4)})`]),
    ...(names.length === 0 ? [] : [list(names, 4)]),
  ];
  return wrap([INDENT, parts.join(', ')], width, COLUMN);
}

/** Commands that show whether the new pods are there; a handful, since each has to be run by somebody. */
function landed(result: Result): Line[] {
  const touched = touchedBy(result);
  const applications = touched.flatMap(({ unit }) => unit.application?.name ?? []);
  const argo = applications.map(name => `argocd app get ${shellWord(name)}`);
  const pods = touched.flatMap(change => {
    const namespace = change.unit.application?.namespace;
    return rollsOf(change).flatMap(({ workload, watch }) => {
      const selector = watch ? selectorOf(workload) : undefined;
      const place = workload.id.namespace || namespace;
      if (selector === undefined || !place) return [];
      return [`kubectl -n ${shellWord(place)} get pods -l ${shellWord(selector)} -o wide`];
    });
  });
  const commands = [...first(argo), ...first(pods)];
  return commands.map((command): Line => [INDENT, command]);
}

function first(commands: readonly string[]): string[] {
  const once = [...new Set(commands)];
  return once.length <= 3 ? once : [...once.slice(0, 3), `# and ${once.length - 3} more like it`];
}

function selectorOf({ root }: Roll['workload']): string | undefined {
  const labels = [...entries(at(root, 'spec', 'selector', 'matchLabels'))].flatMap(([key, { value }]) => {
    const label = scalar(value);
    return label === undefined ? [] : [`${key}=${label}`];
  });
  return labels.length === 0 ? undefined : labels.join(',');
}

function back(result: Result, width: number): Line[] {
  const { command, stays } = wayBack(result);
  if (touchedBy(result).length === 0) return [];
  const heals = result.units.some(({ unit }) => unit.application?.selfHeal);
  const undo = heals ? ['not kubectl rollout undo: Argo CD puts back what git says'] : [];
  const lines = [...stays, ...undo].flatMap(line => wrap([INDENT, line], width, COLUMN + 2));
  return [[INDENT, command], ...lines];
}
