import type { Fact } from '../change/fact.ts';
import { shellWord } from './shell.ts';

/** The command that shows what moved in another repository; undefined where none does. */
export function seeIt({ kind, subject, from, to }: Fact): string | undefined {
  if (kind !== 'remote' || from === undefined || to === undefined) return undefined;
  return subject.includes('/*/') ? ofFiles(subject, from, to) : ofFolders(subject, from, to);
}

/** An address of a file, with a star for its version. GitHub shows pages for the other addresses that have one. */
const FILE = /^https:\/\/(?!github\.com\/[^/]+\/[^/]+\/(?:blob|tree)\/)[^/]+\/.*\.(?:ya?ml|json)$/;

/** What a release holds need not be in its repository. */
function ofFiles(subject: string, from: string, to: string): string | undefined {
  const get = (version: string) => `<(curl -sL ${shellWord(subject.replace('/*/', () => `/${version}/`))})`;
  return FILE.test(subject) ? `diff ${get(from)} ${get(to)}` : undefined;
}

/** A folder of a repository on a host whose addresses have two steps for the repository, or that marks it with `//`. */
const FOLDER = /^(?:\w+:\/\/)?(?:[\w.-]+@)?(?:github\.com[/:][^/]+\/([\w.-]+)|.*\/([\w.-]+)\/(?=\/))\/*(.*)$/;

function ofFolders(subject: string, from: string, to: string): string | undefined {
  const [, name, marked, folder = ''] = FOLDER.exec(subject) ?? [];
  const repository = (name ?? marked)?.replace(/\.git$/, '');
  if (repository === undefined) return undefined;
  const path = folder === '' ? '' : ` -- ${shellWord(folder)}`;
  const short = (ref: string) => shellWord(/^[0-9a-f]{40}$/.test(ref) ? ref.slice(0, 12) : ref);
  return `git -C <clone of ${repository}> diff ${short(from)} ${short(to)}${path}`;
}
