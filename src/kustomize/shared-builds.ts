import { decode } from '../yaml/decode.ts';
import { at, items, type Node } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Accumulation } from './accumulation.ts';
import { valuesIn } from './budget.ts';
import { Recent } from './recent.ts';
import type { Rendered } from './rendered.ts';
import type { Target } from './target.ts';

/** A file as nodes, with what is wrong with its encoding and its YAML. Shared: to be copied before it is changed. */
export interface ParsedFile {
  readonly documents: readonly Node[];
  readonly problems: readonly Problem[];
  /** Those of lists counted one by one. */
  readonly objects: number;
  /** Scalars, lists and mappings, aliases followed. */
  readonly values: number;
}

/** What is kept, so that a walk over a large repository does not hold all of it: bytes of text, and objects. */
const KEPT_BYTES = 12_000_000;
const KEPT_OBJECTS = 8_000;

/**
 * What renderers of several trees share, since most files are the same on both sides of a commit: files in kustomize's
 * dialect, each content parsed once, and builds of folders in which nothing differs. Nothing that it gives is to be
 * changed.
 */
export class SharedBuilds {
  readonly #parsed = new Recent<ParsedFile>(KEPT_BYTES);
  readonly #builds = new Recent<Accumulation>(KEPT_OBJECTS);
  readonly #rendered = new Recent<Rendered>(KEPT_OBJECTS);
  readonly #marks = new Map<string, string>();

  parse({ path, oid, bytes }: Target & { kind: 'file' }): ParsedFile {
    const key = `${oid} ${path}`;
    const known = this.#parsed.get(key);
    if (known !== undefined) return known;
    const { source, problems } = decode(path, bytes);
    const parsed = parse(source, 'kustomize');
    const { documents } = parsed;
    const file = {
      documents,
      problems: [...problems, ...parsed.problems],
      objects: sum(documents, objectsIn),
      values: sum(documents, valuesIn),
    };
    this.#parsed.set(key, file, bytes.length);
    return file;
  }

  /** A short text that stands for the content: the same for the same content. */
  markOf(content: string): string {
    const known = this.#marks.get(content);
    if (known !== undefined) return known;
    const mark = `#${this.#marks.size}`;
    this.#marks.set(content, mark);
    return mark;
  }

  /** @param content the mark of all that goes into it */
  build(content: string): Accumulation | undefined {
    return this.#builds.get(content);
  }

  keepBuild(content: string, build: Accumulation): void {
    this.#builds.set(content, build, build.resources.length);
  }

  rendered(content: string): Rendered | undefined {
    return this.#rendered.get(content);
  }

  keepRendered(content: string, rendered: Rendered): void {
    this.#rendered.set(content, rendered, rendered.objects.length);
  }
}

function objectsIn(document: Node): number {
  return 1 + items(at(document, 'items')).length;
}

function sum(documents: readonly Node[], count: (document: Node) => number): number {
  return documents.reduce((total, document) => total + count(document), 0);
}
