import { openRepository } from '../git/repository.ts';
import { type CommitWriter, openWriter } from '../git/write-commits.ts';
import { lint } from '../lint.ts';
import { count, type Line, list, type Palette, type Piece, padTo, painted, print } from '../report/line.ts';
import { type Applied, commitTogether, commitUpdates } from '../updates/apply.ts';
import type { Row } from '../updates/check.ts';
import { EXIT, type Io } from './io.ts';
import { UsageError } from './refusal.ts';
import type { Request } from './updates.ts';

interface Apply extends Request {
  readonly dryRun: boolean;
  /** All of them in one commit. */
  readonly oneCommit: boolean;
  /** Path of the list of components. */
  readonly list: string;
}

/** Commits what may be taken and tells what became of each. The branch moves once, at the end, or not at all. */
export async function applyUpdates(rows: readonly Row[], request: Apply, io: Io): Promise<number> {
  const { cwd, dryRun, palette } = request;
  const chosen = rows.filter(row => isChosen(row, request));
  const writer = await openWriter({ cwd, env: io.env, rehearsal: dryRun });
  const repository = await openRepository({ cwd, env: writer.env });
  try {
    const changed = dryRun ? [] : await writer.changed();
    if (changed.length > 0) throw notClean(changed, chosen);
    const head = await repository.commit('HEAD');
    const applied = await (request.oneCommit ? commitTogether : commitUpdates)(chosen, {
      repository,
      writer,
      list: request.list,
      head: head.oid,
      isNamed: row => isNamed(row, request),
      lint: commit =>
        lint({
          subject: { kind: 'commit', rev: commit },
          cwd,
          env: writer.env,
          home: io.home,
          config: undefined,
          now: io.now(),
        }),
    });
    const commits = [...new Set(applied.flatMap(({ commit }) => commit ?? []))];
    const last = commits.at(-1);
    if (dryRun) await showDiffs([head.oid, ...commits], writer, io, palette);
    else if (last !== undefined) await writer.advance(last);
    io.stdout.write(print([...tell(applied, rows, request), ...closing(commits, head.oid, dryRun)], palette));
    if (applied.some(({ commit }) => commit === undefined)) return EXIT.found;
    return rows.some(row => row.class === 'unknown') ? EXIT.incomplete : EXIT.clean;
  } finally {
    await repository.close();
    await writer.close();
  }
}

/** The safe ones; of those that a person names, also what needs a person. What is changed by hand only stays so. */
function isChosen(row: Row, request: Request): boolean {
  if (row.allowed === undefined) return false;
  return row.class === 'safe-auto' || (row.class === 'needs-a-human' && isNamed(row, request));
}

function isNamed({ component }: Row, { names, majors }: Request): boolean {
  return names.includes(component.name.text) || majors.includes(component.name.text);
}

function notClean(changed: readonly string[], chosen: readonly Row[]): UsageError {
  const touched = [...new Set(chosen.flatMap(({ component }) => component.files.map(({ path }) => path.text)))];
  return new UsageError(
    `the work tree has changes that are not committed: ${list(changed, 5)}`,
    touched.length === 0
      ? 'There is nothing to apply.'
      : `Commit them or put them aside; it would touch ${list(touched, 8)} and the list. --dry-run shows how.`,
  );
}

async function showDiffs(commits: readonly string[], { diff }: CommitWriter, io: Io, palette: Palette): Promise<void> {
  for (const [index, commit] of commits.slice(1).entries()) {
    const lines = (await diff(commits[index] ?? '', commit)).replace(/\n$/, '').split('\n');
    io.stdout.write(print([...lines.map(paintedDiff), []], palette));
  }
}

function paintedDiff(line: string): Line {
  if (/^(?:\+\+\+|---|diff|index) /.test(line)) return [painted('strong', line)];
  return line.startsWith('+') ? [painted('good', line)] : line.startsWith('-') ? [painted('error', line)] : [line];
}

/** A line for each update, and for what was named and is none. */
function tell(applied: readonly Applied[], rows: readonly Row[], request: Apply): Line[] {
  const name = Math.max(...rows.map(({ component }) => component.name.text.length)) + 14;
  const start = (word: Piece, row: Row): Line => padTo([...padTo([word], 12), row.component.name.text], name);
  const told = applied.flatMap(({ row, commit, said }): Line[] => {
    const step = `${row.component.version.text} -> ${row.allowed?.version}`;
    if (commit === undefined) {
      const reasons = said.map((text): Line => [' '.repeat(12), text]);
      return [[...start(painted('error', 'refused'), row), step], ...reasons];
    }
    const word = painted('good', request.dryRun ? 'would take' : 'committed');
    const id = request.dryRun ? [] : [`${commit.slice(0, 8)}  `];
    return [[...padTo([...start(word, row), step], name + 22), ...id, ...said]];
  });
  const left = rows.filter(row => request.names.length > 0 && !applied.some(done => done.row === row));
  return [
    ...told,
    ...left.map((row): Line => [...start(painted('dim', 'left'), row), [row.class, ...row.why].join('; ')]),
  ];
}

function closing(commits: readonly string[], head: string, dryRun: boolean): Line[] {
  if (commits.length === 0) return [['nothing is committed']];
  if (dryRun) return [[`${count(commits.length, 'commit')} without --dry-run`]];
  return [
    [`${count(commits.length, 'commit')}; nothing is pushed. To take them back: git reset --keep ${head.slice(0, 12)}`],
  ];
}
