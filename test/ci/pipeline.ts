import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import { createShop, type Shop } from '../gate/shop.ts';
import { NO_INPUT } from '../support/io.ts';

/** A pipeline's run: what it printed and returned, and the files that GitHub reads. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it printed, in one line wherever it was broken. */
  readonly words: string;
  /** The lines of GITHUB_OUTPUT by their names. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

export interface Pipeline extends Shop {
  /** Runs `deploy-lint ci` with these variables, in the repository or in another clone. */
  ci(
    env: Readonly<Record<string, string>>,
    options?: { command?: 'ci' | 'merge'; args?: readonly string[]; cwd?: string; now?: Date },
  ): Promise<Ran>;
  /** The variables of GitHub Actions for an event with this payload. */
  github(name: string, sha: string, payload: unknown): Record<string, string>;
  /** The same for a pull request from `head` into `target`, with the merge that GitHub makes checked out. */
  pullRequest(head: string, target?: string): Record<string, string>;
  /** A branch from main with these commits. */
  propose(...commits: readonly (readonly [string, Record<string, string>])[]): string;
  /** Lands commits on main and pushes them. */
  land(message: string, files: Record<string, string>): string;
  /** A clone as a pipeline makes it. */
  clone(...options: string[]): string;
}

const HOME = new URL('../..', import.meta.url).pathname;

/** A shop without hooks, in the clone of a pipeline. */
export function createPipeline(): Pipeline {
  const shop = createShop('');
  shop.git('config', '--unset', 'core.hooksPath');
  const file = (name: string, text: string) => {
    const path = join(shop.env.HOME ?? '', name);
    writeFileSync(path, text);
    return path;
  };
  const github: Pipeline['github'] = (name, sha, payload) => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: name,
    GITHUB_SHA: sha,
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(payload)),
    GITHUB_OUTPUT: file('output', ''),
    GITHUB_STEP_SUMMARY: file('summary', ''),
  });
  return {
    ...shop,
    github,
    propose: (...commits) => {
      shop.git('checkout', '--quiet', '-B', 'bump', 'origin/main');
      for (const [message, files] of commits) shop.commit(message, files);
      return 'bump';
    },
    land: (message, files) => {
      shop.git('checkout', '--quiet', 'main');
      const oid = shop.commit(message, files);
      shop.git('push', '--quiet', 'origin', 'main');
      return oid;
    },
    clone: (...options) => {
      const path = join(shop.env.HOME ?? '', 'clone');
      shop.git('clone', '--quiet', ...options, `file://${join(shop.env.HOME ?? '', 'remote')}`, path);
      return path;
    },
    pullRequest: (head, target = 'main') => {
      const base = shop.git('rev-parse', `origin/${target}`);
      shop.git('checkout', '--quiet', '--detach', base);
      const merged = shop.merge(head);
      const sha = shop.git('rev-parse', head);
      return github('pull_request', merged, {
        pull_request: { number: 12, base: { ref: target, sha: base }, head: { ref: head, sha } },
      });
    },
    ci: async (env, { command = 'ci', args = [], cwd = shop.path, now } = {}) => {
      let [stdout, stderr] = ['', ''];
      const io = {
        ...NO_INPUT,
        ...(now && { now: () => now }),
        stdout: { write: (text: string) => (stdout += text) },
        stderr: { write: (text: string) => (stderr += text) },
        cwd,
        env: { ...shop.env, XDG_CACHE_HOME: join(shop.env.HOME ?? '', 'cache'), NO_COLOR: '1', ...env },
        home: HOME,
        isTTY: false,
      };
      const status = await main([command, ...args], io);
      const read = (path: string | undefined) => (path === undefined ? '' : readFileSync(path, 'utf8'));
      const lines = read(env.GITHUB_OUTPUT).split('\n').filter(Boolean);
      const outputs = Object.fromEntries(lines.map(line => line.split(/=(.*)/s)));
      return {
        status,
        stdout,
        stderr,
        words: stdout.replace(/\s+/g, ' '),
        outputs,
        summary: read(env.GITHUB_STEP_SUMMARY),
      };
    },
  };
}
