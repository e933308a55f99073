import { calledBy, dotted, type Modified } from '../src/change/aspect.ts';
import { type Refused, refusedFields } from '../src/change/facts-immutable.ts';
import { printableNode } from '../src/change/printable.ts';
import type { Unit } from '../src/gitops/unit.ts';
import { idLabel } from '../src/kubernetes/object.ts';
import { defineRule, type Severity } from '../src/rule/rule.ts';
import { at, type Span } from '../src/yaml/node.ts';

export default defineRule({
  id: 'field-cannot-change',
  title: 'A changed field that the API server does not let change',
  severity: 'error',
  why: 'The API server refuses the change. A sync fails on the object at each attempt, and applies nothing of a later wave until it is mended.',
  fix: 'Give the object a new name, or plan its deletion: Argo CD makes it anew with the annotation argocd.argoproj.io/sync-options: Force=true,Replace=true.',

  on: 'change',
  *check({ unit, changes }) {
    for (const change of changes) {
      if (change.kind !== 'modified') continue;
      for (const [reason, [first, ...others]] of byReason(refusedFields(change))) {
        if (first === undefined) continue;
        const more = others.length === 0 ? '' : ` and ${others.length} more`;
        const advice = unit.kind === 'manifests' ? UNAPPLIED_ADVICE : adviceOnLabel(change, first);
        yield {
          message: `${idLabel(change.after.id)}: ${valuesOf(change, first)}${more}, and cannot: ${clause(reason)}${unapplied(unit)}`,
          at: { span: (first.field.after ?? first.field.before ?? change.after.root).span },
          severity: severityOf(change, unit),
          ...(advice === undefined ? {} : { fix: advice }),
        };
      }
    }
  },
});

function byReason(refused: readonly Refused[]): Map<string, Refused[]> {
  const found = new Map<string, Refused[]>();
  for (const one of refused) found.set(one.reason, [...(found.get(one.reason) ?? []), one]);
  return found;
}

function valuesOf(change: Modified, { field }: Refused): string {
  const { before } = change;
  const name = dotted(field.path);
  if (before.id.kind === 'Secret' && name !== 'type') return `${name} changes`;
  const [from, to] = [field.before, field.after].map(node => printableNode(calledBy(field, change), node));
  if (from !== undefined && to !== undefined) return `${name} goes from ${from} to ${to}`;
  if (from === undefined && to === undefined) {
    if (field.before === undefined) return `${name} is added`;
    return field.after === undefined ? `${name} is taken away` : `${name} changes`;
  }
  return from === undefined ? `${name} is set to ${to}` : `${name} is taken away, which was ${from}`;
}

/**
 * A Job that is deleted some time after its end may be gone, and is then created with the new template. What nothing here
 * applies may be read only when a cluster is made, as the inline manifests of Talos are.
 */
function severityOf({ before }: Modified, { kind }: Unit): Severity {
  const isKept = at(before.root, 'spec', 'ttlSecondsAfterFinished') === undefined;
  return isKept && kind !== 'manifests' ? 'error' : 'warning';
}

const UNAPPLIED_ADVICE =
  'Where the file is applied again, delete the object first. A file that is read only when a cluster is made needs nothing.';

function unapplied({ kind }: Unit): string {
  return kind === 'manifests' ? '; nothing here applies the file' : '';
}

/** Advice for a label that a kustomization writes into selectors, or did. */
function adviceOnLabel({ after }: Modified, { field }: Refused): string | undefined {
  const span = (field.after ?? field.before)?.span;
  if (!field.path.includes('matchLabels') || span === undefined || !isOfKustomization(span)) return undefined;
  const selector = `the selector of ${idLabel(after.id)} as it is`;
  return field.after === undefined
    ? `Keep the label under labels with includeSelectors: true, which leaves ${selector}.`
    : `Write the label under labels without includeSelectors, which leaves ${selector}.`;
}

function isOfKustomization({ source }: Span): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(source.file);
}

function clause(reason: string): string {
  return reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, '');
}
