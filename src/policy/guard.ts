import rule from '../../rules/policy-changed.ts';
import { shortened } from '../change/shortened.ts';
import { CONFIG_FILES } from '../config/read.ts';
import type { Sides } from '../git/sides.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import type { Finding } from '../rule/finding.ts';
import { decode } from '../yaml/decode.ts';
import { at, entries, items, type Node, type Source, type Span, startOf, text, toJson } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { BASELINE_FILE } from './baseline.ts';
import { holdsPolicies, isPolicyFile } from './policy-files.ts';
import type { Allowed } from './review.ts';

/** The files that judge, in the root of the tree. */
const POLICY_FILES: readonly string[] = [...CONFIG_FILES, BASELINE_FILE];

/**
 * A finding for each file of the policy that the change touches. It is judged without them, so this is for those who
 * review it. Throws `ContentError`.
 */
export async function policyChanges({ files, before, after }: Pick<Sides, 'files' | 'before' | 'after'>) {
  const touched = files.filter(({ path }) => POLICY_FILES.includes(path) || isPolicyFile(path));
  const findings = await Promise.all(
    touched.map(async file => {
      const [old, young] = [await read(before, file.before), await read(after, file.after)];
      if (isPolicyFile(file.path) && !holdsPolicies(old?.root) && !holdsPolicies(young?.root)) return [];
      const what = file.path === BASELINE_FILE ? entriesTold(old, young) : keysTold(old, young);
      const verb = young === undefined ? 'is removed' : old === undefined ? 'is new' : 'is changed';
      const message = `${file.path} ${verb}${what === '' ? '' : `: ${what}`}`;
      return [findingOf(message, placeIn(old, young) ?? startOf(file.path), [])];
    }),
  );
  return findings.flat();
}

/** That the change allows a mistake of its own. */
export function allowanceFinding({ finding, by }: Allowed): Finding {
  const message = `${finding.rule} is allowed by the change that brings it: ${by.reason ?? 'without a reason'}`;
  return findingOf(message, by.span, finding.units);
}

/** Whether a finding is one of these. */
export function isPolicyChange(finding: Finding): boolean {
  return finding.rule === rule.id;
}

function findingOf(message: string, span: Span, units: readonly string[]): Finding {
  const { id, severity, why, fix } = rule;
  return { rule: id, severity, message, why, fix, span, units, sightings: [] };
}

interface Side {
  readonly source: Source;
  readonly root: Node | undefined;
}

async function read(tree: Tree, entry: TreeEntry | undefined): Promise<Side | undefined> {
  if (entry === undefined || entry.mode === 'submodule' || entry.mode === 'directory') return undefined;
  const { source } = decode(entry.path, await tree.read(entry));
  return { source, root: parse(source, 'kustomize').documents[0] };
}

/** The first key that differs, or the beginning of the file. */
function placeIn(old: Side | undefined, young: Side | undefined): Span | undefined {
  const side = young ?? old;
  if (side === undefined) return undefined;
  const [first] = differing(old, young)[0]?.split('.') ?? [];
  const found = [...entries(side.root)].find(([key]) => key === first);
  return found?.[1].key ?? { source: side.source, start: 0, end: 0 };
}

/** `gate.prePush ["error","high"] -> ["high"]` */
function keysTold(old: Side | undefined, young: Side | undefined): string {
  const [was, is] = [settingsOf(old), settingsOf(young)];
  return differing(old, young)
    .map(key => {
      const [from = 'not set', to = 'not set'] = shortened(was.get(key), is.get(key));
      return `${key} ${from} -> ${to}`;
    })
    .join(', ');
}

function differing(old: Side | undefined, young: Side | undefined): string[] {
  const [was, is] = [settingsOf(old), settingsOf(young)];
  return [...new Set([...was.keys(), ...is.keys()])].filter(key => was.get(key) !== is.get(key)).sort();
}

/** Each setting by `section.key`, as JSON; the rules of a list by their ids, each field of them. */
function settingsOf(side: Side | undefined): Map<string, string> {
  const settings = new Map<string, string>();
  const add = (name: string, node: Node, depth: number): void => {
    const named = items(node).flatMap(item =>
      text(item, 'id') === undefined ? [] : [[text(item, 'id'), item] as const],
    );
    const fields = [...entries(node)].map(([key, { value }]) => [key, value] as const);
    const inner = named.length > 0 && named.length === items(node).length ? named : fields;
    if (inner.length === 0 || depth === 0) settings.set(name, asText(node));
    else for (const [key, value] of inner) add(`${name}.${key}`, value, depth - (node.kind === 'map' ? 1 : 0));
  };
  for (const [section, { value }] of entries(side?.root)) add(section, value, 1);
  return settings;
}

function entriesTold(old: Side | undefined, young: Side | undefined): string {
  const [was, is] = [knownIn(old), knownIn(young)];
  const come = [...is].filter(entry => !was.has(entry)).length;
  const go = [...was].filter(entry => !is.has(entry)).length;
  return `${come} known findings come, ${go} go`;
}

function knownIn(side: Side | undefined): Set<string> {
  return new Set(items(at(side?.root, 'findings')).map(asText));
}

function asText(node: Node): string {
  return JSON.stringify(toJson(node), (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
