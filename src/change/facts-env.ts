import { withoutHash } from '../kubernetes/affixes.ts';
import { type Container, containers } from '../kubernetes/workload.ts';
import { at, equal, items, type Node, scalar, text } from '../yaml/node.ts';
import { type Aspect, type Modified, templateField } from './aspect.ts';
import { printable } from './printable.ts';
import { placeOf, type Statement } from './statement.ts';

/** Environment variables of containers that both sides have. */
export const environment: Aspect = {
  claims(field, change) {
    const [key] = templateField(field, change)?.rest ?? [];
    return templateField(field, change)?.container !== undefined && (key === 'env' || key === 'envFrom');
  },
  state(_fields, change) {
    return pairContainers(change).flatMap(([before, after]) => [
      ...compareVariables(variables(before), variables(after), after.node),
    ]);
  },
};

/** Containers by name, as far as both sides have them. */
function pairContainers({ before, after }: Modified): [Container, Container][] {
  const old = new Map(containers(before).map(container => [container.name, container]));
  return containers(after).flatMap(now => {
    const found = old.get(now.name);
    return found === undefined ? [] : [[found, now] satisfies [Container, Container]];
  });
}

interface Variable {
  readonly node: Node;
  readonly shown: string | undefined;
}

function variables(container: Container): Map<string, Variable> {
  const found = new Map<string, Variable>();
  for (const node of items(at(container.node, 'env'))) {
    const name = text(node, 'name');
    if (name !== undefined) found.set(name, { node, shown: sourceOf(node) ?? printable(name, scalar(node, 'value')) });
  }
  for (const node of items(at(container.node, 'envFrom'))) {
    const source = sourceOf(node);
    const prefix = text(node, 'prefix');
    if (source !== undefined)
      found.set(`all of ${source}${prefix === undefined ? '' : ` as ${prefix}*`}`, { node, shown: undefined });
  }
  return found;
}

/** Where a variable takes its value from; a generated name without its hash, so that a new hash is no new variable. */
function sourceOf(node: Node): string | undefined {
  const from = at(node, 'valueFrom') ?? node;
  for (const [field, kind] of [
    ['configMapKeyRef', 'ConfigMap'],
    ['secretKeyRef', 'Secret'],
    ['configMapRef', 'ConfigMap'],
    ['secretRef', 'Secret'],
  ] as const) {
    const name = text(from, field, 'name');
    if (name === undefined) continue;
    const key = text(from, field, 'key');
    return `${kind} ${withoutHash(name)}${key === undefined ? '' : `: ${key}`}`;
  }
  const path = text(from, 'fieldRef', 'fieldPath') ?? text(from, 'resourceFieldRef', 'resource');
  return path === undefined ? undefined : `field ${path}`;
}

function* compareVariables(
  before: ReadonlyMap<string, Variable>,
  after: ReadonlyMap<string, Variable>,
  container: Node,
): Generator<Statement> {
  for (const [name, now] of after) {
    const old = before.get(name);
    const place = placeOf(undefined, now.node, container);
    if (old === undefined) yield { kind: 'env', move: 'added', subject: name, to: now.shown, ...place };
    else if (!sameSource(old, now))
      yield { kind: 'env', move: 'changed', subject: name, from: old.shown, to: now.shown, ...place };
  }
  for (const [name, old] of before) {
    if (after.has(name)) continue;
    yield { kind: 'env', move: 'removed', subject: name, from: old.shown, ...placeOf(old.node, undefined, container) };
  }
}

function sameSource(old: Variable, now: Variable): boolean {
  if (equal(old.node, now.node)) return true;
  const [a, b] = [sourceOf(old.node), sourceOf(now.node)];
  return a !== undefined && a === b && scalar(old.node, 'value') === scalar(now.node, 'value');
}
