import type { FACTS, FactKind } from '../change/fact.ts';
import type { Telling } from './fold.ts';
import { list } from './line.ts';

interface Phrase<Kind extends FactKind> {
  /** What stands before the subject; '' where the subject says it. */
  readonly noun: string;
  /** The objects are told after it. */
  readonly objects: boolean;
  /** The move in a word or two; '' where both values say it. */
  readonly moves: Readonly<Record<(typeof FACTS)[Kind][number], string>>;
}

const SIZES = { major: 'major', minor: 'minor', patch: 'patch', downgrade: 'downgrade', unknown: 'size unknown' };
const THINGS = { added: 'added', removed: 'removed' };

/** One entry a kind and a word a move; the compiler names what is forgotten. */
const PHRASES: { readonly [Kind in FactKind]: Phrase<Kind> } = {
  image: {
    noun: '',
    objects: false,
    moves: {
      major: 'major',
      minor: 'minor',
      patch: 'patch',
      build: 'build',
      downgrade: 'downgrade',
      suffix: 'another suffix',
      repository: 'another repository',
      digest: 'another digest',
      unordered: 'size unknown',
      pinned: 'now pinned',
      floating: 'no longer pinned',
      scheme: 'another scheme, size unknown',
      added: 'added',
      removed: 'removed',
    },
  },
  env: { noun: 'env', objects: true, moves: { added: 'added', changed: '', removed: 'removed' } },
  config: { noun: '', objects: false, moves: { configmap: '', secret: '' } },
  replicas: {
    noun: 'replicas',
    objects: true,
    moves: {
      up: '',
      down: '',
      zero: 'scaled to zero',
      'from-zero': 'started',
      removed: 'no longer set',
    },
  },
  autoscaler: {
    noun: 'autoscaler',
    objects: true,
    moves: { threshold: '', limits: '', added: 'added', removed: 'removed', other: 'changed' },
  },
  hostname: { noun: 'hostname', objects: true, moves: THINGS },
  workload: {
    noun: '',
    objects: true,
    moves: { resources: '', probe: '', strategy: '', template: '', other: '' },
  },
  database: {
    noun: '',
    objects: true,
    moves: {
      series: 'another series',
      'series-downgrade': 'back to an older series',
      version: 'same series',
      'version-downgrade': 'downgrade in one series',
      'unknown-version': 'size unknown',
    },
  },
  state: { noun: '', objects: true, moves: { changed: 'changed', added: 'added', removed: 'removed' } },
  kubernetes: {
    noun: 'Kubernetes',
    objects: false,
    moves: {
      minor: 'minor',
      patch: 'patch',
      skip: 'skips a minor',
      downgrade: 'downgrade',
      unknown: 'size unknown',
    },
  },
  chart: { noun: 'chart', objects: false, moves: { ...SIZES, ...THINGS } },
  component: { noun: '', objects: false, moves: { ...SIZES, ...THINGS } },
  client: { noun: 'client', objects: false, moves: THINGS },
  application: {
    noun: 'Application',
    objects: false,
    moves: {
      added: 'added',
      removed: 'removed',
      'removed-with-objects': 'removed with everything it applied',
      changed: '',
    },
  },
  object: {
    noun: '',
    objects: true,
    moves: { added: 'added', removed: 'removed', modified: '', moved: 'moved' },
  },
  immutable: { noun: '', objects: true, moves: { changed: 'cannot be changed in place' } },
  access: {
    noun: '',
    objects: true,
    moves: { widened: 'access widened', narrowed: 'access narrowed', changed: 'access changed' },
  },
  dns: { noun: 'DNS record', objects: false, moves: { added: 'added', changed: '', removed: 'removed' } },
  terraform: { noun: 'Terraform', objects: false, moves: { changed: '' } },
  remote: { noun: 'remote base', objects: false, moves: { moved: '', added: 'added', removed: 'removed' } },
  unknown: {
    noun: '',
    objects: false,
    moves: { content: 'content unknown', 'now-fails': 'no longer builds' },
  },
};

/** The word of a fact's move, for those that stand in the table. */
function moveWord(kind: FactKind, move: string): string {
  const words: Readonly<Record<string, string>> = PHRASES[kind].moves;
  return words[move] ?? move;
}

/** What happens, in one line: `php_fpm, php_cli 4.99.10.0 -> 4.99.11.0 (patch)`. */
export function describe(telling: Telling): string {
  const { kind, move } = telling.fact;
  const phrase = PHRASES[kind];
  const objects = list(telling.objects, 4);
  const subject = subjectOf(telling);
  const about = [phrase.noun, subject === '' ? objects : subject].filter(part => part !== '').join(' ');
  const told = about + happening(telling, moveWord(kind, move));
  const apart = subject !== '' && objects !== '' && !telling.objects.some(object => subject.includes(object));
  return phrase.objects && apart ? `${told} in ${objects}` : told;
}

/** With its kind in front where it starts with the object's name: `ConfigMap app-cm: APP_MODE`. */
function subjectOf({ fact, subjects, objects }: Telling): string {
  const apart = subjects.filter(name => !objects.includes(name)).join(', ');
  const owner = fact.subject.split(': ', 1)[0] ?? '';
  const { kind, name } = fact.object ?? { kind: '', name: '' };
  // A generated name has its hash behind the owner's.
  return fact.object !== undefined &&
    owner !== '' &&
    (name === owner || name.startsWith(`${owner}-`)) &&
    objects.length === 1
    ? `${kind} ${apart}`
    : apart;
}

function happening({ fact, subjects }: Telling, word: string): string {
  const [from, to] = shortened(fact.from, fact.to);
  const isSubject = (value: string) => subjects.length === 1 && subjects[0] === value;
  if (from !== undefined && to !== undefined) return ` ${from} -> ${to}${word === '' ? '' : ` (${word})`}`;
  if (to !== undefined && !isSubject(to)) return ` ${word === '' ? 'set' : word}: ${to}`;
  if (from !== undefined && !isSubject(from)) return ` ${word === '' ? 'unset' : word} (was ${from})`;
  return ` ${word === '' ? 'changed' : word}`;
}

/** Longest value that is printed whole, in characters. */
const LONGEST = 60;

/** Long values are cut around what differs, so that two values never look alike. */
export function shortened(from: string | undefined, to: string | undefined): [string | undefined, string | undefined] {
  if ((from?.length ?? 0) <= LONGEST && (to?.length ?? 0) <= LONGEST) return [from, to];
  let same = 0;
  if (from !== undefined && to !== undefined) while (same < from.length && from[same] === to[same]) same++;
  const start = Math.max(0, same - 10);
  const cut = (value: string | undefined) => {
    if (value === undefined) return undefined;
    const end = start + LONGEST - 6;
    return `${start > 0 ? '...' : ''}${value.slice(start, end)}${value.length > end ? '...' : ''}`;
  };
  return [cut(from), cut(to)];
}
