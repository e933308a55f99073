import { GitError } from '../git/error.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import type { Question } from '../git/sides.ts';
import { landedJson } from '../landed/json.ts';
import { ASPECTS, lookAt, type Sources } from '../landed/look.ts';
import { landedMarkdown } from '../landed/markdown.ts';
import { STATES } from '../landed/signal.ts';
import { applicationSubject, type Subject, subjectOf } from '../landed/subject.ts';
import { landedText, type TextOptions } from '../landed/text.ts';
import { exitCodeOf, type LandedView, stateOf } from '../landed/view.ts';
import { lint } from '../lint.ts';
import { configIn } from '../policy/policy.ts';
import { readable } from '../report/text.ts';
import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import type { Io } from './io.ts';
import { type Asked, waysTo } from './landed-sources.ts';
import { type Watching, watch as watchUnits } from './landed-watch.ts';
import { folderOf, oneOf, parseOptions, refuseRest } from './options.ts';
import { UsageError } from './refusal.ts';

const command: Command = {
  help: `deploy-lint landed [REV|A..B|APP]: did this commit reach the cluster, and is it healthy

Looks at each unit that the commit reaches: what Argo CD did with it, what its pods run, how it serves since. Without an
argument the newest commit; an Application by its name is looked at as a whole. It only reads (get, list and watch).

  --watch                    look again until all is landed or failed, for --timeout
  --timeout TIME             30s, 15m or 1h (default 15m with --watch, else 30s)
  --context NAME             of your kubeconfig, where the workloads are (default: the current one)
  --argocd-context NAME      where Argo CD is, if that is another cluster
  --prometheus URL           instead of observe.prometheus of the configuration; PROMETHEUS_URL does the same, and
                             PROMETHEUS_TOKEN goes to an address from either, such as Grafana's proxy of a data source
  --only argocd|pods|metrics leave the other signals out; repeatable
  --format FORMAT            text (default), json (schemas/landed.schema.json) or markdown
  --allow-exec-credential    let the kubeconfig's credential plugin run in CI
  --config FILE              instead of .deploy-lint.yaml
  --cwd DIR                  start in this folder
  --color auto|always|never  (default auto)

Exit codes: 0 landed and healthy, 1 failed or stuck, 2 usage, 3 not known: no access, out of time, overtaken
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, {
      watch: { type: 'boolean' },
      timeout: { type: 'string' },
      context: { type: 'string' },
      'argocd-context': { type: 'string' },
      prometheus: { type: 'string' },
      only: { type: 'string', multiple: true },
      format: { type: 'string' },
      'allow-exec-credential': { type: 'boolean' },
      config: { type: 'string' },
      cwd: { type: 'string' },
      color: { type: 'string' },
    });
    const [what = 'HEAD', ...rest] = positionals;
    refuseRest(rest);
    const only = (values.only ?? []).map(value => oneOf('--only', value, ASPECTS, 'argocd'));
    const watch = values.watch ?? false;
    const request: Request = {
      what,
      watch,
      time: timeOf(values.timeout) ?? (watch ? 15 * 60_000 : 30_000),
      context: values.context,
      argoContext: values['argocd-context'],
      prometheus: values.prometheus,
      only: only.length === 0 ? ASPECTS : only,
      allowPlugin: values['allow-exec-credential'] ?? false,
      config: values.config,
      cwd: await folderOf(values.cwd, io.cwd),
    };
    const palette = paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
    const format = oneOf('--format', values.format, FORMATS, 'text');
    const width = readable(io.columns ?? 80);
    const repository = await openRepository({ cwd: request.cwd, env: io.env });
    try {
      const looker = await lookerFor(request, repository, io);
      // What the commit renders to takes its own time, which is not that of the cluster.
      const deadline = io.now().getTime() + request.time;
      const { view, isPrinted } = watch
        ? await watchUnits({ ...looker.watch(deadline), deadline, io, width, palette, isText: format === 'text' })
        : { view: await looker.look(deadline), isPrinted: false };
      if (!isPrinted) io.stdout.write(REPORTS[format](view, { width, palette }));
      return exitCodeOf(view);
    } finally {
      await repository.close();
    }
  },
};

export default command;

const FORMATS = ['text', 'json', 'markdown'] as const;

const REPORTS: Readonly<Record<(typeof FORMATS)[number], (view: LandedView, options: TextOptions) => string>> = {
  text: landedText,
  json: landedJson,
  markdown: landedMarkdown,
};

interface Request extends Asked {
  readonly what: string;
  readonly watch: boolean;
  /** Milliseconds. */
  readonly time: number;
  readonly config: string | undefined;
}

const TIME_UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

function timeOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const [, amount = '', unit = ''] = /^(\d{1,5})([smh])$/.exec(value) ?? [];
  const time = Number(amount) * (TIME_UNITS.get(unit) ?? 0);
  if (time === 0) throw new UsageError(`--timeout is a time such as 30s, 15m or 1h, not ${value}`);
  return time;
}

/** Milliseconds that one look may take. */
const ONE_LOOK = 30_000;

interface Looker {
  /** Asks for everything and tells what it is. */
  readonly look: (deadline: number) => Promise<LandedView>;
  readonly watch: (deadline: number) => Pick<Watching, 'look' | 'lookAnew' | 'changed' | 'close'>;
}

/** How to look at what is asked about, once the way to the cluster is found. Throws what cannot be asked. */
async function lookerFor(request: Request, repository: Repository, io: Io): Promise<Looker> {
  const now = () => io.now().getTime();
  const subject = await subjectFor(request, repository, io);
  const { connection, clock, once, watched } = await waysTo(request, subject, repository, io);
  const { context, server } = connection;
  const { commit, name, title, back } = subject;
  const lookBy = async (sources: Sources): Promise<LandedView> => {
    const units = await Promise.all(subject.units.map(unit => lookAt(unit, sources)));
    // Lines that change their places cannot be watched.
    if (!request.watch) units.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
    const state = stateOf(units);
    const at = new Date(now()).toISOString();
    const told = { context, server, at, clockAhead: Math.round(clock.ahead() / 1000) };
    return { commit, name, title, back, units, state, isOutOfTime: false, ...told };
  };
  const look = (deadline: number) => lookBy(once({ deadline: Math.min(deadline, now() + ONE_LOOK), now }));
  return {
    look,
    watch: deadline => {
      const { sources, changed, close } = watched({ deadline, now });
      return { look: () => lookBy(sources), lookAnew: () => look(deadline), changed, close };
    },
  };
}

/** A revision or a range, or else an Application of HEAD by its name. Throws `UsageError` for what is neither. */
async function subjectFor({ what, config, cwd }: Request, repository: Repository, io: Io): Promise<Subject> {
  const question = await questionOf(what, repository);
  if (question !== undefined) {
    return subjectOf(await lint({ subject: question, cwd, env: io.env, home: io.home, config, explained: true }));
  }
  const head = await repository.commit('HEAD');
  const named = config === undefined ? undefined : { path: config, cwd };
  const found = await applicationSubject(repository, await configIn(repository.tree(head), named), what);
  if (!('near' in found)) return found;
  throw new UsageError(
    `there is no commit and no Application ${what}`,
    found.near === undefined ? 'deploy-lint landed takes REV, A..B or APP.' : `Did you mean ${found.near}?`,
  );
}

async function questionOf(what: string, repository: Repository): Promise<Question | undefined> {
  const dots = /^(.*?)\.{2,3}(.*)$/.exec(what);
  if (dots !== null) return { kind: 'range', from: dots[1] || 'HEAD', to: dots[2] || 'HEAD' };
  try {
    await repository.commit(what);
    return { kind: 'commit', rev: what };
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 2) return undefined;
    throw error;
  }
}
