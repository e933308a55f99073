import type { Config } from '../config/config.ts';
import type { Environment } from './unit.ts';

type Words = Config['environments'];

const ENVIRONMENTS = ['production', 'staging', 'development'] as const;

/** The environment that a word names. */
function environmentOfWord(word: string, words: Words): Environment | undefined {
  return ENVIRONMENTS.find(environment => words[environment].some(known => known.toLowerCase() === word));
}

/**
 * The environment that a name speaks of, the last word first: `shop-staging`. A word may be written with a separator in
 * it, and `non-prod` is not production.
 */
function environmentOfName(name: string, words: Words): Environment | undefined {
  const parts = name.toLowerCase().split(/[-_.]/);
  for (let end = parts.length; end > 0; end--) {
    const single = environmentOfWord(parts[end - 1] ?? '', words);
    const joined = environmentOfWord(parts.slice(Math.max(0, end - 2), end).join(''), words);
    if (joined !== undefined) return joined;
    if (single !== undefined) return parts[end - 2] === 'non' || parts[end - 2] === 'pre' ? 'unknown' : single;
  }
  return undefined;
}

/** What a unit is called and where it lies, for the words that name its environment. */
export interface Named {
  readonly name: string;
  readonly folders: readonly string[];
  /** The manifest of its Application. */
  readonly file: string | undefined;
  readonly namespace: string | undefined;
}

/**
 * The environment by the words of the configuration. A path segment that is such a word (`overlays/prod`) says it best;
 * then the name, words inside segments, the place of the Application's manifest, and the namespace. Nearest to the leaf
 * wins.
 */
export function environmentOf({ name, folders, file, namespace }: Named, words: Words): Environment {
  const segments = folders.flatMap(folder => folder.split('/').reverse());
  const whole = (segment: string) => environmentOfWord(segment.toLowerCase(), words);
  const within = (segment: string) => environmentOfName(segment, words);
  return (
    first(segments, whole) ??
    within(name) ??
    first(segments, within) ??
    first(file?.split('/').reverse().slice(1) ?? [], within) ??
    (namespace === undefined ? undefined : within(namespace)) ??
    'unknown'
  );
}

function first<Found>(texts: readonly string[], find: (text: string) => Found | undefined): Found | undefined {
  for (const text of texts) {
    const found = find(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Folders that hold one folder a customer. */
const CLIENT_FOLDER = /^(?:.+-)?(?:clients|customers|tenants)$/i;

/** Folders of the layout, which are no application. */
const LAYOUT = new Set(['base', 'bases', 'overlay', 'overlays', 'env', 'envs', 'environment', 'environments', 'apps']);

/** The customer and the application within it, where the layout has a folder for customers. */
export function clientOf(folder: string, words: Words): { client: string | undefined; app: string | undefined } {
  const segments = folder.split('/');
  const holder = segments.findIndex(segment => CLIENT_FOLDER.test(segment));
  const isLayout = (segment: string) =>
    LAYOUT.has(segment.toLowerCase()) || environmentOfWord(segment.toLowerCase(), words) !== undefined;
  const client = holder < 0 ? undefined : segments[holder + 1];
  if (client === undefined || isLayout(client)) return { client: undefined, app: undefined };
  return { client, app: segments.slice(holder + 2).find(segment => !isLayout(segment)) };
}

/** The folders that this one is called in another environment: one word of its path replaced by each of the words. */
export function foldersInEnvironment(folder: string, environment: Environment, words: Words): string[] {
  if (environment === 'unknown') return [];
  const segments = folder.split('/');
  return segments.flatMap((segment, index) =>
    namesInEnvironment(segment, environment, words).map(name =>
      [...segments.slice(0, index), name, ...segments.slice(index + 1)].join('/'),
    ),
  );
}

/** The names that this one has in another environment: `shop-prod` is `shop-staging`, `shop-stage` and so on. */
export function namesInEnvironment(name: string, environment: Environment, words: Words): string[] {
  if (environment === 'unknown') return [];
  const parts = name.split(/([-_.])/);
  return parts.flatMap((part, index) => {
    const found = environmentOfWord(part.toLowerCase(), words);
    if (found === undefined || found === environment) return [];
    return words[environment].map(word => [...parts.slice(0, index), word, ...parts.slice(index + 1)].join(''));
  });
}
