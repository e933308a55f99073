import { compileGlob } from '../kustomize/glob.ts';

/**
 * Whether a path is meant by one of the globs, by itself or by a folder above it: `clients/shop` means every file below,
 * as `clients/shop/*` does, in which `*` stands for any text, slashes included.
 */
export function isMeant(path: string, globs: readonly string[]): boolean {
  return globs.some(pattern => {
    const glob = compileGlob(pattern.replace(/\/+$/, ''));
    if (glob(path)) return true;
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (glob(path.slice(0, slash))) return true;
    }
    return false;
  });
}
