import { printableNode } from '../src/change/printable.ts';
import { nearestOf } from '../src/config/nearest.ts';
import type { Unit } from '../src/gitops/unit.ts';
import { fieldPath } from '../src/kubernetes/field-path.ts';
import type { Misfit } from '../src/kubernetes/misfits.ts';
import { idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { syncOptions } from '../src/kubernetes/sync.ts';
import { defineRule } from '../src/rule/rule.ts';
import type { Node, ScalarNode } from '../src/yaml/node.ts';

export default defineRule({
  id: 'object-rejected',
  title: 'A value that the API server refuses',
  severity: 'error',
  why: 'The sync of the application fails on this object, and with it all that the commit deploys after it.',
  fix: 'Write a value of the type that the field has.',

  on: 'state',
  alone: true,
  *check({ objects }, unit, { schemas }) {
    for (const object of objects) {
      const isVendored = schemas.of(object)?.origin === 'vendored';
      for (const misfit of schemas.misfits(object)) {
        if (misfit.kind === 'missing-field' && (isVendored || isPart(object, unit))) continue;
        const told = describe(misfit, object);
        if (told === undefined) continue;
        const message = `${idLabel(object.id)}: ${told.message}`;
        // Which words there are differs between the releases of an operator, the type of a field hardly ever.
        const severity = isVendored && misfit.kind !== 'wrong-type' ? 'warning' : 'error';
        yield { message, at: { object, path: misfit.path }, severity, fix: told.fix };
      }
    }
  },
});

/** Something else completes the object: a file that nothing names may be a patch, and server-side apply adds to what is there. */
function isPart(object: KubeObject, { kind }: Unit): boolean {
  return kind === 'manifests' || syncOptions(object).includes('ServerSideApply=true');
}

function describe(misfit: Misfit, object: KubeObject): { readonly message: string; readonly fix: string } | undefined {
  const place = fieldPath(object.root, misfit.path);
  switch (misfit.kind) {
    case 'unknown-field':
      return undefined;
    case 'missing-field':
      return {
        message: `${place === '' ? misfit.name : `${place}.${misfit.name}`} is missing, and required`,
        fix: `Add ${misfit.name}.`,
      };
    case 'wrong-type':
      return {
        message: `${place} is ${whatIs(misfit.node, place, object)}, wanted is ${misfit.wanted}`,
        fix: adviceFor(misfit.node, misfit.wanted),
      };
    case 'unknown-word': {
      const meant = nearestOf(String(misfit.node.value), misfit.words);
      return {
        message: `${place} is ${whatIs(misfit.node, place, object)}, known are ${misfit.words.join(', ')}`,
        fix: meant === undefined ? `Write one of ${misfit.words.join(', ')}.` : `Write ${meant}.`,
      };
    }
  }
}

/** The kind of the value and, where it may be shown, the value. */
function whatIs(node: Node, place: string, { id }: KubeObject): string {
  if (node.kind !== 'scalar') return node.kind === 'seq' ? 'a list' : 'a mapping';
  const shown = id.kind === 'Secret' ? undefined : printableNode(place, node);
  const kind = kindOf(node);
  if (shown === undefined) return `a ${kind}`;
  return kind === 'string' ? `"${shown}"` : `the ${kind} ${asWritten(node) ?? shown}`;
}

function kindOf({ value }: ScalarNode): 'string' | 'boolean' | 'number' {
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

/** `1.10` and `yes` say more than the 1.1 and the true that they are read as. */
function asWritten({ span }: ScalarNode): string | undefined {
  const written = span.source.text.slice(span.start, span.end).trim();
  return /^[\w.+-]{1,40}$/.test(written) ? written : undefined;
}

function adviceFor(node: Node, wanted: string): string {
  const isQuotable = node.kind === 'scalar' && typeof node.value !== 'string' && wanted === 'a string';
  if (isQuotable) return 'Put the value in quotes.';
  if (wanted === 'base64') return 'Encode the value, or write it as it is below stringData.';
  const isQuoted =
    node.kind === 'scalar' && typeof node.value === 'string' && /^(?:-?\d+|true|false)$/.test(node.value);
  return isQuoted ? 'Take the quotes away.' : `Write ${wanted}.`;
}
