import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ContentError, type Tree, type TreeEntry } from '../../src/git/tree.ts';
import type { Expected } from './verdict.ts';

/** A program that builds kustomizations, and the arguments before the folder. */
export type Oracle = readonly [program: string, ...args: string[]];

/** The program that is named, or else what is found: kustomize, then kubectl with the kustomize in it. */
export function oracleOf(named: string | undefined): Oracle | undefined {
  if (named !== undefined) return named.endsWith('kubectl') ? [named, 'kustomize'] : [named, 'build'];
  const candidates: readonly Oracle[] = [
    ['kustomize', 'build'],
    ['kubectl', 'kustomize'],
  ];
  return candidates.find(([program]) => {
    try {
      execFileSync(program, ['version', ...(program === 'kubectl' ? ['--client'] : [])], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/** The version of kustomize in the program. */
export function versionOf([program]: Oracle): string {
  const args = program.endsWith('kubectl') ? ['version', '--client'] : ['version'];
  return execFileSync(program, args, { encoding: 'utf8' }).trim().split('\n').at(-1)?.replace(/^.*: /, '') ?? '';
}

/** Neither git nor an HTTP client gets out, so that a remote base fails at once. */
const OFFLINE = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_TERMINAL_PROMPT: '0',
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
};

/** Writes a tree into a folder of its own, runs the program in each folder, and hands over what it made of it. */
export async function askOracle(
  oracle: Oracle,
  tree: Tree,
  folders: readonly string[],
  tell: (folder: string, expected: Expected) => Promise<void>,
): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    for (const entry of await tree.files()) await write(tree, entry, join(copy, entry.path));
    for (const folder of folders) await tell(folder, await build(oracle, join(copy, folder)));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function write(tree: Tree, entry: TreeEntry, path: string): Promise<void> {
  try {
    const content = await tree.read(entry);
    mkdirSync(dirname(path), { recursive: true });
    if (entry.mode === 'symlink') symlinkSync(content, path);
    else writeFileSync(path, content);
  } catch (error) {
    // What is not in the clone, or is no manifest by its size, is missing for both.
    if (!(error instanceof ContentError)) throw error;
  }
}

function build([program, ...args]: Oracle, folder: string): Promise<Expected> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, folder], { env: { ...process.env, ...OFFLINE } });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => errors.push(chunk));
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve({ ok: true, yaml: Buffer.concat(out).toString('utf8') });
      else resolve({ ok: false, error: Buffer.concat(errors).toString('utf8') });
    });
  });
}
