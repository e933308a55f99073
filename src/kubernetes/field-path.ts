import { at, type Node, type Path, text } from '../yaml/node.ts';

/** A path as people write it, with the name of a list's item where it has one: `containers[web].env[DB_PORT].value`. */
export function fieldPath(root: Node, path: Path): string {
  let written = '';
  for (const [index, step] of path.entries()) {
    if (typeof step === 'number') written += `[${text(at(root, ...path.slice(0, index + 1)), 'name') ?? step}]`;
    else written += written === '' ? step : `.${step}`;
  }
  return written;
}
