import type { Declared } from './applications.ts';
import { type Evaluation, reachOf } from './evaluate-sets.ts';
import type { EvaluatedSets } from './evaluated-sets.ts';
import { ascii, encodeFacts, encodeVotes, linesOf, openVotes, unescaped } from './fact-index.ts';
import type { FileFacts } from './facts.ts';
import type { BuiltOverlay } from './overlays.ts';
import { electedName, type Votes } from './own-repository.ts';
import type { GitPattern } from './set-parameters.ts';

/** All that is kept of a tree: what its files mean, what that makes of the tree, and how its repository is called. */
export interface Kept {
  /** For `openFacts`. */
  readonly facts: string;
  readonly evaluated: EvaluatedSets;
  readonly votes: Votes;
}

/** What was evaluated as it is written. The patterns that a part looked at are their own keys. */
interface Written {
  readonly parts: readonly (Declared & {
    readonly key: string;
    readonly files: readonly string[];
    readonly patterns: readonly string[];
  })[];
  readonly overlays: readonly {
    readonly key: string;
    readonly manifests: readonly (readonly [file: string, digest: string, asInFile: boolean])[];
    readonly files: readonly string[];
  }[];
}

/** The text that `openKept` reads: lines that can be searched, an empty one, and what was evaluated. */
export function encodeKept({ facts, evaluated, votes }: Kept): string {
  const written: Written = {
    parts: [...evaluated.parts].map(
      ([
        key,
        {
          declared,
          unknownSets,
          looked: { files, patterns },
        },
      ]) => {
        return { key, declared, unknownSets, files: [...files], patterns: [...patterns.keys()] };
      },
    ),
    overlays: [...evaluated.overlays].flatMap(([key, { manifests, files }]) => {
      if (manifests === undefined) return [];
      const digests = [...manifests].map(([file, { digest, asInFile }]) => [file, digest, asInFile] as const);
      return [{ key, manifests: digests, files: [...files] }];
    }),
  };
  return `${facts}${encodeVotes(votes)}\n${ascii(JSON.stringify(written))}`;
}

export function openKept(text: string): Kept {
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n') + 1;
  const facts = text.slice(0, end);
  const written: Written = JSON.parse(text.slice(end + 1));
  const parts = written.parts.map(({ key, declared, unknownSets, files, patterns }): [string, Evaluation] => {
    const reaches = patterns.map(pattern => [pattern, reachOfKey(pattern)] as const);
    return [key, { declared, unknownSets, looked: { files: new Set(files), patterns: new Map(reaches) } }];
  });
  const overlays = written.overlays.map(({ key, manifests, files }): [string, BuiltOverlay] => {
    const built = manifests.map(([file, digest, asInFile]) => [file, { digest, asInFile }] as const);
    return [key, { manifests: new Map(built), files: new Set(files) }];
  });
  const votes = openVotes(facts);
  const evaluated = { parts: new Map(parts), overlays: new Map(overlays), repository: electedName(votes) };
  return { facts, evaluated, votes };
}

/** Compiled where it is asked for: most are not. */
function reachOfKey(key: string): (path: string) => boolean {
  let reaches: ((path: string) => boolean) | undefined;
  return path => {
    if (reaches === undefined) {
      const [kind, pattern]: [GitPattern['kind'], string] = JSON.parse(key);
      reaches = reachOf({ kind, pattern });
    }
    return reaches(path);
  };
}

/** The facts of a kept tree with those of some files replaced; undefined for a file that has none any more. */
export function replacedFacts(text: string, changed: ReadonlyMap<string, FileFacts | undefined>): string {
  const kept = ['f', 'm', 'n', 'r']
    .flatMap(letter => linesOf(text, `${letter}\t`))
    .filter(line => {
      const [letter, key = '', value = ''] = line.split('\t');
      return !changed.has(unescaped(letter === 'f' ? key : value));
    });
  const there = [...changed].flatMap(([file, facts]) => (facts === undefined ? [] : [[file, facts] as const]));
  const added = encodeFacts(new Map(there))
    .split('\n')
    .filter(line => line !== '');
  return [...kept, ...added]
    .sort()
    .map(line => `${line}\n`)
    .join('');
}
