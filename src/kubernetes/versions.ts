/** How the version of a cluster moves. */
export type KubernetesMove = 'minor' | 'patch' | 'skip' | 'downgrade' | 'unknown' | 'same';

interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
  /** Undefined for a channel such as `v1.31`, which moves over the patches by itself. */
  readonly patch: number | undefined;
  /** Numbers of the distribution's own build: 2 in `v1.31.4+rke2r2`, 1234000 in `1.31.4-gke.1234000`. */
  readonly build: readonly number[];
  readonly distribution: string;
}

// 1.31 · 1.31.4 · v1.31.4+rke2r1 · v1.31.4+k3s1 · v1.31.4-rke2r1 · 1.31.4-do.0 · 1.31.4-gke.123 · v1.31.4-eks-a1b2c3d
const VERSION = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,6}))?(?:[-+]([\w.+-]{1,60}))?$/;

/**
 * Compares the values that Terraform, cloud-init and installers give for a cluster's version. Control planes move one
 * minor at a time and never back (kubernetes.io/releases/version-skew-policy), so more than one is `skip`.
 */
export function compareKubernetes(from: string, to: string): KubernetesMove {
  const [a, b] = [parse(from), parse(to)];
  if (a === undefined || b === undefined) return from === to ? 'same' : 'unknown';
  if (a.major !== b.major) return b.major < a.major ? 'downgrade' : 'skip';
  if (a.minor !== b.minor) return b.minor < a.minor ? 'downgrade' : b.minor - a.minor > 1 ? 'skip' : 'minor';
  if (a.patch === undefined || b.patch === undefined) return a.patch === b.patch ? 'same' : 'patch';
  const order = b.patch - a.patch;
  if (order !== 0) return order < 0 ? 'downgrade' : 'patch';
  if (a.distribution !== b.distribution) return 'patch';
  return compareBuilds(a.build, b.build);
}

/** The minor release of Kubernetes 1 that a version or channel names: 31 for `v1.31.4+rke2r1`; undefined for others. */
export function minorOf(version: string): number | undefined {
  const parsed = parse(version);
  return parsed?.major === 1 ? parsed.minor : undefined;
}

function parse(text: string): KubernetesVersion | undefined {
  const match = VERSION.exec(text.trim());
  if (match === null) return undefined;
  const [, major = '', minor = '', patch, rest = ''] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: patch === undefined ? undefined : Number(patch),
    // The 2 of rke2 and the 3 of k3s belong to the name.
    build: [...rest.replace(/rke2|k3s|k0s/g, '').matchAll(/\d+/g)].map(number => Number(number[0])),
    distribution: rest.replace(/(rke2|k3s|k0s)|\d+/g, '$1'),
  };
}

function compareBuilds(a: readonly number[], b: readonly number[]): KubernetesMove {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const order = (b[index] ?? 0) - (a[index] ?? 0);
    if (order !== 0) return order < 0 ? 'downgrade' : 'patch';
  }
  return 'same';
}
