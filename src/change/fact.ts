import type { ObjectId } from '../kubernetes/object.ts';
import type { Span } from '../yaml/node.ts';

/**
 * Everything that a commit can be said to do, as kind and move. The risk table has a row for each pair, which a test
 * checks, so a new move cannot be forgotten there.
 */
export const FACTS = {
  /** A container's image. Moves between versions are sized by the tag's own scheme. */
  image: [
    'major',
    'minor',
    'patch',
    /** Parts after the third, or the build of an image of one version. */
    'build',
    'downgrade',
    /** The part after the version that names a customer or a flavour. */
    'suffix',
    'repository',
    'digest',
    /** Two hashes or two words: nothing says which is newer, or by how much. */
    'unordered',
    /** A moving word such as `latest` gave way to a fixed tag, and the reverse. */
    'pinned',
    'floating',
    /** From a version to a hash, or between schemes: the size is not known. */
    'scheme',
    'added',
    'removed',
  ],
  env: ['added', 'changed', 'removed'],
  /** The data of a ConfigMap or a Secret. */
  config: ['configmap', 'secret'],
  replicas: ['up', 'down', 'zero', 'from-zero', 'removed'],
  /** HorizontalPodAutoscaler and KEDA. */
  autoscaler: ['threshold', 'limits', 'added', 'removed', 'other'],
  hostname: ['added', 'removed', 'moved'],
  /** Parts of a pod template or its controller other than image and environment. */
  workload: ['resources', 'probe', 'probe-added', 'probe-removed', 'strategy', 'template', 'other'],
  /** The version of a database or broker. A series is what its upstream calls a major: domain tables decide. */
  database: ['series', 'series-downgrade', 'version', 'version-downgrade', 'unknown-version'],
  /** Any other change to an object that runs or holds database or Redis state, or has an operator claim volumes. */
  state: [
    'changed',
    'added',
    'removed',
    /** With the folder that it stood in, which nothing known applies. */
    'left',
    'handed-over',
    'claims',
  ],
  kubernetes: ['minor', 'patch', 'skip', 'downgrade', 'unknown'],
  /** A Helm chart, by its version here or in an Application, or by the values that fill it in. */
  chart: ['major', 'minor', 'patch', 'downgrade', 'unknown', 'added', 'removed', 'values'],
  /** An upstream component in `scripts/apps.yaml`. */
  component: ['major', 'minor', 'patch', 'downgrade', 'unknown', 'added', 'removed'],
  client: ['added', 'removed'],
  application: ['added', 'removed', 'removed-with-objects', 'changed'],
  /** Objects as a whole that no other fact describes. */
  object: [
    'added',
    'removed',
    'modified',
    'moved',
    /** With the folder that it stood in, which nothing known applies. */
    'left',
    /** From one Application to another, where the old one deletes it or leaves it as it is. */
    'handed-over',
    'adopted',
  ],
  /** A field that the API server does not let change. */
  immutable: [
    'changed',
    /** In a file that nothing known applies, so that it may only be read when the object is made. */
    'unapplied',
  ],
  /** RBAC, NetworkPolicy and the like. */
  access: ['widened', 'narrowed', 'changed'],
  dns: ['added', 'changed', 'removed'],
  terraform: ['changed'],
  /** A base in another repository: its content is not here. */
  remote: ['moved', 'added', 'removed'],
  /** The build works on one side only, or something in reach could not be read. */
  unknown: ['content', 'now-fails', 'now-builds'],
} as const;

export type FactKind = keyof typeof FACTS;
export type Move = (typeof FACTS)[FactKind][number];

/**
 * One thing that the commit does, in one unit. The same shape for each kind, so that the risk table can match facts as
 * data and every report can print them.
 */
export interface Fact {
  readonly kind: FactKind;
  readonly move: Move;
  /** Key of the unit. */
  readonly unit: string;
  readonly object: ObjectId | undefined;
  /** What it is about: `php_fpm`, `DB_HOST`, `www.shop.example`, `spec.replicas`. */
  readonly subject: string;
  /** Values as they are printed, and never a Secret's. Undefined for the side that has none. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** The database, broker or controller concerned, as its upstream writes it in lower case: `mariadb`. */
  readonly engine?: string;
  /** Addresses of the repositories in which a generator looks for the folders or files that make Applications. */
  readonly looksAt?: readonly string[];
  /** Where the value that is in force after the commit was written, or, for a removal, the one before it. */
  readonly span: Span;
  readonly side: 'before' | 'after';
}
