import { ContentError, type Tree } from './tree.ts';

/** A file with what it holds. */
export interface ReadFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** The YAML files of a tree that hold one of the texts; none that cannot be read. Looks through the whole tree. */
export async function yamlFilesWith(tree: Tree, texts: readonly string[]): Promise<ReadFile[]> {
  const words = texts.map(text => Buffer.from(text));
  const [files, holding] = await Promise.all([tree.files(), tree.filesWith(words)]);
  const asked = files.filter(
    ({ path, mode }) =>
      /\.ya?ml$/i.test(path) && (mode === 'file' || mode === 'executable') && holding?.has(path) !== false,
  );
  const found = await Promise.all(
    asked.map(async file => {
      const bytes = await tree.read(file).catch(nothingIn);
      return bytes !== undefined && words.some(word => bytes.includes(word)) ? [{ path: file.path, bytes }] : [];
    }),
  );
  return found.flat();
}

function nothingIn(error: unknown): undefined {
  if (!(error instanceof ContentError)) throw error;
}
