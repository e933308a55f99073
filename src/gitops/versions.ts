import { entries, items, type MapNode, type Node, type Span, scalar } from '../yaml/node.ts';
import type { StatedVersion } from './unit.ts';

/** Spellings of the fields of a tracked component; the file is the team's own and has no upstream format. */
const NAME_FIELDS = ['name', 'app', 'component'];
const VERSION_FIELDS = ['version', 'current', 'current_version', 'currentVersion', 'current-version'];

/**
 * The components of a versions file such as `scripts/apps.yaml`: a list of entries, or a mapping keyed by name, at the
 * root or under one key such as `apps`. Entries without a version are left out.
 */
export function componentVersions(root: Node): StatedVersion[] {
  const found: StatedVersion[] = [];
  const visit = (node: Node, name: string | undefined) => {
    const entry = node.kind === 'map' ? versionOf(node) : undefined;
    const own = node.kind === 'map' ? field(node, NAME_FIELDS)?.value : undefined;
    const called = own ?? name;
    if (entry !== undefined && called !== undefined) {
      found.push({ kind: 'component', name: called, version: entry.value, span: entry.span });
      return;
    }
    for (const item of items(node)) visit(item, undefined);
    for (const [key, { value }] of entries(node)) if (value.kind !== 'scalar') visit(value, key);
  };
  visit(root, undefined);
  return found;
}

function versionOf(node: MapNode): { value: string; span: Span } | undefined {
  return field(node, VERSION_FIELDS);
}

function field(node: MapNode, names: readonly string[]): { value: string; span: Span } | undefined {
  for (const name of names) {
    const value = scalar(node, name);
    const found = node.entries.get(name)?.value;
    if (found === undefined || value === undefined || value === null || typeof value === 'boolean') continue;
    // A version that YAML reads as a number keeps its text: 1.30 is not 1.3.
    const written = found.span.source.text.slice(found.span.start, found.span.end).trim();
    return { value: typeof value === 'string' ? value : written, span: found.span };
  }
  return undefined;
}
