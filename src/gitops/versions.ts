import type { Node } from '../yaml/node.ts';
import { readComponents } from './components.ts';
import type { StatedVersion } from './unit.ts';

/** The versions that a file such as `scripts/apps.yaml` states. */
export function componentVersions(root: Node): StatedVersion[] {
  return readComponents(root).components.map(({ name, version }) => ({
    kind: 'component',
    name: name.text,
    version: version.text,
    span: version.span,
  }));
}
