import { at, items, type Node, scalar, text } from '../yaml/node.ts';
import type { Aspect } from './aspect.ts';
import type { Statement } from './statement.ts';

interface Version {
  readonly node: Node;
  readonly served: boolean;
  readonly storage: boolean;
}

/** Versions of custom resources that are no longer served, or that are stored as another one. */
export const definitions: Aspect = {
  claims({ path }, { after }) {
    return after.id.kind === 'CustomResourceDefinition' && path[0] === 'spec' && path[1] === 'versions';
  },
  state(_fields, { before, after }) {
    const [had, has] = [versions(before.root), versions(after.root)];
    const statements: Statement[] = [];
    for (const [name, old] of had) {
      const now = has.get(name);
      const place = { span: (now ?? old).node.span, side: now === undefined ? 'before' : 'after' } as const;
      if (old.served && !now?.served) {
        statements.push({ kind: 'state', move: 'changed', subject: `version ${name} is no longer served`, ...place });
      }
    }
    const [from, to] = [stored(had), stored(has)];
    const span = has.get(to ?? '')?.node.span;
    if (from !== to && span !== undefined) {
      statements.push({ kind: 'state', move: 'changed', subject: 'storage version', from, to, span, side: 'after' });
    }
    return statements;
  },
};

function versions(root: Node): Map<string, Version> {
  const found = new Map<string, Version>();
  for (const node of items(at(root, 'spec', 'versions'))) {
    const [served, storage] = [scalar(node, 'served') === true, scalar(node, 'storage') === true];
    found.set(text(node, 'name') ?? '', { node, served, storage });
  }
  return found;
}

function stored(all: ReadonlyMap<string, Version>): string | undefined {
  return [...all].find(([, { storage }]) => storage)?.[0];
}
