import { at, items, type MapNode, type Node, type Span, scalar, text } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import { type FieldSpec, mergeSpecs, splitPath } from './field-spec.ts';
import * as tables from './field-spec-tables.ts';
import { NAME_REFERENCES, type NameReference } from './name-reference-table.ts';
import { byType } from './order.ts';
import { VAR_REFERENCES } from './var-reference-table.ts';

/** Where the transformers write: kustomize's defaults and what `configurations` files add. */
export interface TransformerConfig {
  readonly specs: Readonly<Record<SpecList, readonly FieldSpec[]>>;
  readonly nameReference: readonly NameReference[];
}

type SpecList =
  | 'namePrefix'
  | 'nameSuffix'
  | 'namespace'
  | 'commonLabels'
  | 'labels'
  | 'templateLabels'
  | 'commonAnnotations'
  | 'varReference'
  | 'images'
  | 'replicas';

export const DEFAULT_CONFIG: TransformerConfig = {
  specs: {
    namePrefix: tables.NAME,
    nameSuffix: tables.NAME,
    namespace: tables.NAMESPACE,
    commonLabels: tables.COMMON_LABELS,
    labels: [],
    templateLabels: tables.TEMPLATE_LABELS,
    commonAnnotations: tables.COMMON_ANNOTATIONS,
    varReference: VAR_REFERENCES,
    images: tables.IMAGES,
    replicas: tables.REPLICAS,
  },
  nameReference: NAME_REFERENCES,
};

/** What a build knows before it has read any kustomization, not even the defaults. */
export const NO_CONFIG: TransformerConfig = {
  specs: {
    namePrefix: [],
    nameSuffix: [],
    namespace: [],
    commonLabels: [],
    labels: [],
    templateLabels: [],
    commonAnnotations: [],
    varReference: [],
    images: [],
    replicas: [],
  },
  nameReference: [],
};

const LISTS = Object.keys(DEFAULT_CONFIG.specs).filter(isSpecList);

function isSpecList(name: string): name is SpecList {
  return Object.hasOwn(DEFAULT_CONFIG.specs, name);
}

/** Both configurations as one. Specifications that contradict each other are a problem at the span. */
export function mergeConfigs(
  base: TransformerConfig,
  added: TransformerConfig,
  span: Span,
  problems: Problem[],
): TransformerConfig {
  if (added === DEFAULT_CONFIG) return base === NO_CONFIG ? added : base;
  if (added === base) return base;
  const conflict = (spec: FieldSpec) => {
    const message = `configurations disagree on whether ${spec.path.join('/')} is to be created`;
    problems.push({ code: 'kustomization-refused', message, span });
  };
  const specs = { ...base.specs };
  for (const list of LISTS) {
    const isAsEver = base === NO_CONFIG && added.specs[list] === DEFAULT_CONFIG.specs[list];
    specs[list] = isAsEver ? added.specs[list] : mergeSpecs(base.specs[list], added.specs[list], conflict);
  }
  const nameReference = [...base.nameReference];
  if (added.nameReference !== base.nameReference) {
    for (const reference of added.nameReference) {
      const index = nameReference.findIndex(({ to }) => sameKind(to, reference.to));
      const same = nameReference[index];
      if (same === undefined) nameReference.push(reference);
      else nameReference[index] = { to: same.to, from: mergeSpecs(same.from, reference.from, conflict) };
    }
  }
  return { specs, nameReference };
}

/**
 * With the specifications in the order of kinds, which decides what is left of them: what stands behind a specification
 * for one kind and is the same for all kinds goes as soon as both come into a build that had neither.
 */
export function inOrderOfKinds(config: TransformerConfig): TransformerConfig {
  const specs = { ...config.specs };
  for (const list of LISTS) {
    if (specs[list] !== DEFAULT_CONFIG.specs[list]) specs[list] = [...specs[list]].sort(byType);
  }
  return { ...config, specs };
}

function sameKind(a: NameReference['to'], b: NameReference['to']): boolean {
  return (a.group ?? '') === (b.group ?? '') && (a.version ?? '') === (b.version ?? '') && a.kind === b.kind;
}

/** The configuration in a file under `configurations`, without the defaults. */
export function readConfig(document: MapNode): TransformerConfig {
  const specs = { ...DEFAULT_CONFIG.specs };
  for (const list of LISTS) specs[list] = readSpecs(at(document, list));
  const nameReference = items(at(document, 'nameReference')).map(item => ({
    to: { group: text(item, 'group'), version: text(item, 'version'), kind: text(item, 'kind') },
    from: readSpecs(at(item, 'fieldSpecs')),
  }));
  return { specs, nameReference };
}

/** Field specifications as `configurations`, `labels.fields` and builtin transformers have them. */
export function readSpecs(list: Node | undefined): FieldSpec[] {
  return items(list).flatMap(item => {
    const path = text(item, 'path');
    if (path === undefined) return [];
    const create = scalar(item, 'create') === true;
    return [
      {
        path: splitPath(path),
        create,
        group: text(item, 'group'),
        version: text(item, 'version'),
        kind: text(item, 'kind'),
      },
    ];
  });
}
