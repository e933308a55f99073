import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cacheRoot } from '../gitops/cache.ts';
import { readOwnFile, writeOwnFile } from '../gitops/own-file.ts';

/** What sources answered before, so that they need not send it again. Never holds a credential. */
export interface Kept {
  read<Result>(key: string): Promise<KeptAnswer<Result> | undefined>;
  /** Never fails: what cannot be kept is asked for again. */
  write(key: string, answer: KeptAnswer<unknown>): Promise<void>;
}

export interface KeptAnswer<Result> {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly next: string | undefined;
  /** What was read out of it, as JSON has it. */
  readonly value: Result;
}

/** Changes with what is read out of answers: those of another version are not read. */
const VERSION = 'deploy-lint updates 1';

/** Below `XDG_CACHE_HOME` or `~/.cache`; where the environment names neither, nothing is kept. */
export function keptAnswers(env: NodeJS.ProcessEnv): Kept {
  const root = cacheRoot(env);
  if (root === undefined) return { read: async () => undefined, write: async () => {} };
  const folder = join(root, 'updates');
  return {
    read: async key => {
      const content = readOwnFile(join(folder, nameOf(key)), headingOf(key));
      return content && JSON.parse(content.toString('utf8'));
    },
    write: async (key, answer) => {
      const content = Buffer.from(JSON.stringify(answer));
      await writeOwnFile({ folder, name: nameOf(key), heading: headingOf(key), content }).catch(() => {
        // A cache that cannot be written is no cache.
      });
    },
  };
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function headingOf(key: string): string {
  return `${VERSION} ${nameOf(key)}`;
}
