import { compileGlob } from '../kustomize/glob.ts';
import { isWithin, resolvePath } from '../kustomize/paths.ts';
import type { ApplicationSource } from './unit.ts';

/**
 * Whether Argo CD builds an Application anew when the file changes, by its `manifest-generate-paths`: paths divided by
 * semicolons, absolute ones from the repository's root, others from the source's folder. A path stands for itself, for
 * all below it, or is a pattern in which `*` does not cross a slash (util/app/path/path.go).
 */
export function isWatched(file: string, annotation: string, sources: readonly ApplicationSource[]): boolean {
  return itemsOf(annotation).some(item => {
    if (item === '') return false;
    if (item.startsWith('/')) return covers(item.replace(/^\/+|\/+$/g, ''), file);
    return sources.some(({ path }) => {
      const resolved = path === undefined ? undefined : resolvePath(path, item);
      return resolved !== undefined && covers(resolved, file);
    });
  });
}

/**
 * A path of `manifest-generate-paths` that is written from the repository's root and lacks the slash that says so, and
 * the folder that Argo CD takes it for.
 */
export function misplacedPath(annotation: string, sources: readonly ApplicationSource[]) {
  for (const item of itemsOf(annotation)) {
    const path = sources.find(source => source.path && isWithin(item, source.path))?.path;
    if (path !== undefined) return { item, meant: `${path}/${item}` };
  }
  return undefined;
}

function itemsOf(annotation: string): string[] {
  return annotation.split(';').map(item => item.trim());
}

function covers(path: string, file: string): boolean {
  if (path === '' || file === path || isWithin(file, path)) return true;
  const [patterns, steps] = [path.split('/'), file.split('/')];
  return patterns.length === steps.length && patterns.every((pattern, i) => compileGlob(pattern)(steps[i] ?? ''));
}
