import { nearestOf } from '../config/nearest.ts';
import { remoteTags } from '../git/remote-tags.ts';
import { openRepository } from '../git/repository.ts';
import { componentsOf, type Tracked, trackedVersions } from '../gitops/tracked.ts';
import { configIn } from '../policy/policy.ts';
import { escapeText } from '../report/escape.ts';
import { print } from '../report/line.ts';
import { readable } from '../report/text.ts';
import { checkComponents, type Row } from '../updates/check.ts';
import { keptAnswers } from '../updates/kept.ts';
import { createNetwork } from '../updates/network.ts';
import { updatesTable } from '../updates/table.ts';
import { folderOf } from './check.ts';
import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { EXIT, type Io } from './io.ts';
import { oneOf, parseOptions } from './options.ts';
import { UsageError } from './refusal.ts';

const command: Command = {
  help: `deploy-lint updates [NAME...]: newer versions of the components that scripts/apps.yaml lists

  --include-major NAME       of this component, the next major too; repeatable
  --offline                  ask nobody: answer from what was kept of the last time
  --format text              (default text)
  --cwd DIR                  start in this folder
  --color auto|always|never  (default auto)

Exit codes: 0 all were looked up, 2 usage, 3 something is not known
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, {
      'include-major': { type: 'string', multiple: true },
      offline: { type: 'boolean' },
      format: { type: 'string' },
      cwd: { type: 'string' },
      color: { type: 'string' },
    });
    const cwd = await folderOf(values.cwd, io.cwd);
    const tracked = await trackedAt(cwd, io);
    const chosen = only(tracked, positionals);
    const rows = await look(chosen, { offline: values.offline ?? false, major: values['include-major'] ?? [] }, io);
    const palette = paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
    io.stdout.write(print(updatesTable(rows, readable(io.columns ?? 80)), palette));
    return rows.some(row => row.class === 'unknown') ? EXIT.incomplete : EXIT.clean;
  },
};

export default command;

async function trackedAt(cwd: string, { env }: Io): Promise<Tracked> {
  const repository = await openRepository({ cwd, env });
  try {
    const { after: tree } = await repository.staged();
    const { versions } = await configIn(tree);
    const list = await componentsOf(tree, versions);
    if (list.components.length === 0) {
      throw new UsageError(`${versions} lists no components`, 'deploy-lint updates --init proposes a list.');
    }
    return await trackedVersions(tree, list);
  } finally {
    await repository.close();
  }
}

/** Throws `UsageError` for a name that the list does not have. */
function only(tracked: Tracked, names: readonly string[]): Tracked {
  const known = tracked.components.map(({ name }) => name.text);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearestOf(name, known);
    throw new UsageError(`the list has no ${name}`, near === undefined ? undefined : `Did you mean ${near}?`);
  }
  const components = tracked.components.filter(({ name }) => names.length === 0 || names.includes(name.text));
  return { ...tracked, components };
}

interface Lookup {
  readonly offline: boolean;
  readonly major: readonly string[];
}

/** Milliseconds that the sources of one component may take, all in all. */
const TIME_OF_ONE = 20_000;

async function look(tracked: Tracked, { offline, major }: Lookup, io: Io): Promise<Row[]> {
  const { env, now } = io;
  const kept = keptAnswers(env);
  only(tracked, major);
  const tell = io.isTTY ? (text: string) => io.stderr.write(`\r\u001b[K${text}`) : () => {};
  try {
    return await checkComponents(tracked, {
      network: () =>
        createNetwork({
          env,
          kept,
          offline,
          now,
          signal: AbortSignal.timeout(TIME_OF_ONE),
          remoteTags: url => remoteTags(url, env),
        }),
      now: now(),
      includeMajor: new Set(major),
      progress: (done, of, name) => tell(`${done} of ${of}  ${escapeText(name)}`),
    });
  } finally {
    tell('');
  }
}
