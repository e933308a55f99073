import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTar } from '../support/tar.ts';
import type { Expected } from './verdict.ts';

/** The corpus beside a checkout: real repositories, and what `kubectl kustomize` makes of their folders. */
export interface Corpus {
  readonly folder: string;
  readonly repositories: readonly string[];
}

/** @param checkout The root of this project. */
export function corpusBeside(checkout: string): Corpus {
  const folder = join(checkout, '../shared/corpus');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return { folder, repositories: files.flatMap(file => /^(.+)\.expected\.json\.gz$/.exec(file)?.[1] ?? []) };
}

/** The files of a repository by path, and what the oracle made of its folders. */
export function readRepository(
  { folder }: Corpus,
  repository: string,
): { files: Record<string, string>; expected: Record<string, Expected> } {
  const gunzip = (file: string) => gunzipSync(readFileSync(join(folder, file)));
  const files: Record<string, string> = {};
  for (const [path, text] of readTar(gunzip(`${repository}.tar.gz`))) files[path.slice(path.indexOf('/') + 1)] = text;
  return { files, expected: JSON.parse(gunzip(`${repository}.expected.json.gz`).toString('utf8')) };
}
