import { nearestOf } from '../config/nearest.ts';
import { remoteTags } from '../git/remote-tags.ts';
import { openRepository } from '../git/repository.ts';
import { componentsOf, type Tracked, trackedVersions } from '../gitops/tracked.ts';
import { configIn } from '../policy/policy.ts';
import { breakCommands, escapeText } from '../report/escape.ts';
import { type Palette, print } from '../report/line.ts';
import { placeOf } from '../report/place.ts';
import { readable } from '../report/text.ts';
import { checkComponents, type Row } from '../updates/check.ts';
import { keptAnswers } from '../updates/kept.ts';
import { updatesMarkdown } from '../updates/markdown.ts';
import { createNetwork } from '../updates/network.ts';
import { updatesJson } from '../updates/report-json.ts';
import { updatesTable } from '../updates/table.ts';
import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { EXIT, type Io } from './io.ts';
import { folderOf, oneOf, parseOptions } from './options.ts';
import { UsageError } from './refusal.ts';
import { versionOf } from './version.ts';

const command: Command = {
  help: `deploy-lint updates [NAME...]: newer versions of the components that scripts/apps.yaml lists

  --apply                    commit the safe ones, or those named; each is linted first, and nothing is pushed
  --one-commit               with --apply: all of them in one commit
  --dry-run                  with --apply: show every change and commit nothing
  --include-major NAME       of this component, the next major too; repeatable
  --init                     print a list from the versions in the repository, of what is not listed yet
  --offline                  ask nobody: answer from what was kept of the last time
  --format FORMAT            text (default), json (schemas/updates.schema.json) or markdown
  --cwd DIR                  start in this folder
  --color auto|always|never  (default auto)

Tokens are taken from the environment and go to their own host alone: GITHUB_TOKEN, GITLAB_TOKEN, TF_TOKEN_<host>, and
DEPLOY_LINT_TOKEN_<HOST> for any other. HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY are followed.

Exit codes: 0 done, 1 an update was not committed, 2 usage, 3 something is not known
`,
  run: async (argv, io) => {
    const { values, positionals: names } = parseOptions(argv, {
      init: { type: 'boolean' },
      apply: { type: 'boolean' },
      'one-commit': { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      'include-major': { type: 'string', multiple: true },
      offline: { type: 'boolean' },
      format: { type: 'string' },
      cwd: { type: 'string' },
      color: { type: 'string' },
    });
    const alone = (['dry-run', 'one-commit'] as const).find(option => values[option] && !values.apply);
    if (alone !== undefined) throw new UsageError(`--${alone} goes with --apply`);
    if (values.apply && values.format !== undefined) throw new UsageError('--format does not go with --apply');
    if (values.init) {
      const { printProposal } = await import('./updates-init.ts');
      return printProposal(await folderOf(values.cwd, io.cwd), io);
    }
    const format = oneOf('--format', values.format, FORMATS, 'text');
    const request: Request = {
      cwd: await folderOf(values.cwd, io.cwd),
      names,
      majors: values['include-major'] ?? [],
      offline: values.offline ?? false,
      palette: paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io),
    };
    const tracked = await trackedAt(request, values.apply ?? false, io);
    for (const { message, span } of tracked.problems) {
      io.stderr.write(`${breakCommands(escapeText(`${placeOf(span)}: ${message}`))}\n`);
    }
    const rows = await look(tracked, request, io);
    if (values.apply) {
      const { applyUpdates } = await import('./updates-apply.ts');
      const how = { dryRun: values['dry-run'] ?? false, oneCommit: values['one-commit'] ?? false };
      return applyUpdates(rows, { ...request, ...how, list: tracked.list }, io);
    }
    io.stdout.write(await report(rows, format, request.palette, io));
    const isWhole = tracked.problems.length === 0 && rows.every(row => row.class !== 'unknown');
    return isWhole ? EXIT.clean : EXIT.incomplete;
  },
};

export default command;

const FORMATS = ['text', 'json', 'markdown'] as const;

async function report(
  rows: readonly Row[],
  format: (typeof FORMATS)[number],
  palette: Palette,
  { columns = 80, home }: Io,
): Promise<string> {
  switch (format) {
    case 'text':
      return print(updatesTable(rows, readable(columns)), palette);
    case 'json':
      return updatesJson(rows, await versionOf(home));
    case 'markdown':
      return updatesMarkdown(rows);
  }
}

export interface Request {
  readonly cwd: string;
  /** Components that are meant; empty for all. */
  readonly names: readonly string[];
  /** Components whose next major is asked for. */
  readonly majors: readonly string[];
  readonly offline: boolean;
  readonly palette: Palette;
}

interface Listed extends Tracked {
  /** Path of the list. */
  readonly list: string;
}

/** What is staged; what is committed already where commits are to build upon it. */
async function trackedAt({ cwd, names, majors }: Request, committed: boolean, { env }: Io): Promise<Listed> {
  const repository = await openRepository({ cwd, env });
  try {
    const tree = committed ? repository.tree(await repository.commit('HEAD')) : (await repository.staged()).after;
    const { versions: path } = await configIn(tree);
    const { components, problems } = await componentsOf(tree, path);
    if (components.length === 0) {
      throw new UsageError(`${path} lists no components`, 'deploy-lint updates --init proposes a list.');
    }
    const known = components.map(({ name }) => name.text);
    refuseUnknown([...names, ...majors], known);
    const meant = components.filter(({ name }) => names.length === 0 || names.includes(name.text));
    return { ...(await trackedVersions(tree, { components: meant, problems })), list: path };
  } finally {
    await repository.close();
  }
}

function refuseUnknown(names: readonly string[], known: readonly string[]): void {
  const name = names.find(candidate => !known.includes(candidate));
  if (name === undefined) return;
  const near = nearestOf(name, known);
  throw new UsageError(`the list has no ${name}`, near === undefined ? undefined : `Did you mean ${near}?`);
}

/** Milliseconds that the sources of one component may take, all in all. */
const TIME_OF_ONE = 20_000;

async function look(tracked: Tracked, { offline, majors }: Request, { env, now, isTTY, stderr }: Io): Promise<Row[]> {
  const shared = { env, kept: keptAnswers(env), asked: new Map<string, Promise<boolean>>(), offline, now };
  const tell = (text: string) => {
    if (isTTY) stderr.write(`\r\u001b[K${escapeText(text)}`);
  };
  try {
    return await checkComponents(tracked, {
      network: () => {
        const signal = AbortSignal.timeout(TIME_OF_ONE);
        return createNetwork({ ...shared, signal, remoteTags: url => remoteTags(url, env) });
      },
      now: now(),
      includeMajor: new Set(majors),
      progress: (done, of, name) => tell(`${done} of ${of}  ${name}`),
    });
  } finally {
    tell('');
  }
}
