import { decode } from '../yaml/decode.ts';
import type { Node } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Accumulation } from './accumulation.ts';
import type { Target } from './target.ts';

/** A file as nodes, with what is wrong with its encoding and its YAML. Shared: to be copied before it is changed. */
export interface ParsedFile {
  readonly documents: readonly Node[];
  readonly problems: readonly Problem[];
}

/**
 * What renderers of several trees share, since most files are the same on both sides of a commit: files in kustomize's
 * dialect, each content parsed once, and builds of folders in which nothing differs.
 */
export class SharedBuilds {
  readonly #parsed = new Map<string, ParsedFile>();
  /** By the digest of all that went into them. Not to be changed by who takes one. */
  readonly builds = new Map<string, Accumulation>();

  /** The documents are not to be changed. */
  parse({ path, oid, bytes }: Target & { kind: 'file' }): ParsedFile {
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
