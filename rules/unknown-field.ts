import { fieldPath } from '../src/kubernetes/field-path.ts';
import type { Misfit } from '../src/kubernetes/misfits.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import type { Schema } from '../src/kubernetes/schema.ts';
import { defineRule, type Severity } from '../src/rule/rule.ts';

type UnknownField = Extract<Misfit, { kind: 'unknown-field' }>;

export default defineRule({
  id: 'unknown-field',
  title: 'A field that the kind does not have',
  severity: 'error',
  why: 'Argo CD applies the object without the field, so what it should set is not set and nothing says so; kubectl and server-side apply refuse the object.',
  fix: 'Correct the name or the place of the field, or remove it.',

  on: 'state',
  alone: true,
  *check({ objects }, _unit, { schemas }) {
    for (const object of objects) {
      for (const misfit of schemas.misfits(object)) {
        const schema = schemas.of(object);
        const severity = misfit.kind === 'unknown-field' && schema && severityOf(misfit, schema);
        if (misfit.kind !== 'unknown-field' || schema === undefined || !severity) continue;
        yield {
          message: `${idLabel(object.id)}: ${fieldPath(object.root, misfit.path)} ${wordsFor(misfit, object, schema)}`,
          at: { object, path: misfit.path },
          severity,
        };
      }
    }
  },
});

/** Certain where the name is a slip; a field of no known name may be that of a release that is not known here. */
function severityOf({ meant, belongs }: UnknownField, { origin }: Schema): Severity | undefined {
  const isSlip = meant !== undefined || belongs !== undefined;
  if (origin === 'vendored') return isSlip ? 'warning' : undefined;
  return isSlip ? 'error' : 'warning';
}

function wordsFor({ meant, belongs, name }: UnknownField, object: KubeObject, { source }: Schema): string {
  if (belongs?.isBelow) return `does not exist; ${name} belongs below ${belongs.to}`;
  if (belongs !== undefined) return `does not exist; ${name} belongs to ${belongs.to}, further out`;
  if (meant !== undefined) return `does not exist; did you mean ${meant}?`;
  return `does not exist in the ${object.id.kind} of ${source}`;
}
