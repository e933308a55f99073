import { decode } from '../yaml/decode.ts';
import type { Node } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Target } from './target.ts';

/** A file as nodes, with what is wrong with its encoding and its YAML. Shared: to be copied before it is changed. */
export interface ParsedFile {
  readonly documents: readonly Node[];
  readonly problems: readonly Problem[];
}

/**
 * Files in kustomize's dialect, each content parsed once. Both sides of a commit share one, since most files are the
 * same on both.
 */
export class ParsedFiles {
  readonly #parsed = new Map<string, ParsedFile>();

  of({ path, oid, bytes }: Target & { kind: 'file' }): ParsedFile {
    const key = `${oid} ${path}`;
    const known = this.#parsed.get(key);
    if (known !== undefined) return known;
    const { source, problems } = decode(path, bytes);
    const parsed = parse(source, 'kustomize');
    const file = { documents: parsed.documents, problems: [...problems, ...parsed.problems] };
    this.#parsed.set(key, file);
    return file;
  }
}
