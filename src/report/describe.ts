import type { FACTS, FactKind } from '../change/fact.ts';
import { shortened } from '../change/shortened.ts';
import { fieldsOf, hasValues, isLoss, SAYS_IT, type Telling } from './fold.ts';
import { list } from './line.ts';

interface Phrase<Kind extends FactKind> {
  /** What stands before the subject; '' where the subject says it. */
  readonly noun: string;
  /** The objects are told after it. */
  readonly objects: boolean;
  /** The move in a word or two; '' where both values say it. */
  readonly moves: Readonly<Record<(typeof FACTS)[Kind][number], string>>;
  /** The subject is a sentence or a list to which the move is the heading. */
  readonly wordFirst?: true;
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
  hostname: { noun: 'hostname', objects: true, moves: { ...THINGS, moved: 'another application' } },
  workload: {
    noun: '',
    objects: true,
    moves: {
      resources: '',
      probe: '',
      'probe-added': 'added',
      'probe-removed': 'removed',
      strategy: '',
      template: '',
      other: '',
    },
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
  state: {
    noun: '',
    objects: true,
    moves: { ...THINGS, changed: '', claims: '', left: 'no longer declared', 'handed-over': 'handed over' },
  },
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
  chart: { noun: 'chart', objects: false, moves: { ...SIZES, ...THINGS, values: '' } },
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
    moves: {
      ...THINGS,
      modified: '',
      moved: 'moved',
      left: 'no longer declared',
      'handed-over': 'handed over',
      adopted: 'taken over',
    },
  },
  immutable: {
    noun: '',
    objects: true,
    wordFirst: true,
    moves: { changed: 'cannot change in place', unapplied: 'cannot change in place' },
  },
  access: {
    noun: '',
    objects: false,
    wordFirst: true,
    moves: { widened: 'access widened', narrowed: 'access narrowed', changed: 'access changed' },
  },
  dns: { noun: 'DNS record', objects: false, moves: { added: 'added', changed: '', removed: 'removed' } },
  terraform: { noun: 'Terraform', objects: false, moves: { changed: '' } },
  remote: { noun: 'remote base', objects: false, moves: { moved: '', added: 'added', removed: 'removed' } },
  unknown: {
    noun: '',
    objects: false,
    wordFirst: true,
    moves: { content: 'content unknown', 'now-fails': 'does not build', 'now-builds': 'builds again' },
  },
};

/** The word of a fact's move, for those that stand in the table. */
function moveWord(kind: FactKind, move: string): string {
  const words: Readonly<Record<string, string>> = PHRASES[kind].moves;
  return words[move] ?? move;
}

/** Units that no Application names, which say what they are. */
const UNNAMED = /^(?:kustomization|manifests|chart) /;

/** What happens, in one line: `php_fpm, php_cli 4.99.10.0 -> 4.99.11.0 (patch)`. */
export function describe(telling: Telling): string {
  const { kind, move } = telling.fact;
  const phrase = PHRASES[kind];
  const word = moveWord(kind, move);
  const subject = subjectOf(telling);
  const objects = listObjects(telling.objects);
  // An ApplicationSet is none, and says so itself.
  const named = kind === 'application' && (UNNAMED.test(subject) || telling.objects.some(o => subject.startsWith(o)));
  const inside = kind === 'application' && move === 'changed';
  const noun = named || inside ? '' : phrase.noun;
  const about = [noun, subject === '' ? objects : subject].filter(part => part !== '').join(' ');
  const told =
    phrase.wordFirst === true
      ? `${word}: ${subject}${hasValues(telling.fact) ? valuesOf(telling, '') : ''}`
      : isLoss(telling.fact)
        ? withLoss(about, valuesOf(telling, word))
        : about + valuesOf(telling, word);
  const apart = subject !== '' && objects !== '' && !telling.objects.some(object => subject.includes(object));
  return (phrase.objects || inside) && apart ? `${told} in ${objects}` : told;
}

/** What goes with the object is said after its end: `Namespace shop removed: everything in it goes`. */
function withLoss(about: string, end: string): string {
  const [object, ...loss] = about.split(': ');
  return [`${object}${end}`, ...loss].join(': ');
}

/** Subjects that are told one by one, and those that hold data, of which a reader wants to know each. */
const MOST_SUBJECTS = 4;
const MOST_WITH_DATA = 20;

/** With its kind in front where it starts with the object's name: `ConfigMap app-cm: APP_MODE`. */
function subjectOf({ fact, subjects, objects }: Telling): string {
  if (fact.kind === 'image') return list(shortImages(subjects), MOST_SUBJECTS);
  const most = fact.kind === 'state' ? MOST_WITH_DATA : MOST_SUBJECTS;
  const fields = fieldsOf(fact);
  if (fields !== undefined && subjects.length > 1 && subjects.every(subject => subject.endsWith(`: ${fields}`)))
    return `${listObjects(objects, most)}: ${fields}`;
  if (fact.kind === 'chart') return listObjects(subjects.map(withoutRegistry));
  const owner = fact.subject.split(': ', 1)[0] ?? '';
  const { kind, name } = fact.object ?? { kind: '', name: '' };
  // A generated name has its hash behind the owner's.
  const owned = objects.length === 1 && owner !== '' && (name === owner || name.startsWith(`${owner}-`));
  return `${owned ? `${kind} ` : ''}${listObjects(subjects, most)}`;
}

/** A chart by its name: where it comes from is in its manifest. */
function withoutRegistry(chart: string): string {
  const [name = '', ...what] = chart.split(': ');
  return [name.includes('://') ? name.slice(name.lastIndexOf('/') + 1) : name, ...what].join(': ');
}

/** What several start with, once: `ClusterRole a, b and 7 more`, `web: readinessProbe, livenessProbe`, `web: values a, b`. */
function listObjects(subjects: readonly string[], most = MOST_SUBJECTS): string {
  const starts = subjects.map(subject =>
    [/^[^:\s][^:]*: values /, /^[^:\s][^:]*: /, /^[A-Za-z]\w+ (?=\S)/].map(start => start.exec(subject)?.[0]),
  );
  const shown = subjects.map((subject, i) => {
    const same = starts[i]?.find((start, j) => start !== undefined && start === starts[i - 1]?.[j]);
    return subject.slice(same?.length ?? 0);
  });
  return list(shown, most);
}

/** The last component of each repository, where that tells them apart. */
function shortImages(repositories: readonly string[]): readonly string[] {
  const short = repositories.map(repository => repository.slice(repository.lastIndexOf('/') + 1));
  return new Set(short).size === repositories.length ? short : repositories;
}

function valuesOf({ fact, subjects }: Telling, word: string): string {
  const isSubject = (value: string | undefined) => value !== undefined && subjects.includes(value);
  const [from, to] = shortened(isSubject(fact.from) ? undefined : fact.from, isSubject(fact.to) ? undefined : fact.to);
  if (from !== undefined && to !== undefined) return ` ${from} -> ${to}${word === '' ? '' : ` (${word})`}`;
  if (to !== undefined && IS_ADDED.test(subjects[0] ?? '')) return ` (${to})`;
  if (to !== undefined) return ` ${word === '' ? 'set' : word}: ${to}`;
  if (from !== undefined) return ` ${word === '' ? 'unset' : word} (was ${from})`;
  if (word === '' && SAYS_IT.test(subjects[0] ?? '')) return '';
  return ` ${word === '' ? 'changed' : word}`;
}

/** A subject that says so before its name. */
const IS_ADDED = /^init container added: /;
