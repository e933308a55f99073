import type { KubeObject } from '../kubernetes/object.ts';
import type { MapNode, Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';

/**
 * A part of a build that cannot be rendered from the repository alone. The rest is rendered; the same gap on both sides
 * of a commit is no gap in the answer.
 */
export interface Gap {
  readonly kind:
    | 'remote-base'
    | 'helm-chart'
    | 'plugin'
    | 'function'
    | 'application-set'
    | 'templated'
    | 'unsupported'
    /** An entry of `images` that nothing here has, so that it is meant for another gap; `version` is the whole image. */
    | 'image'
    /** A patch or a count of replicas that is meant for another gap; `version` is a digest of it. */
    | 'patch';
  /** What it is, the same text for the same content: an address without its ref, a chart's name, a file. */
  readonly what: string;
  /** The ref, version or digest that fixes the content; undefined where nothing does. */
  readonly version: string | undefined;
  /** What a chart of this repository says that it installs. */
  readonly appVersion?: string | undefined;
  /** A digest of what this repository fills a chart in with; absent where it does not. */
  readonly values?: string;
  /** What `values` is the digest of, as far as it can be read. */
  readonly given?: GivenValues;
  /** What kustomizations set on the objects behind it, the innermost first; absent where none does. */
  readonly settings?: readonly GapSetting[];
  readonly span: Span;
}

/** The values that a kustomization or an Application fills a chart in with. */
export interface GivenValues {
  /** In the order in which they are merged: a file's content, or the mapping that the kustomization has. */
  readonly parts: readonly (MapNode | { readonly path: string; readonly bytes: Buffer })[];
  /** What else decides what the chart makes, as text to compare. */
  readonly rest: string;
}

/** A field of a kustomization that goes through all objects, such as `namespace`. */
export interface GapSetting {
  readonly field: string;
  /** The same text for the same setting. */
  readonly value: string;
  readonly span: Span;
}

/** What a folder or an Application applies, as far as the repository tells. */
export interface Rendered {
  /** In kustomize's order. */
  readonly objects: readonly KubeObject[];
  readonly gaps: readonly Gap[];
  /** Where kustomize would refuse the build, `objects` holds what could be made all the same. */
  readonly problems: readonly Problem[];
  /** Every file that was read for it, sorted: what "analysed" means for this unit. */
  readonly files: readonly string[];
  /** What asks for it: the Application, or the template of its ApplicationSet, where one does. */
  readonly manifest?: MapNode;
}
