import type { Span } from '../yaml/node.ts';

/** One `source` of an Argo CD Application that lies in this repository. */
export interface ApplicationSource {
  /** Folder from the repository's root; undefined for a chart from a registry. */
  readonly path: string | undefined;
  readonly repoURL: string;
  readonly targetRevision: string | undefined;
  /** The chart's name where the source is a chart. */
  readonly chart: string | undefined;
  readonly directory: {
    readonly recurse: boolean;
    readonly include: string | undefined;
    readonly exclude: string | undefined;
  };
  /** A digest of its `kustomize` where that may change what Applications in the folder say. */
  readonly kustomize?: string;
}

/** An Argo CD Application as its manifest has it. */
export interface Application {
  readonly name: string;
  /** `<namespace>_<name>`, as Argo CD calls one outside of its own namespace; absent for most. */
  readonly qualifiedName?: string;
  readonly file: string;
  readonly project: string;
  /** `destination.server` or `destination.name`; '' where neither is known. */
  readonly cluster: string;
  /** `destination.namespace`: the namespace of objects that name none. */
  readonly namespace: string;
  readonly sources: readonly ApplicationSource[];
  /** `syncPolicy.automated` is set and not disabled. */
  readonly automated: boolean;
  readonly prune: boolean;
  readonly selfHeal: boolean;
  /** The finalizer that makes the deletion of the Application delete what it applied. */
  readonly cascades: boolean;
  /** The ApplicationSet that makes it; absent where a manifest declares it. */
  readonly set?: string | undefined;
  /** The kustomization that changes what its file says; absent where the file counts as it stands. */
  readonly overlay?: Overlay;
}

/** A kustomization as it is applied. */
export interface AppliedFolder {
  readonly folder: string;
  /** The Application that puts changes of its own on top; absent where the folder is applied as it is. */
  readonly by?: Application;
}

/** A kustomization that changes the manifest of an Application, or of the set that makes it. */
export interface Overlay extends AppliedFolder {
  /** Of the Application's manifest as it is then. */
  readonly digest: string;
  /** The manifest, or the set's template, is as the file has it all the same: at most the generators differ. */
  readonly asInFile?: true;
}

/** What tells applied folders apart in one tree; the same on both sides of a commit. */
export function placeOf({ folder, by }: AppliedFolder): string {
  if (by === undefined) return folder;
  return [folder, by.name, by.overlay === undefined ? by.file : placeOf(by.overlay)].join('@');
}

export type Environment = 'production' | 'staging' | 'development' | 'unknown';

/**
 * What is applied as one: an Application, or, where none names it, a kustomization that no other includes. Folders of
 * plain manifests and Terraform that changed are units as well, so that nothing is left out in silence.
 */
export interface Unit {
  /** Unique in one tree, and the same on both sides of a commit where it is the same unit. */
  readonly key: string;
  readonly kind: 'application' | 'kustomization' | 'manifests' | 'helm-chart' | 'terraform' | 'versions';
  /** As people call it: the Application's name, or the folder. */
  readonly name: string;
  /** The folders it is made from; more than one for an Application with several sources. */
  readonly folders: readonly string[];
  /** For plain manifests: the files that no kustomization and no Application applies. */
  readonly files?: readonly string[];
  readonly application: Application | undefined;
  /** For plain manifests: the Application that applies a folder above theirs, without its sub-folders. */
  readonly missedBy?: Application;
  /** No Application tells what this repository is called, so a source that is missing here may lie in another one. */
  readonly sourceUncertain?: boolean;
  readonly environment: Environment;
  /** The customer whose folder or Application it is; undefined where the layout names none. */
  readonly client: string | undefined;
  /** The application within the client, such as `storefront`. */
  readonly app: string | undefined;
}

/** A version that a file states outside any Kubernetes object: Terraform, `scripts/apps.yaml`. */
export interface StatedVersion {
  readonly kind: 'kubernetes' | 'chart' | 'component';
  readonly name: string;
  readonly version: string;
  readonly span: Span;
}
