import { relative, sep } from 'node:path';
import type { Repository } from '../git/repository.ts';
import type { Tree } from '../git/tree.ts';
import { rendererOf } from '../gitops/build-options.ts';
import { kustomizationFiles } from '../gitops/fact-index.ts';
import { resolvePath } from '../kustomize/paths.ts';
import type { Rendered } from '../kustomize/rendered.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import { breakCommands, escapeText } from '../report/escape.ts';
import { manifests } from '../report/manifests.ts';
import { placeOf } from '../report/place.ts';
import { isLimit, type Problem } from '../yaml/problem.ts';
import { EXIT, type Io } from './io.ts';

export interface RenderRequest {
  /** Folders and names of Applications; none for every unit. */
  readonly named: readonly string[];
  /** Undefined for what is staged. */
  readonly rev: string | undefined;
  readonly origins: boolean;
  /** The folder that paths are seen from, absolute. */
  readonly cwd: string;
}

/** Prints what is asked for and says what is wrong with it. Gives the exit code. */
export async function renderFrom(repository: Repository, request: RenderRequest, io: Io): Promise<number> {
  const tree = await treeOf(repository, request.rev);
  const renderer = rendererOf(tree);
  const from = pathFrom(repository.top, request.cwd);
  let worst: number = EXIT.clean;
  const print = (name: string, rendered: Rendered) => {
    const head = request.named.length === 1 ? '' : `--- # ${escapeText(name)}\n`;
    if (rendered.objects.length > 0) io.stdout.write(head + manifests(rendered.objects, request));
    worst = Math.max(worst, tell(rendered, io));
  };
  await inTurn(request.named, what => renderOne({ what, from, tree, renderer }), print);
  if (request.named.length > 0) return worst;
  const { unitsOf } = await import('./render-unit.ts');
  const { renderUnit } = await import('../gitops/render-unit.ts');
  await inTurn(
    await unitsOf(tree),
    unit => renderUnit(unit, renderer, tree),
    ({ key }, rendered) => print(key, rendered),
  );
  return worst;
}

/** What is asked of git at a time. */
const AHEAD = 32;

/** Takes things in their order, rendered, while git reads what the next ones need. */
async function inTurn<T>(
  things: readonly T[],
  render: (thing: T) => Promise<Rendered>,
  take: (thing: T, rendered: Rendered) => void,
): Promise<void> {
  const begin = (start: number) =>
    Promise.all(things.slice(start, start + AHEAD).map(async thing => ({ thing, rendered: await render(thing) })));
  let coming = begin(0);
  for (let start = 0; start < things.length; start += AHEAD) {
    const done = await coming;
    coming = begin(start + AHEAD);
    for (const { thing, rendered } of done) take(thing, rendered);
  }
}

async function treeOf(repository: Repository, rev: string | undefined): Promise<Tree> {
  return rev === undefined ? (await repository.staged()).after : repository.tree(await repository.commit(rev));
}

/** The folder that the command was started in, from the repository's root. */
function pathFrom(top: string, cwd: string): string {
  return relative(top, cwd).split(sep).join('/');
}

interface Wanted {
  readonly what: string;
  readonly from: string;
  readonly tree: Tree;
  readonly renderer: Renderer;
}

/** A folder, as seen from here or from the root, or else the Application of that name. */
async function renderOne({ what, from, tree, renderer }: Wanted): Promise<Rendered> {
  for (const folder of [resolvePath(from, what), resolvePath('', what)]) {
    if (folder === undefined || (await tree.list(folder)) === undefined) continue;
    const files = await Promise.all(kustomizationFiles(folder).map(file => tree.entry(file)));
    const isPlain = files.every(file => file === undefined);
    return isPlain ? renderer.directory(folder, { recurse: false }) : renderer.kustomization(folder);
  }
  const { renderApplication } = await import('./render-unit.ts');
  return renderApplication(what, tree, renderer);
}

/** Says what is wrong and what is missing, and gives the exit code. */
function tell({ problems, gaps }: Rendered, io: Io): number {
  const say = (line: string) => io.stderr.write(`${breakCommands(escapeText(line))}\n`);
  for (const problem of problems) say(`${levelOf(problem)}: ${placeOf(problem.span)}: ${problem.message}`);
  for (const { kind, what, version, span } of gaps) {
    say(`unknown: ${placeOf(span)}: ${kind} ${what}${version === undefined ? '' : ` at ${version}`} is not rendered`);
  }
  if (gaps.length > 0 || problems.some(isLimit)) return EXIT.incomplete;
  return problems.some(problem => levelOf(problem) === 'error') ? EXIT.found : EXIT.clean;
}

function levelOf({ code }: Problem): 'error' | 'warning' {
  return code === 'images-entry-matches-nothing' || code === 'ambiguous-yaml' ? 'warning' : 'error';
}
