import type { UnitChange } from '../src/change/change.ts';
import { subjectText } from '../src/git/message.ts';
import { defineRule, type WholeCommit } from '../src/rule/rule.ts';

export default defineRule({
  id: 'message-names-another-app',
  title: 'A subject that names one app while the commit changes another',
  severity: 'warning',
  why: 'Whoever looks for what was deployed to an app, or reverts it at night, goes by the subject and misses what it does not name.',
  fix: 'Name every app that the commit changes, or make a commit for each.',

  on: 'commit',
  *check(commit) {
    const { message } = commit;
    const [written, app, updated] = (message && LABEL.exec(subjectText(message))) ?? [];
    const changed = commit.changes.filter(({ facts }) => facts.length > 0);
    if (message === undefined || written === undefined || changed.length === 0) return;
    const wanted = (app ?? updated ?? '')
      .split(/[\s,/+&]+/)
      .filter(name => name !== '' && name !== 'and')
      .map(plain);
    const isNamed = (word: string) =>
      wanted.some(name => plain(word) === name || plain(word).split('-').includes(name));
    const words = [...commit.files.flatMap(({ path }) => path.split('/')), ...changed.flatMap(({ unit }) => unit.name)];
    const start = message.subject.start + subjectText(message).indexOf(written);
    const at = { span: { source: message.subject.source, start, end: start + written.length } };
    if (!words.some(isNamed)) {
      yield {
        message: `the subject says ${written}, and the commit changes ${[...new Set(changed.map(nameOf))].slice(0, 3).join(', ')}`,
        at,
        units: changed.map(({ unit }) => unit),
      };
      return;
    }
    const clients = clientsOf(commit, changed);
    const unnamed = clients.filter(client => !isNamed(client));
    // A subject that names no client speaks of something that clients share.
    if (unnamed.length === 0 || unnamed.length === clients.length) return;
    yield {
      message: `the subject says ${written}, and the commit changes ${unnamed.join(', ')} as well`,
      at,
      units: changed.filter(({ unit }) => unnamed.includes(unit.client ?? '')).map(({ unit }) => unit),
    };
  },
});

/** `[App: shop] ...`, and what Argo CD Image Updater writes. */
const LABEL = /^\[\s*(?:app|client|shop|site)\s*:\s*([^\]]+)\]|^build: automatic update of (\S+)/i;

function plain(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '-');
}

function nameOf({ unit }: UnitChange): string {
  return unit.client ?? unit.name;
}

/** The clients in whose own folders files change; what they share is nobody's. */
function clientsOf({ files }: WholeCommit, changed: readonly UnitChange[]): string[] {
  const known = new Set(changed.flatMap(({ unit }) => unit.client ?? []));
  return [...known].filter(client => files.some(({ path }) => path.split('/').includes(client))).sort();
}
