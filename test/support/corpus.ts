import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTar } from './tar.ts';

/** The corpus beside the checkout, when present: real repositories, and what `kubectl kustomize` makes of their folders. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');

export const repositories: readonly string[] = existsSync(CORPUS)
  ? readdirSync(CORPUS).flatMap(file => /^(.+)\.expected\.json\.gz$/.exec(file)?.[1] ?? [])
  : [];

/** The names for a table of tests, which says so where there is none. */
export const NONE = ['no repository (there is no corpus beside this checkout)'];

/** What the corpus holds for a folder. */
export type Expected = { readonly ok: true; readonly yaml: string } | { readonly ok: false; readonly error: string };

export function expectedOf(repository: string): Record<string, Expected> {
  return JSON.parse(gunzip(`${repository}.expected.json.gz`).toString('utf8'));
}

/** The files of a repository, by path from its root. */
export function filesOf(repository: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [path, text] of readTar(gunzip(`${repository}.tar.gz`))) files[path.slice(path.indexOf('/') + 1)] = text;
  return files;
}

function gunzip(file: string): Buffer {
  return gunzipSync(readFileSync(join(CORPUS, file)));
}
