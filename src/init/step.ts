/** One thing that `init` does to a repository, or that it leaves to a person. */
export type Step =
  /** A file of our own: it is not there yet, or holds what an earlier run wrote. */
  | { readonly kind: 'write'; readonly path: string; readonly content: string; readonly executable?: true }
  /** A block in a file that a person wrote: the file with it. */
  | { readonly kind: 'add'; readonly path: string; readonly content: string; readonly block: string }
  | { readonly kind: 'delete'; readonly path: string }
  /** The file without our block. */
  | { readonly kind: 'take out'; readonly path: string; readonly content: string }
  /** A setting of the clone; undefined takes it away. */
  | { readonly kind: 'set'; readonly name: string; readonly value: string | undefined }
  | { readonly kind: 'keep'; readonly path: string; readonly why: string }
  /** What only a person can do. */
  | { readonly kind: 'advise'; readonly say: string; readonly copy: readonly string[] };

/** The files of the work tree, as far as `init` looks at them. */
export interface Files {
  /** Undefined where there is no such file. Paths are from the root of the work tree, or absolute. */
  read(path: string): string | undefined;
  /** The names in a folder, sorted; none where there is no such folder. */
  list(folder: string): readonly string[];
}
