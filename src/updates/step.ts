import { minorsBetween, type Stepped, steppedProgram } from '../change/upgrade-steps.ts';
import type { TrackedComponent } from '../gitops/components.ts';
import { compareTags, type TagMove } from '../image/version.ts';
import { engineOfImage } from '../kubernetes/engines.ts';
import { compareSeries, versionNumbers } from '../kubernetes/series.ts';
import type { Origin } from './origin.ts';
import type { Release } from './release.ts';

/** What a component is, as far as it decides how large a step is. */
export interface Known {
  readonly current: string;
  /** What the current chart installs; undefined where that is not known, and for anything but a chart. */
  readonly currentApp: string | undefined;
  /** A program whose upstream says which steps it takes. */
  readonly program: Stepped | undefined;
  /** The database or broker that it is, as `mariadb`. */
  readonly engine: string | undefined;
  readonly origin: Origin;
}

/** The step from the version that the cluster has to a newer one. */
export interface Step {
  readonly release: Release;
  readonly isMajor: boolean;
  /** Minors between the two of a program that takes them one at a time, the last included; 0 or 1 is no leap. */
  readonly minors: number;
  /** Why a person has to look at it first; undefined for a step that needs none. */
  readonly human: string | undefined;
}

export function knownOf(component: TrackedComponent, origin: Origin, releases: readonly Release[]): Known {
  const current = component.version.text;
  const names = [component.name.text, ...namesIn(origin)];
  const engines = names.map(name => engineOfImage({ repository: name, name, tag: undefined, digest: undefined }));
  return {
    current,
    currentApp: releases.find(({ version }) => compareTags(current, version).move === 'same')?.appVersion,
    program: steppedProgram(names),
    engine: engines.find(engine => engine !== undefined),
    origin,
  };
}

/** By what else a component goes: its chart, its image, its repository with and without the owner. */
function namesIn(origin: Origin): string[] {
  switch (origin.kind) {
    case 'helm':
      return [origin.chart];
    case 'registry':
      return withLast(origin.repository);
    case 'github':
      return [origin.repository];
    case 'gitlab':
      return [origin.project];
    case 'git':
      return [origin.url.pathname.replace(/^\/|\.git$/g, '')];
    case 'terraform':
    case 'artifacthub':
      return [];
  }
}

function withLast(path: string): string[] {
  return [path, path.slice(path.lastIndexOf('/') + 1)];
}

const FORWARD: ReadonlySet<TagMove['move']> = new Set(['major', 'minor', 'patch', 'build']);

/** The step to a release; undefined where it is not forward, or of another kind of version than the current one. */
export function stepTo(release: Release, known: Known): Step | undefined {
  const { current, engine, program } = known;
  const move = compareTags(current, release.version);
  if (!FORWARD.has(move.move) || partsOf(current) !== partsOf(release.version)) return undefined;
  const isSeries = engine !== undefined && compareSeries(engine, current, release.version) === 'series';
  const isMajor = move.move === 'major' || isSeries;
  const minors = program === undefined ? 0 : minorsOf(program, known, release);
  return { release, isMajor, minors, human: isMajor ? majorReason(isSeries) : reasonFor(release, move, minors, known) };
}

function majorReason(isSeries: boolean): string {
  return isSeries ? 'a new series converts the data files' : 'a major';
}

/** A step is safe where the risk table has it low: patches, and minors of images. */
function reasonFor({ appVersion }: Release, move: TagMove, minors: number, known: Known): string | undefined {
  const { program, engine, currentApp, origin } = known;
  if (engine !== undefined) return 'a database restarts; ask who looks after it';
  if (program?.name === 'Kubernetes') return 'every node is replaced or restarted';
  if (origin.kind === 'terraform')
    return 'only terraform plan shows what it does, and terraform init -upgrade renews the lock file';
  if (program !== undefined && minors > 0) return program.because.replace(/\.$/, '');
  if (move.zeroMajor) return 'below 1.0 a minor may break as a major does';
  const app = appVersion === undefined || currentApp === undefined ? undefined : compareTags(currentApp, appVersion);
  if (app?.move === 'major') return `the chart goes on to ${appVersion} of the program, a major`;
  if (app?.move === 'downgrade') return `the chart goes back to ${appVersion} of the program`;
  const isImage = origin.kind === 'registry' && origin.of === 'image';
  if (move.move === 'minor' && !isImage) return 'a minor, whose content is not in this repository';
  return undefined;
}

/** By the program's own numbers where the chart has others. */
function minorsOf(program: Stepped, { current, currentApp }: Known, { version, appVersion }: Release): number {
  const isTold = currentApp !== undefined && appVersion !== undefined;
  const minors = isTold ? minorsBetween(program, currentApp, appVersion) : minorsBetween(program, current, version);
  return Math.max(0, minors ?? 0);
}

/** `1.27` beside `1.27.3` is a tag that moves, not a version. */
function partsOf(version: string): number {
  return versionNumbers(version)?.length ?? 0;
}
