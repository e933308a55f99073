import type { Fact } from '../src/change/fact.ts';
import { subjectText } from '../src/git/message.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'message-names-another-version',
  title: 'A subject that names a version which the commit does not bring',
  severity: 'warning',
  why: 'Whoever looks for the commit that brought a version, or that has to be reverted, goes by the subject.',
  fix: 'Correct the subject, or the version in the files, whichever is wrong.',

  on: 'commit',
  *check({ message, changes }) {
    if (message === undefined) return;
    const facts = changes.flatMap(change => change.facts).filter(isStep);
    const reached = new Set(facts.flatMap(({ to }) => to ?? []));
    // Where many versions move, a subject names what they have in common, such as a release of the whole.
    if (reached.size === 0 || reached.size > MOST) return;
    const known = facts.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()).map(plain);
    const [name, offset] = announced(subjectText(message)) ?? [];
    if (name === undefined || offset === undefined || known.some(version => isSame(version, plain(name)))) return;
    const { source, start } = message.subject;
    const [first] = facts;
    yield {
      message: `the subject says ${name}, and the commit brings ${[...reached].join(' and ')} (${first?.subject})`,
      at: { span: { source, start: start + offset, end: start + offset + name.length } },
      units: changes.filter(change => change.facts.some(isStep)).map(change => change.unit),
    };
  },
});

/** Versions that one subject can be held to. */
const MOST = 2;

const STEPS = new Set<Fact['move']>(['major', 'minor', 'patch', 'build', 'downgrade', 'suffix', 'series', 'version']);

/** A step of a version that a subject would name. */
function isStep({ kind, move, to }: Fact): boolean {
  const isVersion = kind === 'image' || kind === 'chart' || kind === 'component' || kind === 'database';
  return isVersion && STEPS.has(move) && to !== undefined;
}

/** Where the subject says where the commit goes: the version after `to`, `->` or `➔`. */
const ANNOUNCED = /(?:\bto|->|=>|→|➔)\s+`?(v?\d+(?:\.\d+){1,4}[\w.+-]*)/gi;

function announced(subject: string): [name: string, offset: number] | undefined {
  if (/^(?:revert|reapply|roll ?back)/i.test(subject)) return undefined;
  const [match, ...others] = subject.matchAll(ANNOUNCED);
  const name = match?.[1]?.replace(/[.+-]+$/, '');
  if (match === undefined || name === undefined || others.length > 0) return undefined;
  return [name, match.index + match[0].lastIndexOf(match[1] ?? '')];
}

function plain(version: string): string {
  return version
    .replace(/^v(?=\d)/i, '')
    .replace(/@.*$/s, '')
    .toLowerCase();
}

/** `4.99.11` says enough of `4.99.11.0-acme`, and of `controller-v4.99.11`, but not of `4.99.110`. */
function isSame(version: string, name: string): boolean {
  const [short, long] = version.length < name.length ? [version, name] : [name, version];
  const place = long.indexOf(short);
  return place >= 0 && !/\d/.test(long[place - 1] ?? '') && !/\d/.test(long[place + short.length] ?? '');
}
