import { isWithin } from '../kustomize/paths.ts';
import type { UnitChange } from './change.ts';

/** Whether the file is a part of the unit on either side of the commit. */
export function reads({ unit, before, after }: UnitChange, path: string): boolean {
  if (unit.kind === 'terraform') return unit.folders.some(folder => isWithin(path, folder));
  if (unit.kind === 'versions') return unit.name === path;
  return unit.application?.file === path || has(before?.files, path) || has(after?.files, path);
}

/** The files of a build are sorted by code unit. */
function has(files: readonly string[] | undefined, file: string): boolean {
  let [low, high] = [0, (files?.length ?? 0) - 1];
  while (files !== undefined && low <= high) {
    const middle = (low + high) >> 1;
    const found = files[middle] ?? '';
    if (found === file) return true;
    if (found < file) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
