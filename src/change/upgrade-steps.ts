import type { Fact } from './fact.ts';

/** A program of the platform whose upstream says which steps between versions it takes. */
export interface Stepped {
  readonly name: string;
  /** How it takes more than one minor at once; undefined where its upstream has nothing against it. */
  readonly skip: 'error' | 'warning' | 'info' | undefined;
  /** It does not go back to an older minor. */
  readonly neverBack: boolean;
  /** What upstream says, in one sentence. */
  readonly because: string;
}

/** A step that upstream does not take as it takes others. */
export interface Step {
  readonly of: Stepped;
  readonly from: string;
  readonly to: string;
  readonly kind: 'skip' | 'back';
  /** Node pools follow the control plane and may lag behind it by several minors. */
  readonly nodesOnly: boolean;
}

const KUBERNETES: Stepped = {
  name: 'Kubernetes',
  skip: 'error',
  neverBack: true,
  // https://kubernetes.io/releases/version-skew-policy/
  because: 'A control plane moves one minor version at a time and never back.',
};

interface Row extends Stepped {
  /** Names of charts, of components and of images without their registry, and of repositories on GitHub. */
  readonly called: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: 'Longhorn',
    called: ['longhorn', 'longhornio/longhorn-manager', 'longhorn/longhorn'],
    skip: 'error',
    neverBack: true,
    // https://longhorn.io/docs/latest/deploy/upgrade/
    because: 'Longhorn refuses to start on a volume database that is more than one minor older, and on a newer one.',
  },
  {
    name: 'Rook',
    called: ['rook-ceph', 'rook/ceph', 'rook/rook'],
    skip: 'warning',
    neverBack: false,
    // https://rook.io/docs/rook/latest/Upgrade/rook-upgrade/
    because: 'Rook documents and tests upgrades from one minor to the next only.',
  },
  {
    name: 'Argo CD',
    called: ['argo-cd', 'argocd', 'argoproj/argocd', 'argoproj/argo-cd'],
    skip: 'info',
    neverBack: false,
    // https://argo-cd.readthedocs.io/en/stable/operator-manual/upgrading/overview/
    because: 'Argo CD has breaking changes in minors, each told in the notes of that minor alone.',
  },
  {
    name: 'cert-manager',
    called: ['cert-manager', 'jetstack/cert-manager-controller', 'cert-manager/cert-manager'],
    skip: 'info',
    neverBack: false,
    // https://cert-manager.io/docs/installation/upgrade/
    because: 'cert-manager recommends one minor at a time, each with its own notes.',
  },
];

/** Names under which teams list the version of a cluster itself. */
const CLUSTERS = new Set(['kubernetes', 'k8s', 'k3s', 'rke2', 'talos', 'kubelet']);

/** The program that one of the names means: of a component, a chart, an image, or a repository on GitHub. */
export function steppedProgram(names: readonly string[]): Stepped | undefined {
  const lower = names.map(name => name.toLowerCase());
  if (lower.some(name => CLUSTERS.has(name))) return KUBERNETES;
  return ROWS.find(({ called }) => lower.some(name => called.includes(name)));
}

/** From here on a version of Argo CD is one of its chart, whose numbers are others. */
const FIRST_CHART_OF_ARGO_CD = 4;

/** The step of a fact where upstream does not take it; undefined for any other fact. */
export function unusualStep(fact: Fact): Step | undefined {
  const { kind, subject, from, to } = fact;
  const of = kind === 'kubernetes' ? KUBERNETES : ROWS.find(row => isCalled(row, fact));
  if (of === undefined || from === undefined || to === undefined) return undefined;
  const minors = minorsBetween(of, from, to);
  if (minors === undefined) return undefined;
  const nodesOnly = kind === 'kubernetes' && /node_(?:group|pool)|^Machine(?:Deployment|Pool) /.test(subject);
  if (minors > 1 && of.skip !== undefined) return { of, from, to, kind: 'skip', nodesOnly };
  return minors < 0 && of.neverBack ? { of, from, to, kind: 'back', nodesOnly } : undefined;
}

/** How many minors a step goes on, or back; undefined where it leaves the major, or the numbers are not the program's. */
export function minorsBetween({ name }: Stepped, from: string, to: string): number | undefined {
  const [old, now] = [numbersOf(from), numbersOf(to)];
  if (old === undefined || now === undefined || old.major !== now.major) return undefined;
  return name === 'Argo CD' && now.major >= FIRST_CHART_OF_ARGO_CD ? undefined : now.minor - old.minor;
}

/** A chart is told by its name or its address, a remote base by the address of its repository. */
function isCalled({ called }: Row, { kind, subject }: Fact): boolean {
  const name = subject.toLowerCase();
  if (kind === 'component') return called.includes(name);
  if (kind === 'chart') return called.includes(name.slice(name.lastIndexOf('/') + 1));
  if (kind === 'image')
    return called.some(image => image.includes('/') && (name === image || name.endsWith(`/${image}`)));
  const repository = kind === 'remote' ? /github\.com[/:]([^/]+\/[^/]+?)(?:\.git)?(?:\/|$)/.exec(name)?.[1] : undefined;
  return repository !== undefined && called.includes(repository);
}

function numbersOf(version: string): { readonly major: number; readonly minor: number } | undefined {
  const [, major, minor] = /^v?(\d{1,6})\.(\d{1,6})(?![\d])/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}
