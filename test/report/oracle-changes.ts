import type { UnitChange } from '../../src/change/change.ts';
import type { KubeObject } from '../../src/kubernetes/object.ts';
import { toJson } from '../../src/yaml/node.ts';

/**
 * What changes in a unit, in the words of the explanation, worked out a second time from the data of the rendered
 * objects alone. Each sentence comes with a text that stands on the line that it points to.
 */
export function sentencesOf(change: UnitChange): Map<string, string> {
  const [old, now] = [leavesByObject(change.before?.objects), leavesByObject(change.after?.objects)];
  const told = new Map<string, string>(unitSentences(change));
  const added = [...now.keys()].filter(label => !old.has(label));
  const removed = [...old.keys()].filter(label => !now.has(label));
  for (const [label, leaves] of now) {
    const was = old.get(label);
    for (const path of new Set([...leaves.keys(), ...(was?.keys() ?? [])])) {
      const [from, to] = [was?.get(path), leaves.get(path)];
      const sentence = from === to ? undefined : leafSentence(label, path, from, to, was === undefined);
      if (sentence !== undefined) told.set(...sentence);
    }
  }
  for (const sentence of elementsGone(old, now)) told.set(...sentence);
  const objects = added.filter(label => !label.startsWith('Application '));
  if (objects.length > 0) told.set(`${objects.length} objects added`, 'apiVersion');
  for (const label of removed.filter(label => label.startsWith('PersistentVolumeClaim ')))
    told.set(
      `${label} removed: the data of the volume goes with it, unless its reclaim policy retains it`,
      'apiVersion',
    );
  const plain = removed
    .filter(label => !label.startsWith('PersistentVolumeClaim '))
    .sort()
    .reverse();
  if (plain.length > 0) told.set(`${plain.join(', ')} removed`, 'apiVersion');
  return told;
}

/** Items of the first generator of an ApplicationSet that it no longer has, each a map of one scalar. */
function elementsGone(old: ReadonlyMap<string, Leaves>, now: ReadonlyMap<string, Leaves>): Sentence[] {
  const element = /^\.spec\.generators\.0\.list\.elements\.\d+\.(\w+)$/;
  return [...old].flatMap(([label, leaves]) => {
    const kept = new Set([...(now.get(label) ?? [])].flatMap(([path, value]) => (element.test(path) ? value : [])));
    return [...leaves].flatMap(([path, value]): Sentence[] => {
      const [, key] = element.exec(path) ?? [];
      if (key === undefined || kept.has(value)) return [];
      return [[`${label}: generators[0].list.elements[${key}=${value}] removed with everything it applied`, value]];
    });
  });
}

type Leaves = ReadonlyMap<string, string>;

/** The scalars of each object by their path; a generated name counts without its hash. */
function leavesByObject(objects: readonly KubeObject[] = []): Map<string, Leaves> {
  return new Map(
    objects.map(({ root }) => {
      const leaves = new Map<string, string>();
      collect(toJson(root), '', leaves);
      return [`${leaves.get('.kind')} ${withoutHash(leaves.get('.metadata.name') ?? '')}`, leaves] as const;
    }),
  );
}

function withoutHash(name: string): string {
  return name.replace(/-[2456789bcdfghkmt]{10}$/, '');
}

function collect(data: unknown, path: string, leaves: Map<string, string>): void {
  if (typeof data !== 'object' || data === null) leaves.set(path, String(data));
  else for (const [key, value] of Object.entries(data)) collect(value, `${path}.${key}`, leaves);
}

type Sentence = readonly [sentence: string, onItsLine: string];

function leafSentence(
  label: string,
  path: string,
  from: string | undefined,
  to: string | undefined,
  isNew: boolean,
): Sentence | undefined {
  const [kind] = label.split(' ');
  if (/^\.spec\.rules\.\d+\.host$/.test(path) && to !== undefined) return [`hostname ${to} added in ${label}`, to];
  if (isNew) return undefined;
  if (path.endsWith('.image') && from !== undefined && to !== undefined) return imageSentence(label, from, to);
  if (path === '.spec.replicas') return [`replicas ${label} ${from} -> ${to}`, `${to}`];
  if (kind === 'ConfigMap' && path.startsWith('.data.')) return dataSentence(label, path.slice(6), from, to);
  if (path.endsWith('Ref.name') && to !== undefined && withoutHash(`${from}`) === withoutHash(to))
    return [`config hash of ${withoutHash(to)} changed in ${label}`, withoutHash(to)];
  return undefined;
}

function dataSentence(label: string, key: string, from: string | undefined, to: string | undefined): Sentence {
  if (from === undefined) return [`env ${key} added: ${to} in ${label}`, `${to}`];
  const [old, now] = [from, to ?? ''].map(text => text.split('\n'));
  const line = now?.findIndex((text, i) => text !== old?.[i]) ?? 0;
  const [[, was], [name, is]] = [(old?.[line] ?? '').split('='), (now?.[line] ?? '').split('=')];
  return is === undefined
    ? [`${label}: ${key} ${from} -> ${to}`, `${to}`]
    : [`${label}: ${key}: ${name} ${was} -> ${is}`, key];
}

/** The first two numbers of a MongoDB version name its series; elsewhere the first number that differs is the size. */
function imageSentence(label: string, from: string, to: string): Sentence {
  const [repository = '', old = ''] = splitImage(from);
  const [, now = ''] = splitImage(to);
  if (repository.endsWith('/mongo')) return [`${repository} ${old} -> ${now} (another series) in ${label}`, now];
  const numbers = [old, now].map(tag => tag.replace(/-.*$/, '').split('.'));
  const differs = numbers[0]?.findIndex((number, i) => number !== numbers[1]?.[i]) ?? -1;
  const size = ['major', 'minor', 'patch'][differs];
  return [`${repository.split('/').at(-1)} ${old} -> ${now} (${size})`, now];
}

function splitImage(image: string): [repository: string, tag: string] {
  const colon = image.lastIndexOf(':');
  return [image.slice(0, colon), image.slice(colon + 1)];
}

/** Of the unit itself and of what it takes from elsewhere. */
function unitSentences({ unit, before, after }: UnitChange): Sentence[] {
  const moved = (after?.gaps ?? []).flatMap((gap): Sentence[] => {
    const old = before?.gaps.find(({ what }) => what === gap.what);
    if (old === undefined || old.version === gap.version) return [];
    const [from, to] = [old.version, gap.version].map(version => version?.slice(0, 12));
    return [[`remote base ${gap.what} ${from} -> ${to}`, `${gap.version}`]];
  });
  const name = `Application ${unit.application?.name}`;
  if (unit.application !== undefined && before === undefined) return [...moved, [`${name} added`, 'apiVersion']];
  if (unit.application !== undefined && after === undefined)
    return [...moved, [`${name} removed with everything it applied`, 'apiVersion']];
  // A file of Applications that are not applied by another one tells of them by itself.
  const made = (after?.objects ?? []).filter(
    ({ id }) => id.kind === 'Application' && !before?.objects.some(old => old.id.name === id.name),
  );
  return [...moved, ...made.map(({ id }): Sentence => [`Application ${id.name} added`, 'apiVersion'])];
}
