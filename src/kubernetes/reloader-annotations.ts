import { nearestOf } from '../config/nearest.ts';
import { at, entries, type Path, text } from '../yaml/node.ts';
import { consumed } from './consumed.ts';
import type { KubeObject } from './object.ts';
import { isRestarted, misspelt } from './reloader.ts';
import { podTemplate } from './workload.ts';

/** An annotation in Reloader's name that does not do what it says. */
export interface IgnoredAnnotation {
  readonly path: Path;
  /** One line that names it. No full stop. */
  readonly because: string;
  /** What to write; undefined where it cannot be told. */
  readonly fix: string | undefined;
  /** False where Reloader may be told otherwise, or the pods may be restarted by another annotation. */
  readonly certain: boolean;
}

const METADATA: Path = ['metadata', 'annotations'];
const OF_WORKLOAD =
  /^(?:(?:configmap|secret|secretproviderclass)\.)?reloader\.stakater\.com\/(?:auto|reload)$|^reloader\.stakater\.com\/search$/;
const OF_CONFIG = /^reloader\.stakater\.com\/(?:match|ignore)$/;
const AUTO = /^(?:\w+\.)?reloader\.stakater\.com\/auto$/;
const NAMED = /^(configmap|secret)\.reloader\.stakater\.com\/reload$/;
const EXCLUDE = /\.exclude\.reloader\.stakater\.com\/reload$/;

/** Go's strconv.ParseBool. */
const BOOLEANS = new Set('1 t T TRUE true True 0 f F FALSE false False'.split(' '));

/** The annotations of a workload, a ConfigMap or a Secret that Reloader passes over (its pkg/common/common.go). */
export function ignoredAnnotations(object: KubeObject): IgnoredAnnotation[] {
  if (object.id.group === '' && (object.id.kind === 'ConfigMap' || object.id.kind === 'Secret')) {
    return [...ofConfig(object)];
  }
  return isRestarted(object) ? [...misspellings(object), ...ofWorkload(object), ...ofTemplate(object)] : [];
}

function* misspellings(workload: KubeObject): Generator<IgnoredAnnotation> {
  for (const { key, path, instead } of misspelt(workload)) {
    const fix = instead === undefined ? undefined : `Write ${instead} for ${key}.`;
    yield { path, because: `${key} is no annotation of Reloader`, fix, certain: instead !== undefined };
  }
}

function* ofConfig(config: KubeObject): Generator<IgnoredAnnotation> {
  for (const [key] of entries(at(config.root, ...METADATA))) {
    if (!OF_WORKLOAD.test(key)) continue;
    const because = `Reloader reads ${key} of workloads, not of a ${config.id.kind}`;
    yield { path: [...METADATA, key], because, fix: `Move ${key} to the workloads that read it.`, certain: false };
  }
}

function* ofWorkload(workload: KubeObject): Generator<IgnoredAnnotation> {
  for (const [key] of entries(at(workload.root, ...METADATA))) {
    const value = text(workload.root, ...METADATA, key) ?? '';
    const path = [...METADATA, key];
    if (AUTO.test(key) && !BOOLEANS.has(value)) {
      yield {
        path,
        because: `${key} is "${value}", which is no boolean and reads as false`,
        fix: `Write "true" for ${key}.`,
        certain: true,
      };
    }
    if (OF_CONFIG.test(key)) {
      const because = `Reloader reads ${key} of a ConfigMap or Secret, not of a ${workload.id.kind}`;
      yield { path, because, fix: `Move ${key} to the ConfigMap or Secret.`, certain: false };
    }
    if (NAMED.test(key)) yield* inNames(workload, key, value);
  }
}

/** Names that the pods do not read, next to one that they do, and patterns that stand for more than they seem to. */
function* inNames(workload: KubeObject, key: string, value: string): Generator<IgnoredAnnotation> {
  const path = [...METADATA, key];
  const type = NAMED.exec(key)?.[1];
  const listed = value.split(',').map(name => name.trim());
  const read = consumed(workload).filter(({ kind }) => kind.toLowerCase() === type);
  const left = new Set(read.map(({ name }) => name).filter(name => !listed.includes(name)));
  for (const name of listed) {
    if (name.includes('|') && !/^\(.*\)$/.test(name)) {
      const because = `${key} is read as ^${name}$, which is what starts with the first name or ends with the last`;
      yield { path, because, fix: `List the names with commas: ${name.split('|').join(',')}.`, certain: false };
    }
    if (!/^[a-z0-9.-]+$/.test(name) || read.some(reference => reference.name === name)) continue;
    const meant = nearestOf(name, left);
    if (meant === undefined) continue;
    const because = `${key} names ${name}, and the pods read ${meant}`;
    yield { path, because, fix: `Write ${meant} for ${name}.`, certain: false };
  }
}

/** Those of the pod template count where the workload itself has none, and lists of exceptions never do. */
function* ofTemplate(workload: KubeObject): Generator<IgnoredAnnotation> {
  const base = [...(podTemplate(workload)?.path ?? []), ...METADATA];
  const own = new Set([...entries(at(workload.root, ...METADATA))].map(([key]) => key));
  const decides = [...own].find(key => OF_WORKLOAD.test(key));
  for (const [key] of entries(at(workload.root, ...base))) {
    if (own.has(key)) continue;
    const fix = `Move ${key} to the metadata of the ${workload.id.kind}.`;
    const path = [...base, key];
    if (EXCLUDE.test(key)) {
      yield { path, because: `Reloader does not read ${key} of a pod template`, fix, certain: true };
    } else if (OF_WORKLOAD.test(key) && decides !== undefined) {
      yield {
        path,
        because: `${key} of the pod template does not count beside ${decides} of the ${workload.id.kind}`,
        fix,
        certain: true,
      };
    }
  }
}

/** The annotations by which Reloader acts on an object: its own, or those of its pod template where it has none. */
export function reloaderKeys(object: KubeObject): Path[] {
  const template = [...(podTemplate(object)?.path ?? []), ...METADATA];
  for (const base of [METADATA, template]) {
    const keys = [...entries(at(object.root, ...base))].map(([key]) => key);
    const found = keys.filter(key => OF_WORKLOAD.test(key) && text(object.root, ...base, key) !== 'false');
    if (found.length > 0) return found.map(key => [...base, key]);
  }
  return [];
}
