import { relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { openRepository, type Repository } from '../git/repository.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { rendererOf } from '../gitops/build-options.ts';
import { isKustomizationName } from '../gitops/facts.ts';
import { mapRepository } from '../gitops/map.ts';
import { renderUnit } from '../gitops/render-unit.ts';
import { conform } from '../kustomize/conform.ts';
import { KUSTOMIZATION_FIELDS } from '../kustomize/kustomization-fields.ts';
import { folderOf as parentOf, resolvePath } from '../kustomize/paths.ts';
import { namesIn } from '../kustomize/references.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import { configIn } from '../policy/policy.ts';
import { reasonToSkip } from '../report/account.ts';
import { count } from '../report/line.ts';
import { reachJson } from '../report/reach/json.ts';
import { reachMarkdown } from '../report/reach/markdown.ts';
import { type Reach, reachOf } from '../report/reach/reach.ts';
import { type Stretch, touches, wholeFile } from '../report/reach/stretch.ts';
import { reachText } from '../report/reach/text.ts';
import type { UnitState } from '../rule/rule.ts';
import { decode } from '../yaml/decode.ts';
import type { Source } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { COLOR_MODES, paletteFor } from './color.ts';
import { EXIT, type Io } from './io.ts';
import { folderOf, oneOf, parseOptions, refuseRest } from './options.ts';
import { type Progress, progressOn } from './progress.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  rev: { type: 'string' },
  format: { type: 'string' },
  cwd: { type: 'string' },
  color: { type: 'string' },
} as const;

/** Tells what a line or a file reaches; undefined where `what` names no line and is no file of the tree. */
export async function explainPlace(what: string, argv: readonly string[], io: Io): Promise<number | undefined> {
  // Only a file that is there says that the options are those of a file.
  const { values } = parseArgs({ args: argv, options: OPTIONS, allowPositionals: true, strict: false });
  const cwd = await folderOf(typeof values.cwd === 'string' ? values.cwd : undefined, io.cwd);
  const repository = await openRepository({ cwd, env: io.env });
  try {
    const tree = await treeOf(repository, typeof values.rev === 'string' ? values.rev : undefined);
    const [, name = what, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(what) ?? [];
    const entry = await fileAt(tree, name, relative(repository.top, cwd).split(sep).join('/'));
    if (entry === undefined && line === undefined) return undefined;
    if (entry === undefined)
      throw new UsageError(`there is no file ${name}`, 'A path counts from here or from the root.');
    const known = parseOptions(argv, OPTIONS);
    refuseRest(known.positionals);
    const format = oneOf('--format', known.values.format, ['text', 'json', 'markdown'], 'text');
    const palette = paletteFor(oneOf('--color', known.values.color, COLOR_MODES, 'auto'), io);
    const { source } = decode(entry.path, await tree.read(entry));
    const stretch = line === undefined ? wholeFile(entry.path) : lineOf(source, Number(line));
    const progress = progressOn(io);
    const reach = await reachIn(tree, { stretch, source, entry }, progress.show).finally(progress.clear);
    if (format === 'json') io.stdout.write(reachJson(reach));
    else if (format === 'markdown') io.stdout.write(reachMarkdown(reach));
    else io.stdout.write(reachText(reach, { width: io.columns ?? 80, palette }));
    return EXIT.clean;
  } finally {
    await repository.close();
  }
}

async function treeOf(repository: Repository, rev: string | undefined): Promise<Tree> {
  return rev === undefined ? (await repository.staged()).after : repository.tree(await repository.commit(rev));
}

/** A file as seen from a folder or else from the root. */
async function fileAt(tree: Tree, name: string, from: string): Promise<TreeEntry | undefined> {
  for (const path of [resolvePath(from, name), resolvePath('', name)]) {
    const entry = path === undefined ? undefined : await tree.entry(path);
    if (entry?.mode === 'file' || entry?.mode === 'executable') return entry;
  }
  return undefined;
}

function lineOf({ file, text }: Source, line: number): Stretch {
  const { length } = text.replace(/(?:\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);
  if (line < 1 || line > length) throw new UsageError(`${file} has ${count(length, 'line')}, and no line ${line}`);
  return { file, first: line, last: line };
}

interface Place {
  readonly stretch: Stretch;
  readonly source: Source;
  readonly entry: TreeEntry;
}

async function reachIn(tree: Tree, { stretch, source, entry }: Place, show: Progress): Promise<Reach> {
  const config = await configIn(tree);
  const map = await mapRepository({ tree, config, onFile: (done, of) => show(done, of, 'files') });
  const renderer = rendererOf(tree);
  const states: UnitState[] = [];
  for (const unit of await map.reaching(entry.path)) {
    states.push({ unit, rendered: await renderUnit(unit, renderer, tree) });
  }
  const autoReloadAll = config.options['config-change-not-picked-up']['auto-reload-all'];
  return reachOf({
    stretch,
    source,
    states,
    named: await namedBy(source, stretch, { tree, renderer }),
    unread: reasonToSkip({ path: entry.path, before: undefined, after: entry }, []),
    reloader: { argoRollouts: true, autoReloadAll },
  });
}

/** The paths that these lines of a kustomization name, with the files that each stands for. */
async function namedBy(
  source: Source,
  stretch: Stretch,
  { tree, renderer }: { tree: Tree; renderer: Renderer },
): Promise<Map<string, ReadonlySet<string>>> {
  const named = new Map<string, ReadonlySet<string>>();
  const [root] = isKustomizationName(source.file) ? parse(source, 'kustomize').documents : [];
  if (root?.kind !== 'map' || !Number.isFinite(stretch.last)) return named;
  for (const { text, span } of namesIn(conform(root, KUSTOMIZATION_FIELDS, []))) {
    const path = touches(span, stretch) ? resolvePath(parentOf(source.file), text) : undefined;
    const entry = path === undefined ? undefined : await tree.entry(path);
    if (entry === undefined) continue;
    const isFolder = entry.mode === 'directory';
    named.set(entry.path, new Set(isFolder ? (await renderer.kustomization(entry.path)).files : [entry.path]));
  }
  return named;
}
