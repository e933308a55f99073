import { idLabel } from '../kubernetes/object.ts';
import { at, number, scalar } from '../yaml/node.ts';
import type { Aspect } from './aspect.ts';
import { placeOf, type Statement } from './statement.ts';

/** The API server runs one pod where the field is missing (kubernetes pkg/apis/apps/v1/defaults.go). */
const DEFAULT_REPLICAS = 1;

/** `spec.replicas` of workloads and of the operators' resources that have it. */
export const replicas: Aspect = {
  claims({ path }, { before, after }) {
    if (path[0] !== 'spec' || path[1] !== 'replicas') return false;
    return [before, after].every(({ root }) => {
      const value = scalar(root, 'spec', 'replicas');
      return value === undefined || value === null || typeof value === 'number';
    });
  },
  state(_fields, { before, after }) {
    const [old, now] = [number(before.root, 'spec', 'replicas'), number(after.root, 'spec', 'replicas')];
    const move = moveOf(old, now);
    const place = placeOf(at(before.root, 'spec', 'replicas'), at(after.root, 'spec', 'replicas'), after.root);
    return [{ kind: 'replicas', move, subject: idLabel(after.id), from: shown(old), to: shown(now), ...place }];
  },
};

function moveOf(old: number | undefined, now: number | undefined): Extract<Statement, { kind: 'replicas' }>['move'] {
  const [from, to] = [old ?? DEFAULT_REPLICAS, now ?? DEFAULT_REPLICAS];
  if (to === 0) return 'zero';
  if (from === 0) return 'from-zero';
  if (now === undefined) return 'removed';
  return to < from ? 'down' : 'up';
}

function shown(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
