import { SourceError } from '../release.ts';

/** An answer in JSON, of which nothing is known. Throws `SourceError` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new SourceError('the answer is no JSON');
    throw error;
  }
}

/** What a key of an answer holds; undefined where it has none, or is no mapping. */
export function valueAt(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(key);
}

export function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** The items of a list, or none. */
export function listAt(value: unknown, key?: string): readonly unknown[] {
  const found = key === undefined ? value : valueAt(value, key);
  return Array.isArray(found) ? found : [];
}
